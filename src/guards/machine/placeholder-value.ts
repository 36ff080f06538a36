import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Severity, Sighting } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { caught, passed } from './placeholder-value.examples.ts';

/** A value that stands for one that somebody was to fill in. */
export const placeholderValue: Guard = guard({
  id: 'machine/placeholder-value',
  severity: 'warn',
  protects: 'values that production runs with',
  breaks: 'Calls go to nobody, or anybody can guess the secret, as soon as this is released.',
  fix: 'Read the real value from the environment or a secret store, and fail at the start when it is missing.',
  languages: 'any',
  cwe: [1188, 798, 546],
  confidence: 0.75,
  caught,
  passed,
  look: (scene) => scene.files.filter(mayRun).flatMap(sightings),
});

const aside =
  /(?:^|\/)(?:locales?|i18n|lang|translations?|messages|docs?|\.github|scripts?|tools?|hack|snippets?|templates?|schemas?|boilerplates?|starters?|generators?|seeds?|prompts?)\/|\.(?:po|pot|xliff|svg|html?|css|s[ac]ss|less|lock|txt|csv|snap|graphql|proto|rst|adoc|tmpl|hbs|ejs|mustache|j2|dist)$|README|CHANGELOG|openapi|swagger|schema/i;

function mayRun({ after, path, isTest, change }: ChangedFile): boolean {
  return (
    after !== null &&
    !isTest &&
    change.content === 'text' &&
    isProductionPath(path) &&
    !isOtherEnvironment(path) &&
    !aside.test(path)
  );
}

interface Form {
  readonly pattern: RegExp;
  readonly says: string;
  readonly severity: Severity;
}

const value = String.raw`(?:[:=]|=>|\(|\?\?|\|\||,|\bor|\breturn)\s*`;

const forms: readonly Form[] = [
  {
    pattern: new RegExp(
      `${value}f?["'\`<]?(?:<|\\$?\\{)?(?:your|insert|enter|my|put|add)[-_ ](?:\\w+[-_ ]){0,3}(?:key|token|secret|password|passwd|credentials?|client[-_]?id|account[-_]?id|project[-_]?id|webhook[-_ ]?url|bucket(?:[-_]name)?|domain|endpoint|username|dsn)(?:[-_ ]here)?[>"'\`]?\\s*[,;)}\\]]?\\s*$`,
      'i',
    ),
    says: 'a value that somebody was to fill in',
    severity: 'warn',
  },
  {
    pattern: new RegExp(
      `${value}["'\`]?<?(?:change[-_]?me|changeit|replace[-_]?me|replace[-_]with[-_]\\w+|fill[-_]?me[-_]?in|put[-_]\\w+[-_]here|insert[-_]\\w+[-_]here)(?:[-_]in[-_]production)?!?>?["'\`]?\\s*[,;)}\\]]*\\s*$`,
      'i',
    ),
    says: 'a value that somebody was to fill in',
    severity: 'warn',
  },
  {
    pattern:
      /[\w"']\s*(?:[:=]|=>|\?\?|\|\|)\s*["'`](?:TODO|FIXME|TBD|XXX+|xxxx+)["'`]\s*[,;)}\]]*\s*$/,
    says: 'a value that somebody was to fill in',
    severity: 'warn',
  },
  {
    pattern: /["'`>][^"'`]{0,80}\blorem ipsum\b/i,
    says: 'filler text',
    severity: 'warn',
  },
  {
    pattern:
      /\barn:aws[\w-]*:[\w-]+:[\w-]*:(?:123456789012|111122223333|000000000000):|\b(?:account_?id|aws_?account(?:_?id)?|project_?id)["']?\s*[:=]\s*["']?(?:123456789012|1234567890|my-project(?:-id)?|your-project\w*)\b/i,
    says: 'the account of an example',
    severity: 'warn',
  },
  {
    pattern:
      /\b\w*(?:url|uri|host|endpoint|base|api|origin|domain|webhook|server|from|sender|issuer|audience)\w*["']?\s*[:=]\s*["'`](?:(?:https?|wss?|smtp|postgres(?:ql)?|redis|amqp):\/\/)?(?:[\w.+-]+@)?(?:[\w-]+\.){0,3}(?:example\.(?:com|org|net)|your-?(?:domain|company|app|site|server|api)\.(?:com|io|org|net|dev))(?:[/:][^"'`]*)?["'`]/i,
    says: 'an address of nobody',
    severity: 'warn',
  },
];

/** Longer lines are generated. */
const longestLine = 500;

// Lines that only show how a value looks, or look whether it is still one of these.
const shows =
  /placeholder|example\s*[:=]|\bhint|\bhelp|description|\blabel|tooltip|\btitle\b|\bdefault(?:s)? to\b|===|!==|==|!=|\.(?:includes|test|match|startsWith|endsWith|equals|contains|replace)\s*\(|\bcase\b|\bin\s*[[({]|schema\.org|xmlns|\be\.g\.|usage|\bprint|console\.|logger?\.|throw|raise|echo|expect\(|new Set|RegExp|\bdocs?\b|message/i;
const comment = /^\s*(?:\/\/|#|\*|\/\*|<!--|--|;|"""|''')/;

function sightings(file: ChangedFile): readonly Sighting[] {
  const old = file.before?.text ?? '';
  return file.change.hunks
    .flatMap(({ added, newStart }) =>
      added.flatMap((text, index): readonly Sighting[] => {
        if (text.length > longestLine || comment.test(text) || shows.test(text)) return [];
        const found = forms.find(({ pattern }) => pattern.test(text));
        if (
          found === undefined ||
          old.includes(text.trim()) ||
          isShownAround(file, newStart + index)
        )
          return [];
        const flat = text.trim().replace(/\s+/g, ' ').slice(0, 70);
        return [
          {
            path: file.path,
            line: newStart + index,
            says: `${found.says}: \`${flat}\``,
            subject: text.trim(),
            severity: found.severity,
          },
        ];
      }),
    )
    .slice(0, 5);
}

// In a docstring, an example of a schema, or a block comment.
function isShownAround({ after, language }: ChangedFile, line: number): boolean {
  const above = after?.lines.slice(Math.max(0, line - 12), line - 1) ?? [];
  if (
    above.some((text) =>
      /\bexamples?\b["']?\s*[:=]|"""|'''|\bplaceholder|openapi|mock|dummy|fake|fixture|sample|template/i.test(
        text,
      ),
    )
  )
    return true;
  return (
    language !== 'python' && above.join('\n').lastIndexOf('/*') > above.join('\n').lastIndexOf('*/')
  );
}
