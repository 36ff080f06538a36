import { codeLanguages } from '../code/grammar.ts';
import { lossesIn } from '../code/losses.ts';
import type { Loss } from '../code/losses.ts';
import { excerpt } from '../code/nodes.ts';
import { guard } from '../guard.ts';
import type { Guard, Language } from '../guard.ts';
import { caught, passed } from './removed.examples.ts';

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const literal = `(?:['"\`][^'"\`]{0,80}['"\`]|-?\\d[\\w.]*|\\[\\]|\\{\\}|true|false|True|False|[A-Z][A-Z0-9_]{3,}|default\\w*|DEFAULT\\w*)`;

const says: Loss['says'] = ({ gone }) =>
  `has nothing to fall back on any more: ${excerpt(gone.replace(/^[,.]|[,;]$/g, ''), 60)} is gone`;

const settings =
  /process\.env|import\.meta\.env|os\.environ|getenv|ENV\[|ENV\.fetch|config|settings|Environment|System\.getProperty/;

const rows: readonly Loss[] = [
  {
    languages: [...script, 'csharp', 'php'],
    gone: new RegExp(`^\\)?(?:\\?\\?|\\|\\|)${literal}\\)?$`),
    near: settings,
    severity: 'note',
    says,
  },
  {
    languages: [...script, 'csharp', 'php', 'kotlin', 'ruby'],
    gone: /^(?!.*(?:\b|\.|_)(?:is|has|can|should|may|starts?|ends?|includes?|match\w*|test|equals?|exists?|every|some|contains?|any|all)(?:[A-Z_]\w*)?\??\()\)?(?:\?\?|\|\||\?:)\(?(?:await )?[\w.$>:-]{1,60}\([^;{}]{0,80}\)?\)?$|^\([\w., ]{0,60}\)\)?(?:\?\?|\|\|)(?:await )?[\w.]{1,60}$/,
    severity: 'warn',
    says,
  },
  {
    languages: ['python'],
    gone: /^(?!.*(?:\b|\.|_)(?:is|has|can|should|may|starts?|ends?|includes?|match\w*|exists?|any|all|isinstance|hasattr)(?:[A-Z_]\w*)?\() ?or (?:await )?[\w.]{1,60}\([^;{}]{0,80}\)$/,
    severity: 'warn',
    says,
  },
  {
    languages: ['python', 'ruby'],
    gone: new RegExp(`^,(?:${literal}|None|nil|\\w{1,40})$`),
    near: /environ|getenv|ENV\.fetch/,
    severity: 'note',
    says,
  },
  {
    languages: ['python'],
    gone: /^\.get\($/,
    came: /^\[$/,
    severity: 'note',
    says: ({ file, lineBefore }) =>
      `fails where the key is missing: ${excerpt(file.before?.lines[lineBefore - 1] ?? '', 60)} had a default`,
  },
  {
    languages: ['python'],
    gone: /^,None$/,
    near: /\bnext\(/,
    severity: 'warn',
    says,
  },
  {
    languages: ['java', 'kotlin', 'csharp'],
    gone: /^(?:getOrDefault|orElse|orElseGet|GetValueOrDefault|FirstOrDefault|SingleOrDefault|firstOrNull|getOrNull|getOrElse|TryGetValue|lastOrNull)$/,
    came: /^(?:get|First|Single|first|Value|getValue|last)$/,
    severity: 'warn',
    says,
  },
  {
    languages: ['java'],
    gone: /^orElse(?:Get)?\([^;{}]{0,80}\)$/,
    came: /^get\(\)$/,
    severity: 'warn',
    says,
  },
  {
    languages: ['rust'],
    gone: /^unwrap_or(?:_else|_default)?(?:\([^;{}]{0,80}\)?)?$/,
    came: /^(?:unwrap|expect)(?:\(\)?)?$/,
    severity: 'warn',
    says,
  },
  {
    languages: ['ruby'],
    gone: /^rescue [\w[\]{}:.'"]{1,40}$|^rescue(?:\[\]|\{\}|'[^']{0,40}'|"[^"]{0,40}")$/,
    severity: 'warn',
    says,
  },
  {
    gone: /^(?:return )?(?:await )?[\w.$>-]{0,60}(?:[bB]reaker|[cC]ircuit\w*|[fF]allback\w*|[bB]ulkhead)(?:\.(?:fire|execute\w*|run|call|protect|Execute\w*|wrap|exec))?\((?:async)?(?: ?\(?[\w, ]{0,40}\)?(?:=>|->))?\{?$/,
    severity: 'warn',
    says,
  },
  {
    gone: /^@(?:CircuitBreaker|HystrixCommand|Bulkhead|Fallback|circuit(?:_breaker)?|RateLimiter|TimeLimiter|Recover)(?:\([^{}]{0,160}\))?$|^,?fallbackMethod=['"]\w+['"],?$|^,?fallback(?:_function|Value|Model\w*|Data|Url|URL|s)?(?::|=)[\w.'"()=>[\]{} ]{1,60},?$/,
    severity: 'warn',
    says,
  },
];

/** What answered when the first source failed or was empty went. */
export const fallbackRemoved: Guard = guard({
  id: 'fallbacks/removed',
  severity: 'warn',
  protects: 'an answer in the case that the first source has none',
  breaks:
    'Where the first source fails or is empty, the request now fails or goes on with nothing, in place of the second best answer.',
  fix: 'Keep the default or the second source, or fail with a clear error where the value must be there.',
  languages: codeLanguages,
  cwe: [754],
  confidence: 0.6,
  caught,
  passed,
  look: (scene) =>
    lossesIn(scene, {
      rows,
      trace:
        /\?\?|\|\||\?:|\bor\b|,|OrDefault|orElse|OrNull|OrElse|unwrap_or|rescue|breaker|circuit|fallback|bulkhead|TryGetValue/i,
      back: /\?\?|\|\||\?:|orElse|OrDefault|[dD]efault|[fF]allback|[bB]reaker|rescue|unwrap_or|[rR]equired|throw|raise|assert|\bif\b|zod|z\.|catch|except|resilience|retry/,
      notIn: /(?:^|\/)(?:scripts?|tools?|components?|pages?|front-?end|web|ui)\//,
    }),
});
