import { demandsCover, demandsWords } from '../policy/demands.ts';
import type { Demands } from '../policy/demands.ts';
import type { ChangeFact } from './fact.ts';
import type { Owed } from './policies.ts';

/** What a new policy does to one change, against the old one. */
export type Effect = 'loosens' | 'tightens' | 'differs';

/** A change that two policies hold differently. */
export interface Difference {
  readonly fact: ChangeFact;
  readonly index: number;
  readonly effect: Effect;
  /** What each asks, in words. */
  readonly before: string;
  readonly after: string;
}

/** Two policies, change by change. */
export interface Comparison {
  readonly changes: number;
  readonly same: number;
  readonly loosens: number;
  readonly tightens: number;
  /** Neither: it asks less here and more there. */
  readonly differs: number;
  /** Newest first. */
  readonly differences: readonly Difference[];
}

/** Compares what two policies ask of the same changes. */
export function compare(
  facts: readonly ChangeFact[],
  before: ReadonlyMap<number, Owed>,
  after: ReadonlyMap<number, Owed>,
): Comparison {
  const known = new Map<Demands, Map<Demands, Effect | null>>();
  function effectOf(old: Demands, now: Demands): Effect | null {
    const answers = known.get(old) ?? new Map<Demands, Effect | null>();
    known.set(old, answers);
    const answer = answers.get(now);
    if (answer !== undefined) return answer;
    const fresh = effectBy(old, now);
    answers.set(now, fresh);
    return fresh;
  }
  const differences = [...before].flatMap(([index, { demands: old }]): readonly Difference[] => {
    const fact = facts[index];
    const now = after.get(index)?.demands;
    const effect = now ? effectOf(old, now) : null;
    if (!fact || !now || effect === null) return [];
    return [{ fact, index, effect, before: demandsWords(old), after: demandsWords(now) }];
  });
  function count(effect: Effect): number {
    return differences.filter((one) => one.effect === effect).length;
  }
  return {
    changes: before.size,
    same: before.size - differences.length,
    loosens: count('loosens'),
    tightens: count('tightens'),
    differs: count('differs'),
    differences: differences.toReversed(),
  };
}

function effectBy(before: Demands, after: Demands): Effect | null {
  const more = demandsCover(after, before);
  const less = demandsCover(before, after);
  if (more && less) return null;
  if (more) return 'tightens';
  return less ? 'loosens' : 'differs';
}
