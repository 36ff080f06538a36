import { bestBlend, blended, blendOf } from './blend.ts';
import type { Slice } from './blend.ts';
import { calibrate, calibrated, chanceOf, logitOf } from './calibration.ts';
import type { Calibration, Seen } from './calibration.ts';
import { columnsOf } from './columns.ts';
import { defaultLogit, fitMembers, memberNames, memberScores } from './members.ts';
import type { Fitted } from './members.ts';
import { areaUnderCurve } from './metrics.ts';
import { lessonOf, rollingOrigins } from './origins.ts';
import type { Known } from './origins.ts';
import { diceOf } from './random.ts';
import { placeIn, standingOf } from './standing.ts';
import type { Standing } from './standing.ts';

/** A change that landed, as it was known that day, and how it turned out. */
export interface RiskRow {
  /** The published fourteen, in the order of `featureNames`. */
  readonly features: readonly number[];
  readonly bad: boolean;
  /** Unix seconds. */
  readonly at: number;
}

export interface FitOptions {
  /** The same seed and rows give the same model. */
  readonly seed: number;
}

/** A model of one repository, as data that survives JSON. */
export interface FittedRisk {
  readonly version: string;
  /** What orders the changes: a blend of members, the baseline where it did better, or the default for want of rows. */
  readonly order: 'blend' | 'lines added' | 'default';
  /** One sentence: what it learnt from and why this order. */
  readonly says: string;
  readonly rows: number;
  readonly bad: number;
  /** Unix seconds of the last row. */
  readonly until: number;
  /** Share of the model's own say against the default model, 0 to 1. */
  readonly ownShare: number;
  /** Added to the default model's log odds, so that its base rate is this repository's. */
  readonly baseShift: number;
  /** Null for want of rows. */
  readonly own: OwnModel | null;
  /** How the blend and the baseline ordered the most recent of the rows, by a model that had not seen them. */
  readonly recent: Recent | null;
}

export interface OwnModel {
  readonly fitted: Fitted;
  /** For each member. */
  readonly standings: readonly Standing[];
  /** Weight of each member in sixths. */
  readonly blend: readonly number[];
  readonly calibration: Calibration;
  /** Probabilities given to changes it had not learnt from, as a standing: what a new one is ranked among. */
  readonly scores: Standing;
  /** How many changes that standing is made of. */
  readonly compared: number;
}

export interface Recent {
  readonly changes: number;
  readonly bad: number;
  readonly area: number;
  readonly areaLinesAdded: number;
}

/** Older rows than this many are left out: they say least about today and would take longest. */
const mostRows = 20_000;
const fewestRows = 200;
const fewestOfAKind = 20;
/** With this many bad changes (or clean ones, if they are fewer) the default model still has half a say. */
const halfTrusted = 120;
/** The final trees are grown twice; while choices are made, once is enough. */
const finalTimes = 2;
const onlyLinesAdded = memberNames.map((name) => (name === 'lines added' ? 6 : 0));

/** Fits a model to rows in the order of time. Rows without features are left out. */
export function fitRisk(rows: readonly RiskRow[], { seed }: FitOptions): FittedRisk {
  const used = rows.filter(({ features }) => features.length > 0).slice(-mostRows);
  const known: Known = {
    columns: used.map((row) => columnsOf(row.features)),
    outcome: used.map((row) => row.bad),
  };
  const bad = used.filter((row) => row.bad).length;
  const scarcer = Math.min(bad, used.length - bad);
  const base = {
    version: '1',
    rows: used.length,
    bad,
    until: used.at(-1)?.at ?? 0,
    baseShift: baseShiftOf(known),
  };
  if (used.length < fewestRows || scarcer < fewestOfAKind) return { ...base, ...untaught(base) };
  const dice = diceOf(seed);
  const { slices, standings, rounds } = rollingOrigins(known, dice);
  const recent = recentOf(slices);
  const baselineWins = recent.areaLinesAdded >= recent.area;
  const blend = baselineWins ? onlyLinesAdded : bestBlend(slices);
  const calibration = calibrate(seenOf(slices, blend));
  const fitted = fitMembers(lessonOf(known, 0, 1), { rounds, dice, times: finalTimes });
  const shares = { ownShare: short(scarcer / (scarcer + halfTrusted)), baseShift: base.baseShift };
  const scores = slices.flatMap((slice) =>
    Array.from(blended(slice, blend), (place) => calibrated(calibration, place)),
  );
  // The slices are the last rows, in order.
  const later = known.columns.slice(-scores.length);
  const mix = Float64Array.from(scores, (score, index) => mixed(later[index] ?? [], score, shares));
  return {
    ...base,
    order: baselineWins ? 'lines added' : 'blend',
    says: sentenceOf(recent, base),
    ownShare: shares.ownShare,
    own: {
      fitted,
      standings,
      blend,
      calibration,
      scores: standingOf(mix),
      compared: scores.length,
    },
    recent,
  };
}

