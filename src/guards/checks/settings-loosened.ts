import { numberOf, replacedIn, writtenIn } from '../config/replaced.ts';
import type { Replaced } from '../config/replaced.ts';
import type { ChangedFile } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import type { Opening } from './opening.ts';
import { falls, isOn, strictnesses } from './strictness.ts';
import type { Strictness } from './strictness.ts';

/** A coverage floor that falls by no more than this many points is told, but asks nobody. */
const smallFall = 2;

/** Settings of test, lint, type and coverage tools that the change makes less strict. */
export function settingsLoosened(file: ChangedFile): readonly Opening[] {
  const rules = strictnesses.filter(({ files }) => files.test(file.path));
  if (rules.length === 0 || file.before === null || file.after === null) return [];
  const { text } = file.after;
  const beside = rules.filter((rule) => rule.beside === undefined || rule.beside.test(text));
  const changed = replacedIn(file).flatMap((one) => {
    const rule = beside.find(({ key, isWorse }) => key.test(one.key) && isWorse(one.was, one.now));
    return rule === undefined ? [] : [opening(rule, one)];
  });
  return [...changed, ...inline(file), ...gone(file, beside)];
}

function opening({ says, severity }: Strictness, { key, was, now, line }: Replaced): Opening {
  const told = /coverage/.test(says) && isSmall(was, now) ? 'note' : severity;
  return {
    line,
    says: `${says}: ${key} from ${was.slice(0, 40)} to ${now.slice(0, 40)}`,
    subject: `${key} ${now.slice(0, 40)}`,
    ...(told === undefined ? {} : { severity: told, confidence: 0.5 }),
  };
}

function isSmall(was: string, now: string): boolean {
  const [old, value] = [numberOf(was) ?? 0, numberOf(now) ?? 0];
  const points = old <= 1 ? 100 : 1;
  return value > 0 && (old - value) * points <= smallFall;
}

const inOptions =
  /--(cov-fail-under|coverage-threshold|min-coverage|fail-under|threshold|max-warnings)[= ](\d+(?:\.\d+)?)/g;

// The same inside the options of a command: `--cov-fail-under=80`.
function inline({ change }: ChangedFile): readonly Opening[] {
  return change.hunks.flatMap(({ removed, added, newStart }) => {
    const old = new Map(
      removed
        .flatMap((text) => [...text.slice(0, 2_000).matchAll(inOptions)])
        .map(([, key = '', value = '']) => [key, value]),
    );
    return added.flatMap((text, index) =>
      [...text.slice(0, 2_000).matchAll(inOptions)].flatMap(([, key = '', value = '']) => {
        const was = old.get(key);
        const isWorse =
          was !== undefined &&
          (key === 'max-warnings'
            ? falls(value, was) || (was === '0' && value !== '0')
            : falls(was, value));
        if (was === undefined || !isWorse) return [];
        const says =
          key === 'max-warnings'
            ? 'lets more warnings pass'
            : 'lowers the coverage that tests must reach';
        const isMild = key === 'max-warnings' || isSmall(was, value);
        return [
          {
            line: newStart + index,
            says: `${says}: --${key} from ${was} to ${value}`,
            subject: `${key} ${value}`,
            ...(isMild ? { severity: 'note' as const, confidence: 0.5 } : {}),
          },
        ];
      }),
    );
  });
}

// `"strict": true` that only goes away leaves the tool at its lax default, unless the file now inherits.
function gone(file: ChangedFile, rules: readonly Strictness[]): readonly Opening[] {
  const able = rules.filter((rule) => rule.gone === true);
  if (able.length === 0) return [];
  const now = new Set((file.after?.lines ?? []).flatMap((text) => writtenIn(text)?.key ?? []));
  if (
    file.change.hunks.some(({ added }) =>
      added.some((text) => /"extends"|"strict"\s*:\s*true|^strict\s*=\s*true/i.test(text)),
    )
  )
    return [];
  return file.change.hunks.flatMap(({ removed, oldStart }) =>
    removed.flatMap((text, index) => {
      const one = writtenIn(text);
      if (one === null || !isOn(one.value) || now.has(one.key)) return [];
      const rule = able.find(({ key }) => key.test(one.key));
      if (
        rule === undefined ||
        (now.has('strict') && one.key !== 'strict' && one.key.startsWith('strict'))
      )
        return [];
      const line = lineAfter(file, oldStart + index);
      return [{ line, says: `${rule.says}: takes ${one.key} away`, subject: `${one.key} gone` }];
    }),
  );
}
