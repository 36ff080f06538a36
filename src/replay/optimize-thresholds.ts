import { atomsOf } from '../policy/condition.ts';
import type { Atom } from '../policy/condition.ts';
import { readPolicy } from '../policy/policy.ts';
import type { Policy, Rule } from '../policy/policy.ts';
import type { Place } from '../policy/problems.ts';

/** A number in a policy file that may be moved. */
export interface Threshold {
  /** The condition as the file has it: `risk: top 10%`. */
  readonly words: string;
  readonly value: number;
  /** Values that are tried, ascending, its own among them. */
  readonly values: readonly number[];
  /** Everywhere the condition stands outside protected rules. */
  readonly places: readonly Place[];
}

/** Steps that people would write; nobody wants a rule about 413 lines. */
const steps: Readonly<Record<string, readonly number[]>> = {
  lines: [5, 10, 25, 50, 100, 150, 200, 300, 400, 600, 800, 1200, 2000, 10_000],
  added: [5, 10, 25, 50, 100, 150, 200, 300, 400, 600, 800, 1200, 2000, 10_000],
  deleted: [20, 50, 100, 200, 400, 800],
  files: [3, 5, 10, 20, 40],
  ai_share: [10, 25, 50, 75, 90],
  'risk top': [0.1, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 90],
  'risk score': [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5],
};

const numberPattern = /\d+(?:\.\d+)?/;

/**
 * The numbers that the conditions named in `mayChange` hold. A rule under `neverLoosen` is not touched at all, also not
 * where it has the same condition as another rule.
 */
export function thresholdsIn(
  { rules }: Policy,
  {
    mayChange,
    neverLoosen,
  }: { readonly mayChange: readonly string[]; readonly neverLoosen: readonly string[] },
): readonly Threshold[] {
  const free = rules.filter(({ name }) => !neverLoosen.includes(name));
  return [...new Set(mayChange)].flatMap((words) => {
    const atoms = free.flatMap(atomsIn).filter((atom) => atom.words === words);
    const [first] = atoms;
    const value = numberPattern.exec(words.slice(first?.key.length ?? 0))?.[0];
    const tried = first && steps[kindOf(first)];
    if (!tried || value === undefined) return [];
    const values = [...new Set([...tried, Number(value)])].sort((a, b) => a - b);
    return [{ words, value: Number(value), values, places: atoms.map(({ at }) => at) }];
  });
}

/** Conditions of a policy whose numbers can be moved, in its own words. */
export function movableWords({ rules }: Policy): readonly string[] {
  const words = rules
    .flatMap(atomsIn)
    .filter((atom) => kindOf(atom) in steps)
    .map((atom) => atom.words);
  return [...new Set(words)];
}

function atomsIn({ when }: Rule): readonly Atom[] {
  return when === null ? [] : atomsOf(when).map(({ atom }) => atom);
}

function kindOf({ key, words }: Atom): string {
  if (key !== 'risk') return key;
  return words.startsWith('risk: top') ? 'risk top' : 'risk score';
}

/** The condition with another number. */
export function moved({ words }: Threshold, value: number): string {
  const [, key = '', rest = ''] = /^(\w+: )(.*)$/s.exec(words) ?? [];
  return key + rest.replace(numberPattern, String(value));
}

/** A policy file with other numbers in it. */
export interface Moved {
  readonly text: string;
  readonly policy: Policy;
}

/** Writes values into the text; null where the file does not take them, or would come to say something else. */
export function withValues(
  text: string,
  file: string,
  changes: readonly { readonly threshold: Threshold; readonly value: number }[],
): Moved | null {
  const edits = changes
    .filter(({ threshold, value }) => threshold.value !== value)
    .flatMap(({ threshold, value }) => threshold.places.map((at) => ({ at, threshold, value })))
    .sort((a, b) => b.at.line - a.at.line || b.at.column - a.at.column);
  const lines = text.split('\n');
  for (const { at, threshold, value } of edits) {
    const line = lines[at.line - 1] ?? '';
    const old = numberPattern.exec(threshold.words.slice(threshold.words.indexOf(':')))?.[0] ?? '';
    // From the key on, the first number is the threshold; keys have no digits.
    const start = line.indexOf(old, at.column - 1);
    if (start < 0) return null;
    lines[at.line - 1] = line.slice(0, start) + String(value) + line.slice(start + old.length);
  }
  const written = goalMoved(lines.join('\n'), edits);
  const { policy } = readPolicy(written, file);
  return policy !== null && saysWhatWasMeant(policy, text, { file, edits })
    ? { text: written, policy }
    : null;
}

interface Edit {
  readonly at: Place;
  readonly threshold: Threshold;
  readonly value: number;
}

// `goal` names the conditions in their own words and has to go with them.
function goalMoved(text: string, edits: readonly Edit[]): string {
  const start = /^goal:/m.exec(text)?.index ?? text.length;
  const goal = edits.reduce(
    (words, { threshold, value }) => words.replaceAll(threshold.words, moved(threshold, value)),
    text.slice(start),
  );
  return text.slice(0, start) + goal;
}

/** Every condition is as it was, but those that were moved; so a slip of the pen can loosen nothing. */
function saysWhatWasMeant(
  policy: Policy,
  text: string,
  { file, edits }: { readonly file: string; readonly edits: readonly Edit[] },
): boolean {
  const before = readPolicy(text, file).policy?.rules.flatMap(atomsIn) ?? [];
  const after = policy.rules.flatMap(atomsIn);
  return (
    before.length === after.length &&
    before.every(({ at, words }, place) => {
      const edit = edits.find((one) => one.at.line === at.line && one.at.column === at.column);
      return after[place]?.words === (edit ? moved(edit.threshold, edit.value) : words);
    })
  );
}
