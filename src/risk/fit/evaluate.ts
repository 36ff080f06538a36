import { featureNames } from '../features.ts';
import { fitRisk, predict } from './fit.ts';
import type { FittedRisk, RiskRow } from './fit.ts';
import { intervalOf } from './interval.ts';
import type { Interval } from './interval.ts';
import {
  areaUnderCurve,
  brierScore,
  calibrationError,
  capturedAt,
  liftAt,
  perLine,
  popt,
  recallAtFifthOfEffort,
} from './metrics.ts';
import type { Judged } from './metrics.ts';
import { diceOf } from './random.ts';
import type { Dice } from './random.ts';

/** How well an order finds what turned out bad. */
export interface Measures {
  readonly auc: number;
  /** Null for orders that are no probability. */
  readonly brier: number | null;
  readonly calibrationError: number | null;
  /** Share of the bad changes among the riskiest 5, 10, 20 and 50 %. */
  readonly captured: readonly number[];
  /** How many times more than among all, at 5, 10 and 20 %. */
  readonly lift: readonly number[];
  /** Found by reading a fifth of all lines in this order, and the whole curve of it. */
  readonly recallAtFifthOfEffort: number;
  readonly popt: number;
}

/** A model judged on changes later than all it learnt from, beside the baselines. */
export interface Evaluation {
  readonly model: FittedRisk;
  readonly heldOut: number;
  readonly bad: number;
  /** Which changes deserve a senior: by probability. */
  readonly ours: Measures;
  /** Where an hour of reading finds most: by probability for each line. */
  readonly oursPerLine: Measures;
  readonly linesAdded: Measures;
  /** What "read the shortest first" finds: the baseline of the second order. */
  readonly fewestLines: Measures;
  readonly random: Measures;
  readonly auc: Interval;
  readonly captured20: Interval;
  /** AUC less that of lines added; above zero throughout where the model is better beyond chance. */
  readonly aucOverLinesAdded: Interval;
}

export interface EvaluateOptions {
  readonly seed: number;
  /** Share of the rows, the latest, that is judged; the rest is learnt from. */
  readonly heldOut?: number;
}

/** Learns from the earlier rows and judges the later ones. */
export function evaluate(
  rows: readonly RiskRow[],
  { seed, heldOut = 0.2 }: EvaluateOptions,
): Evaluation {
  const known = rows.filter(({ features }) => features.length > 0);
  const border = Math.round(known.length * (1 - heldOut));
  const model = fitRisk(known.slice(0, border), { seed });
  return judgeModel(model, known.slice(border), seed);
}

const shares: readonly number[] = [0.05, 0.1, 0.2, 0.5];
const resamples = 200;

/** Judges a model by changes it has not seen. */
export function judgeModel(model: FittedRisk, later: readonly RiskRow[], seed: number): Evaluation {
  const judged = later.map((row) => ({
    score: predict(model, row.features),
    bad: row.bad,
    lines: linesOf(row),
    added: row.features[addedAt] ?? 0,
  }));
  const byAdded = judged.map((one) => ({ ...one, score: one.added }));
  const dice = diceOf(seed);
  const options = { dice, rounds: resamples };
  return {
    model,
    heldOut: later.length,
    bad: later.filter(({ bad }) => bad).length,
    ours: {
      ...measuresOf(judged),
      brier: brierScore(judged),
      calibrationError: calibrationError(judged),
    },
    oursPerLine: measuresOf(perLine(judged)),
    linesAdded: measuresOf(byAdded),
    fewestLines: measuresOf(judged.map((one) => ({ ...one, score: -one.lines }))),
    random: randomMeasures(judged, dice),
    auc: intervalOf(judged, areaOf, options),
    captured20: intervalOf(judged, (some) => capturedAt(some, 0.2), options),
    aucOverLinesAdded: intervalOf(
      judged,
      (some) => areaOf(some) - areaOf(some.map((one) => ({ ...one, score: one.added }))),
      options,
    ),
  };
}

const addedAt = featureNames.indexOf('la');
const deletedAt = featureNames.indexOf('ld');

function linesOf({ features }: RiskRow): number {
  return (features[addedAt] ?? 0) + (features[deletedAt] ?? 0);
}

function areaOf(judged: readonly Judged[]): number {
  return areaUnderCurve(
    judged.map(({ score }) => score),
    judged.map(({ bad }) => bad),
  );
}

function measuresOf(judged: readonly Judged[]): Measures {
  return {
    auc: areaOf(judged),
    brier: null,
    calibrationError: null,
    captured: shares.map((share) => capturedAt(judged, share)),
    lift: shares.slice(0, 3).map((share) => liftAt(judged, share)),
    recallAtFifthOfEffort: recallAtFifthOfEffort(judged),
    popt: popt(judged),
  };
}

const shuffles = 20;

/** What chance finds: known for shares of the changes, shuffled a few times for shares of the lines. */
function randomMeasures(judged: readonly Judged[], dice: Dice): Measures {
  const orders = Array.from({ length: shuffles }, () =>
    judged.map((one) => ({ ...one, score: dice() })),
  );
  return {
    auc: 0.5,
    brier: null,
    calibrationError: null,
    captured: shares,
    lift: shares.slice(0, 3).map(() => 1),
    recallAtFifthOfEffort: mean(orders.map(recallAtFifthOfEffort)),
    popt: mean(orders.map(popt)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
