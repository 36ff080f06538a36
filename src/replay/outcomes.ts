import type { ChangeFact, Outcome } from './fact.ts';
import { namedByIncidents } from './incidents.ts';
import type { Incident } from './incidents.ts';
import { latestMoment } from './moment.ts';
import { named } from './named.ts';
import type { Named } from './named.ts';
import { declaredFaults, hotfixedFaults, tracedFaults } from './faults.ts';
import { undoneReversals, saidReversals } from './reversals.ts';

export interface OutcomeOptions {
  /** Days that a change must have been watched before it may count as clean. */
  readonly observeDays?: number;
  readonly incidents?: readonly Incident[];
  /** Unix seconds up to which the history is known; without it, the newest landing that is not after `now`. */
  readonly until?: number;
  /** Unix seconds. A commit from the future would make every young change look watched. */
  readonly now?: number;
}

/** Something that speaks against a change. */
export interface Charge {
  /** Place in history of the change that it is about. */
  readonly about: number;
  /** Place of the change that says so; null where a file does. */
  readonly by: number | null;
  readonly kind: NonNullable<Outcome['kind']>;
  readonly confidence: number;
  readonly at: number;
  readonly sort: Outcome['sort'];
  /** The name of who says so, where it is no change. */
  readonly source: string | null;
  readonly says: string;
}

/** What charges are read from. */
export interface History {
  /** Oldest first. */
  readonly facts: readonly ChangeFact[];
  readonly named: Named;
}

export const usualObserveDays = 60;
const secondsPerDay = 86_400;
/** What is less sure than this makes a change neither bad nor clean. */
const badFrom = 0.5;

/** How each change turned out, in the order of the facts, by what landed after it. */
export function outcomesOf(
  facts: readonly ChangeFact[],
  { observeDays = usualObserveDays, incidents = [], until, now }: OutcomeOptions = {},
): readonly Outcome[] {
  const history: History = { facts, named: named(facts) };
  const end = until ?? latestMoment(facts, now);
  const windowSeconds = observeDays * secondsPerDay;
  const said = saidReversals(history);
  const charges = [
    ...said.charges,
    ...undoneReversals(history, said),
    ...declaredFaults(history),
    ...tracedFaults(history, windowSeconds),
    ...hotfixedFaults(history),
    ...namedByIncidents(incidents, history),
  ].filter(({ at }) => until === undefined || at <= end);
  const byChange = Map.groupBy(charges, ({ about }) => about);
  return facts.map((fact, index) => {
    const all = byChange.get(index) ?? [];
    return judged(fact, { facts, charges: all, end, windowSeconds });
  });
}

interface Case {
  readonly facts: readonly ChangeFact[];
  readonly charges: readonly Charge[];
  readonly end: number;
  readonly windowSeconds: number;
}

function judged(fact: ChangeFact, { facts, charges, end, windowSeconds }: Case): Outcome {
  const worst = charges.toSorted(
    (one, other) =>
      Number(isProduct(other)) - Number(isProduct(one)) ||
      other.confidence - one.confidence ||
      one.at - other.at,
  )[0];
  if (worst !== undefined) {
    const isBad = worst.confidence >= badFrom && isProduct(worst);
    return {
      commit: fact.commit,
      verdict: isBad ? 'bad' : 'unknown',
      kind: isBad ? worst.kind : null,
      confidence: worst.confidence,
      by: worst.by === null ? worst.source : (facts[worst.by]?.commit ?? null),
      at: worst.at,
      sort: worst.sort,
      says: worst.says,
    };
  }
  const watched = end - fact.landedAt >= windowSeconds;
  return {
    commit: fact.commit,
    verdict: watched ? 'clean' : 'unknown',
    kind: null,
    confidence: watched ? cleanConfidence : 0,
    by: null,
    at: null,
    sort: null,
    says: watched
      ? 'nothing that landed later speaks against it'
      : `too young: fewer than ${Math.round(windowSeconds / secondsPerDay)} days of history after it`,
  };
}

/** That nothing in a history speaks against a change does not mean that nothing happened. */
const cleanConfidence = 0.8;

function isProduct({ sort }: Charge): boolean {
  return sort === null || sort === 'product';
}