type Untaught = Pick<FittedRisk, 'order' | 'says' | 'ownShare' | 'own' | 'recent'>;

function untaught({ rows, bad }: Counts): Untaught {
  const says = `${rows} changes with a known outcome, ${bad} of them bad, are too few to learn from: the default model is used`;
  return { order: 'default', says, ownShare: 0, own: null, recent: null };
}

/** Probability, 0 to 1, that a change with these features turns out bad. */
export function predict(model: FittedRisk, features: readonly number[]): number {
  const row = columnsOf(features);
  if (model.own === null) return chanceOf(defaultLogit(row) + model.baseShift);
  const { fitted, standings, blend, calibration } = model.own;
  const scores = memberScores(fitted, row);
  const places = scores.map((score, member) => placeIn(standings[member] ?? [], score));
  return mixed(row, calibrated(calibration, blendOf(places, blend)), model);
}

type Shares = Pick<FittedRisk, 'ownShare' | 'baseShift'>;

/** The model's own answer and the default model's, by log odds. */
function mixed(row: readonly number[], own: number, { ownShare, baseShift }: Shares): number {
  const byDefault = defaultLogit(row) + baseShift;
  return chanceOf(ownShare * logitOf(own) + (1 - ownShare) * byDefault);
}

/** Fewer bad changes than this in the last slice are luck; then the slices before it count as recent, too. */
const fewestRecentBad = 60;

/** The blend is chosen without the slices it is judged by. */
function recentOf(slices: readonly Slice[]): Recent {
  let from = slices.length - 1;
  while (from > 0 && badIn(slices.slice(from)) < fewestRecentBad) from--;
  const judged = slices.slice(from);
  const blend = bestBlend(slices.slice(0, from));
  const bad = judged.flatMap((slice) => slice.bad);
  return {
    changes: bad.length,
    bad: badIn(judged),
    area: areaUnderCurve(placesIn(judged, blend), bad),
    areaLinesAdded: areaUnderCurve(placesIn(judged, onlyLinesAdded), bad),
  };
}

function badIn(slices: readonly Slice[]): number {
  return slices.reduce((sum, { bad }) => sum + bad.filter(Boolean).length, 0);
}

function placesIn(slices: readonly Slice[], blend: readonly number[]): readonly number[] {
  return slices.flatMap((slice) => Array.from(blended(slice, blend)));
}

/** Each slice counts half as much as the one after it: rates drift. */
function seenOf(slices: readonly Slice[], blend: readonly number[]): readonly Seen[] {
  return slices.flatMap((slice, index) => {
    const weight = 0.5 ** (slices.length - 1 - index);
    return Array.from(blended(slice, blend), (place, row) => ({
      place,
      bad: slice.bad[row] === true,
      weight,
    }));
  });
}

/** Rows that move the default's base rate half the way to what is seen here. */
const halfMoved = 100;

function baseShiftOf({ columns, outcome }: Known): number {
  if (columns.length === 0) return 0;
  const said = columns.reduce((sum, row) => sum + chanceOf(defaultLogit(row)), 0) / columns.length;
  const seen = (outcome.filter(Boolean).length + 0.5) / (outcome.length + 1);
  const whole = logitOf(seen) - logitOf(said);
  return short((whole * columns.length) / (columns.length + halfMoved));
}

interface Counts {
  readonly rows: number;
  readonly bad: number;
}

function sentenceOf(recent: Recent, { rows, bad }: Counts): string {
  const mine = recent.area.toFixed(2);
  const baseline = recent.areaLinesAdded.toFixed(2);
  const learnt = `learnt from ${rows} changes, ${bad} of them bad`;
  const judged = `on the last ${recent.changes} (${recent.bad} bad)`;
  return recent.areaLinesAdded >= recent.area
    ? `${learnt}; ${judged} ordering by lines added alone did no worse (AUC ${baseline} against ${mine}), so it is used`
    : `${learnt}; ${judged} it orders with AUC ${mine}, lines added alone with ${baseline}`;
}

function short(value: number): number {
  return Number(value.toPrecision(7));
}
