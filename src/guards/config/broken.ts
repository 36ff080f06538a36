import { dataOf } from '../data.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Language, Scene, Sighting, Source } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { brokenExamples } from './broken.examples.ts';
import { twiceIn } from './twice.ts';

const read: readonly Language[] = ['yaml', 'json', 'toml'];

/** A settings file that its reader refuses, or of which it silently drops a part. */
export const configBroken: Guard = guard({
  id: 'config/broken',
  severity: 'block',
  protects: 'programs that read this file when they start',
  breaks:
    'What reads the file stops at start, or takes the later of two values and loses the other without a word.',
  fix: 'Make the file well-formed again and keep each name once.',
  languages: read,
  cwe: [1188, 228],
  confidence: 0.9,
  ...brokenExamples,
  look: (scene: Scene) =>
    scene.files
      .filter((file) => isProductionPath(file.path) && isLookedAt(file))
      .flatMap(sightings),
});

// Templates become well-formed only when they are filled in; tools read their own settings more leniently.
const filledIn = /\{\{|\{%|<%|^[ \t]*@?(?:if|for|end)\b.*\bdo\b|\$\{[^}\n]*$/m;
const lenient =
  /(?:^|\/)(?:\.vscode|\.devcontainer|\.idea|\.zed)\/|(?:^|\/)(?:tsconfig|jsconfig)[\w.-]*\.json$|\.(?:json5|jsonc|j2|tmpl|tpl|erb|sublime-\w+)$|(?:^|\/)(?:chart|charts|helm)\/.*\/?templates\/|\.ipynb$|(?:^|\/)locales?\//i;

function isLookedAt({ path, after, before, change, language }: ChangedFile): boolean {
  if (!read.includes(language)) return false;
  if (after === null || lenient.test(path) || change.status === 'renamed') return false;
  if (after.text.trim() === '' || isFilledIn(path, after)) return false;
  return before === null || !isFilledIn(path, before);
}

// Workflows are well-formed around their `${{ … }}`.
function isFilledIn(path: string, { text }: Source): boolean {
  const plain = /\.github\//.test(path) ? text.replaceAll('${{', '') : text;
  return filledIn.test(plain);
}

function sightings(file: ChangedFile): readonly Sighting[] {
  const { after, before, path } = file;
  if (after === null) return [];
  const old = new Set(
    (before === null || !mayRepeat(file) ? [] : twiceIn(before)).map(({ name }) => name),
  );
  const twice = mayRepeat(file) ? twiceIn(after) : [];
  const fresh = twice.filter(
    ({ name, line }) => !old.has(name) && name !== '' && name !== '<<' && isNear(file, line),
  );
  if (fresh.length > 0)
    return fresh.slice(0, mostPerFile).map(({ name, line }) => ({
      path,
      line: file.added.has(line) ? line : (nearest(file, line) ?? line),
      says: `names ${name} twice in one place, so that one of its values is lost`,
      subject: `twice ${name}`,
      severity: 'warn',
    }));
  if (file.language === 'toml' || dataOf(after) !== null || twice.length > 0) return [];
  if (after.text.length > longest || (before !== null && dataOf(before) === null)) return [];
  // Nobody knows who reads a file that was never well-formed.
  if (
    before === null &&
    file.language === 'json' &&
    /[^ -~\s]|^\s*[^{["\d/\s]/.test(after.text.slice(0, 200))
  )
    return [];
  const line = file.change.hunks[0]?.newStart ?? 1;
  const says = `is no longer well-formed ${file.language === 'json' ? 'JSON' : 'YAML'}`;
  return before === null
    ? [
        {
          path,
          line,
          says: says.replace('is no longer', 'is not'),
          subject: 'form',
          severity: 'warn',
          confidence: 0.7,
        },
      ]
    : [{ path, line, says, subject: 'form' }];
}

/** Findings told per file, and the longest file that is read as data. */
const mostPerFile = 5;
const longest = 500_000;

// Reading a file a second time is dear; a name can only stand twice if an added line's name stands elsewhere too.
function mayRepeat({ change, after, language }: ChangedFile): boolean {
  if (after === null || after.text.length > longest) return false;
  return change.hunks.some(({ added }) =>
    added.some((text) => {
      const name = nameIn(text, language);
      if (name === null) return false;
      const at = after.text.indexOf(name);
      return after.text.includes(name, at + 1);
    }),
  );
}

function nameIn(text: string, language: string): string | null {
  if (text.length > 2_000) return null;
  const pattern =
    language === 'json'
      ? /^\s*[{,]?\s*("[^"\\\n]{1,200}"\s*):/
      : language === 'toml'
        ? /^\s*(\[[^\]]+\]|[\w"'.-]+\s*=)/
        : /^\s*(?:-\s+)?(["']?[\w./-]+["']?\s*:)(?:\s|$)/;
  return pattern.exec(text)?.[1] ?? null;
}

function isNear(file: ChangedFile, line: number): boolean {
  return file.added.has(line) || nearest(file, line) !== null;
}

// The later of the two may have been there before; then the earlier one is new, and told there.
function nearest(file: ChangedFile, line: number): number | null {
  const name = nameIn(file.after?.lines[line - 1] ?? '', file.language);
  if (name === null) return null;
  return (
    [...file.added].find((at) => nameIn(file.after?.lines[at - 1] ?? '', file.language) === name) ??
    null
  );
}
