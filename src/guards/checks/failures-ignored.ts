import type { ChangedFile } from '../guard.ts';
import { checkOf } from './ci-file.ts';
import type { Opening } from './opening.ts';

/** Options and endings after which a failed check counts as passed, each with what it does. */
const excuses: readonly (readonly [RegExp, string])[] = [
  [
    /\s*\|\|\s*(?:true|:|exit 0|echo\b[^|&;]*|\(exit 0\))\s*(?=["';&)]|$)/,
    'passes whatever it finds',
  ],
  [/\s*;\s*(?:true|exit 0)\s*(?=["')]|$)/, 'passes whatever it finds'],
  [/\s--passWithNoTests\b/, 'passes when no test is found'],
  [/\s--pass-with-no-tests\b/, 'passes when no test is found'],
  [/\s--exit-zero(?:-even-if-changed)?\b/, 'passes whatever it finds'],
  [
    /\s--(?:no-fail|no-error|nofail|no-exit-code|soft-fail|no-fail-on-\w+)\b/,
    'passes whatever it finds',
  ],
  [/\s--exit-code[= ]0\b/, 'passes whatever it finds'],
  [/\s--issues-exit-code[= ]0\b/, 'passes whatever it finds'],
  [/\s--no-verify\b/, 'goes past the hooks'],
  [
    /\s-D(?:skipTests|maven\.test\.skip|skipITs|maven\.test\.failure\.ignore|checkstyle\.skip)(?:=true)?\b/,
    'runs without its tests',
  ],
  [/\s(?:-x|--exclude-task)\s+\S*(?:test|check)\b/, 'runs without its tests'],
  [/\s--(?:skip-tests?|no-tests?)\b/, 'runs without its tests'],
  [/\s--no-cov(?:erage)?\b(?:-on-fail)?/, 'measures no coverage'],
  [/\s--(?:quiet|no-warn-ignored)\b(?=.*eslint)/, 'hears no warnings'],
];

/** Commands that were checks before and now pass where they failed: `npm test` becomes `npm test || true`. */
export function failuresIgnored(file: ChangedFile): readonly Opening[] {
  return file.change.hunks.flatMap(({ removed, added, newStart }) => {
    if (removed.length === 0) return [];
    const old = removed.map(plain);
    return added.flatMap((text, index) => {
      if (text.length > 2_000 || /^\s*(?:#|\/\/)/.test(text)) return [];
      for (const [pattern, does] of excuses) {
        const without = text.replace(pattern, '');
        if (without === text || !isAsBefore(without, { removed, old, pattern })) continue;
        const kind = checkOf(without);
        const says = `lets ${commandOf(without)} go on: it ${does}`;
        const subject = `${pattern.source} ${commandOf(without)}`;
        const line = newStart + index;
        if (kind !== null || /test|tests?\b/.test(does)) return [{ line, says, subject }];
        return [{ line, says, subject, severity: 'note' as const, confidence: 0.4 }];
      }
      return [];
    });
  });
}

interface Old {
  readonly removed: readonly string[];
  readonly old: readonly string[];
  readonly pattern: RegExp;
}

// The same command without the excuse stood here before, or at least the same tool under the same name.
function isAsBefore(without: string, { removed, old, pattern }: Old): boolean {
  const now = plain(without);
  return old.some((before, index) => {
    if (pattern.test(removed[index] ?? '')) return false;
    return (
      before === now ||
      (now.length >= 12 &&
        (before.startsWith(now) || (now.startsWith(before) && before.length >= 12)))
    );
  });
}

function plain(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[",]+$/, '')
    .replace(/"$/, '');
}

function commandOf(text: string): string {
  const command = text
    .trim()
    .replace(/^(?:-\s+)?(?:run|script|command|sh)\s*:?\s*/, '')
    .replace(/^"[\w:-]+"\s*:\s*"/, '')
    .replace(/[",]+$/, '');
  return `\`${command.slice(0, 60)}\``;
}
