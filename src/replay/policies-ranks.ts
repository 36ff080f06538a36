import type { FeatureName, Features } from '../change/past.ts';
import { featureNames } from '../risk/features.ts';
import { emptyRanking, enterValue, removeValue } from '../risk/ranking.ts';
import type { Ranking } from '../risk/ranking.ts';
import type { ChangeFact } from './fact.ts';

/** Probability, 0 to 1, that a change with these features is a faulty one. */
export type Score = (features: Features) => number;

/** How risky each change looked on the day it landed, by nothing that came later. */
export interface Ranks {
  /** 0 to 1; null where its lines could not be counted. */
  readonly scores: readonly (number | null)[];
  /** 0 to 100 against the changes before it; null where there were too few. */
  readonly percentiles: readonly (number | null)[];
}

/** The same as in `check`: compared with the last 2,000 changes, and with none before there are 50. */
const mostCompared = 2000;
const fewestCompared = 50;

/** Scores every change and ranks it among those that had landed before. */
export function ranksOf(facts: readonly ChangeFact[], score: Score): Ranks {
  const scores: (number | null)[] = [];
  const percentiles: (number | null)[] = [];
  const compared: number[] = [];
  const ranking = emptyRanking(mostCompared + 1);
  for (const { features } of facts) {
    const own = features.length === 0 ? null : score(asFeatures(features));
    scores.push(own);
    percentiles.push(
      own === null || ranking.size < fewestCompared ? null : percentileIn(ranking, own),
    );
    if (own === null) continue;
    enterValue(ranking, own);
    compared.push(own);
    const leaving = compared[compared.length - 1 - mostCompared];
    if (leaving !== undefined) removeValue(ranking, leaving);
  }
  return { scores, percentiles };
}

/** The features by their names; what is missing at the end counts as 0. */
export function asFeatures(values: readonly number[]): Features {
  const named: Record<FeatureName, number> = {
    ns: 0,
    nd: 0,
    nf: 0,
    entropy: 0,
    la: 0,
    ld: 0,
    lt: 0,
    fix: 0,
    ndev: 0,
    age: 0,
    nuc: 0,
    exp: 0,
    rexp: 0,
    sexp: 0,
  };
  for (const [at, name] of featureNames.entries()) named[name] = values[at] ?? 0;
  return named;
}

/** Ties count half, as in `check`. */
function percentileIn(ranking: Ranking, value: number): number {
  const below = countBelow(ranking, value, false);
  const upTo = countBelow(ranking, value, true);
  return Math.round(((below + upTo) / 2 / ranking.size) * 1000) / 10;
}

function countBelow({ values, size }: Ranking, value: number, included: boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = values[middle] ?? 0;
    if (one < value || (included && one === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
