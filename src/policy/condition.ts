import type { Place } from './problems.ts';
import type { Subject, Truth } from './subject.ts';
import { notOf } from './truth.ts';

/** What a condition says about one quantity or word, for finding contradictions. */
export type Claim =
  | { readonly kind: 'range'; readonly of: string; readonly from: number; readonly to: number }
  | { readonly kind: 'oneOf'; readonly of: string; readonly words: readonly string[] };

/** The smallest condition: one key of `when` with its value, compiled. */
export interface Atom {
  readonly kind: 'atom';
  readonly key: string;
  /** As written: `lines: > 400`. */
  readonly words: string;
  readonly at: Place;
  readonly test: (subject: Subject) => Truth;
  /** The change's value, as a sentence part: "it has 512 lines". */
  readonly value: (subject: Subject) => string;
  /** Ids of evidence and fingerprints behind the answer. */
  readonly evidence: (subject: Subject) => readonly string[];
  readonly claims: readonly Claim[];
  /** True when more of it must never ask for less: findings and missing signals. */
  readonly onlyAsks: boolean;
}

/** A compiled condition. */
export type Condition =
  | Atom
  | {
      readonly kind: 'all' | 'any';
      readonly of: readonly Condition[];
      readonly at: Place;
      readonly test: (subject: Subject) => Truth;
    }
  | {
      readonly kind: 'not';
      readonly of: Condition;
      readonly at: Place;
      readonly test: (subject: Subject) => Truth;
    };

/** All of the conditions; a single one stands for itself. */
export function both(of: readonly Condition[], at: Place): Condition {
  const [only] = of;
  if (only && of.length === 1) return only;
  return { kind: 'all', of, at, test: (subject) => every(of, subject) };
}

/** At least one of the conditions. */
export function either(of: readonly Condition[], at: Place): Condition {
  return { kind: 'any', of, at, test: (subject) => some(of, subject) };
}

/** The opposite of a condition. */
export function opposite(of: Condition, at: Place): Condition {
  return { kind: 'not', of, at, test: (subject) => notOf(of.test(subject)) };
}

// Written out, because a replay asks them millions of times: stop at the first answer that settles it.
function every(conditions: readonly Condition[], subject: Subject): Truth {
  let answer: Truth = 'yes';
  for (const condition of conditions) {
    const one = condition.test(subject);
    if (one === 'no') return 'no';
    if (one === 'unknown') answer = 'unknown';
  }
  return answer;
}

function some(conditions: readonly Condition[], subject: Subject): Truth {
  let answer: Truth = 'no';
  for (const condition of conditions) {
    const one = condition.test(subject);
    if (one === 'yes') return 'yes';
    if (one === 'unknown') answer = 'unknown';
  }
  return answer;
}

/** A condition in the file's own words. */
export function wordsOf(condition: Condition): string {
  switch (condition.kind) {
    case 'atom':
      return condition.words;
    case 'not':
      return `not (${wordsOf(condition.of)})`;
    case 'all':
      return condition.of.map(inner).join(' and ');
    case 'any':
      return condition.of.map(inner).join(' or ');
  }
}

function inner(condition: Condition): string {
  const words = wordsOf(condition);
  return condition.kind === 'atom' || condition.kind === 'not' ? words : `(${words})`;
}

/** Every atom of a condition, with whether it stands under an odd number of `not`. */
export function atomsOf(
  condition: Condition,
  negated = false,
): readonly { readonly atom: Atom; readonly negated: boolean }[] {
  switch (condition.kind) {
    case 'atom':
      return [{ atom: condition, negated }];
    case 'not':
      return atomsOf(condition.of, !negated);
    case 'all':
    case 'any':
      return condition.of.flatMap((part) => atomsOf(part, negated));
  }
}

/** Areas that conditions speak of by `touches`, outside any `not`. */
export function touchedAreas(
  literals: readonly { readonly atom: Atom; readonly negated: boolean }[],
): readonly string[] {
  return literals
    .filter(({ atom, negated }) => atom.key === 'touches' && !negated)
    .flatMap(({ atom }) => valuesOf(atom));
}

/** The values of a condition as written. */
export function valuesOf({ key, words }: Atom): readonly string[] {
  return words.slice(key.length + 2).split(' or ');
}
