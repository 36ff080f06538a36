import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { isProductionPath } from '../language.ts';
import { isEveryday } from './everyday-rules.ts';
import { suppressedExamples } from './suppressed.examples.ts';
import { suppressions } from './suppressions.ts';
import type { Suppressor } from './suppressions.ts';

/** A comment tells a checker to look away. */
export const checksSuppressed: Guard = guard({
  id: 'checks/suppressed',
  severity: 'warn',
  protects: 'what type checkers and linters find',
  breaks:
    'The checker stays silent here about this fault, and where no rule is named, about every later one.',
  fix: 'Repair what the checker says. Where it is wrong, name the one rule and the reason.',
  languages: 'any',
  cwe: [1068],
  confidence: 0.5,
  ...suppressedExamples,
  look: (scene: Scene) => {
    const gone = removedKinds(scene);
    return (
      scene.files
        .filter((file) => file.after !== null && isProductionPath(file.path) && !file.isTest)
        // A migration is read although a tool wrote it; how it quietens its checker is the tool's affair.
        .filter((file) => file.change.generated === null)
        .flatMap((file) => added(file, gone))
    );
  },
});

/** Suppressions told per file; more of them say no more. */
const mostPerFile = 5;
const longestLine = 1_000;
const quick =
  /ignore|disable|noqa|nolint|suppress|allow|nosec|expect-error|nocheck|NOSONAR|pragma|no-check|skip|type:|phpcs|noinspection/i;

/** How often each kind was taken away: what moves to another place is no news. */
function removedKinds(scene: Scene): Map<string, number> {
  const gone = new Map<string, number>();
  for (const { change } of scene.files)
    for (const { removed } of change.hunks)
      for (const text of removed) {
        const found = suppressorIn(text, change.path);
        if (found !== null) gone.set(found.name, (gone.get(found.name) ?? 0) + 1);
      }
  return gone;
}

function suppressorIn(text: string, path: string): Suppressor | null {
  if (text.length > longestLine || !quick.test(text)) return null;
  return suppressions.find(({ pattern, files }) => files.test(path) && pattern.test(text)) ?? null;
}

function added(file: ChangedFile, gone: Map<string, number>): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const { added: lines, newStart } of file.change.hunks) {
    lines.forEach((text, index) => {
      const kind = suppressorIn(text, file.path);
      if (kind === null || found.length >= mostPerFile) return;
      if (isEveryday(ruleIn(text, kind) ?? '')) return;
      const left = gone.get(kind.name) ?? 0;
      if (left > 0) {
        gone.set(kind.name, left - 1);
        return;
      }
      found.push(sighting(file, { kind, text, line: newStart + index }));
    });
  }
  return found;
}

// What follows two dashes is the reason.
function ruleIn(text: string, { rule }: Suppressor): string | null {
  return rule.exec(text)?.[1]?.split(' -- ')[0]?.trim() ?? null;
}

interface Seen {
  readonly kind: Suppressor;
  readonly text: string;
  readonly line: number;
}

function sighting(file: ChangedFile, { kind, text, line }: Seen): Sighting {
  const rule = ruleIn(text, kind);
  const place = { path: file.path, line, subject: `${kind.name} ${rule ?? ''} ${text.trim()}` };
  if (rule !== null)
    return {
      ...place,
      says: `silences ${kind.checker} here (${rule.slice(0, 60)})`,
      severity: 'note',
    };
  const isUnusual = kind.isBroad === true || namesRules(file, kind);
  return {
    ...place,
    says: `silences ${kind.checker} ${kind.isBroad === true ? 'for the whole file' : 'here'} without naming a rule`,
    ...(isUnusual ? {} : { severity: 'note' as const }),
  };
}

/** Where this file named its rules before, a comment without one stands out. */
function namesRules({ before }: ChangedFile, kind: Suppressor): boolean {
  if (before === null || !quick.test(before.text)) return false;
  const old = before.lines.filter((text) => text.length <= longestLine && kind.pattern.test(text));
  const named = old.filter((text) => kind.rule.test(text));
  return named.length >= 2 && named.length === old.length;
}
