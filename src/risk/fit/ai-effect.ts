import { featureNames } from '../features.ts';
import { columnsOf } from './columns.ts';
import { errorOfWeight, newtonFit } from './newton.ts';

/** A change that landed, whether AI wrote any of it, and how it turned out. */
export interface AiRow {
  /** The published fourteen, in the order of `featureNames`. */
  readonly features: readonly number[];
  readonly bad: boolean;
  readonly ai: boolean;
  /** Part of the code base, if known: areas differ in how often their changes turn out bad. */
  readonly area?: string;
}

/** How much more often changes with AI turned out bad than comparable ones without. */
export interface AiEffect {
  readonly withAi: Counted;
  readonly withoutAi: Counted;
  /** Difference of the rates, -1 to 1, for changes of the same size, spread, kind, experience and area; null for want of changes. */
  readonly difference: number | null;
  /** 95 %. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: 'more often' | 'less often' | 'cannot tell';
  readonly says: string;
}

interface Counted {
  readonly changes: number;
  readonly bad: number;
}

const controls = ['nf', 'la', 'ld', 'lt', 'fix', 'age', 'exp'] as const;
const fewestOfEach = 20;
const fewestBad = 10;
/** Areas told apart, the busiest first; the rest are one. */
const mostAreas = 12;
/** The latest rows are compared; more say no more. */
const mostRows = 50_000;
/** Pull on controls and areas, in rows; a trace on AI itself, so that no bad change at all is not endless certainty. */
const controlPull = 2;
const aiPull = 0.1;
const standardErrors = 1.96;

/** Compares changes with and without AI that are alike otherwise. Who uses AI for what is not chance, so it proves no cause. */
export function aiEffect(rows: readonly AiRow[]): AiEffect {
  const used = rows.filter(({ features }) => features.length > 0).slice(-mostRows);
  const withAi = countedOf(used.filter(({ ai }) => ai));
  const withoutAi = countedOf(used.filter(({ ai }) => !ai));
  const counts = { withAi, withoutAi };
  const scarcer = Math.min(withAi.changes, withoutAi.changes);
  if (scarcer < fewestOfEach || withAi.bad + withoutAi.bad < fewestBad) return unknown(counts);
  const columns = designOf(used);
  const bad = Float64Array.from(used, (row) => (row.bad ? 1 : 0));
  const pulls = columns.map((_, index) => (index === 0 ? aiPull : index === 1 ? 0 : controlPull));
  const fit = newtonFit(columns, { bad, pulls });
  const weight = fit.weights[0] ?? 0;
  const margin = standardErrors * errorOfWeight(fit, 0);
  const others = logitsWithoutAi(columns, fit.weights);
  const low = differenceOf(others, weight - margin);
  const high = differenceOf(others, weight + margin);
  const verdict = low > 0 ? 'more often' : high < 0 ? 'less often' : 'cannot tell';
  const difference = differenceOf(others, weight);
  return {
    ...counts,
    difference,
    low,
    high,
    verdict,
    says: sentenceOf(verdict, { low, high, difference, ...counts }),
  };
}

type Counts = Pick<AiEffect, 'withAi' | 'withoutAi'>;

function countedOf(rows: readonly AiRow[]): Counted {
  return { changes: rows.length, bad: rows.filter(({ bad }) => bad).length };
}

function unknown({ withAi, withoutAi }: Counts): AiEffect {
  const says = `cannot tell whether AI makes a difference: ${withAi.changes} changes with AI (${withAi.bad} bad) and ${withoutAi.changes} without (${withoutAi.bad} bad) are too few`;
  const nothing = { difference: null, low: null, high: null };
  return { withAi, withoutAi, ...nothing, verdict: 'cannot tell', says };
}

/** AI first, then 1 throughout, then the controls standardised, then the areas. */
function designOf(rows: readonly AiRow[]): readonly Float64Array[] {
  const table = rows.map(({ features }) => columnsOf(features));
  const areas = busiestAreas(rows);
  return [
    Float64Array.from(rows, ({ ai }) => (ai ? 1 : 0)),
    new Float64Array(rows.length).fill(1),
    ...controls.map((name) => {
      const place = featureNames.indexOf(name);
      return standardised(Float64Array.from(table, (row) => row[place] ?? 0));
    }),
    ...areas.map((area) => Float64Array.from(rows, (row) => (row.area === area ? 1 : 0))),
  ];
}

function busiestAreas(rows: readonly AiRow[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { area } of rows) {
    if (area !== undefined) counts.set(area, (counts.get(area) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return sorted.slice(0, mostAreas).map(([area]) => area);
}

function standardised(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
  const deviation = variance > 1e-12 ? Math.sqrt(variance) : 1;
  return column.map((value) => (value - mean) / deviation);
}

function logitsWithoutAi(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const logits = new Float64Array(columns[0]?.length ?? 0);
  columns.forEach((column, index) => {
    if (index === 0) return;
    const weight = weights[index] ?? 0;
    for (let row = 0; row < logits.length; row++) {
      logits[row] = (logits[row] ?? 0) + weight * (column[row] ?? 0);
    }
  });
  return logits;
}

/** Mean rate if all changes had AI, less that if none had. */
function differenceOf(logits: Float64Array, weight: number): number {
  const sum = logits.reduce((total, logit) => total + chance(logit + weight) - chance(logit), 0);
  return sum / Math.max(1, logits.length);
}

function chance(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

interface Found extends Counts {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

function sentenceOf(verdict: AiEffect['verdict'], found: Found): string {
  const { low, high, difference, withAi, withoutAi } = found;
  const of = `${withAi.changes} changes with AI against ${withoutAi.changes} without, of the same size and kind`;
  if (verdict === 'cannot tell') {
    return `cannot tell whether AI makes a difference: bad changes are between ${points(-low)} points fewer and ${points(high)} points more (95 %; ${of})`;
  }
  const range = [points(Math.abs(low)), points(Math.abs(high))];
  const [from, to] = verdict === 'more often' ? range : range.toReversed();
  return `changes with AI turn out bad ${points(Math.abs(difference))} points ${verdict} (95 %: ${from} to ${to}; ${of}); who uses AI for what is not chance, so this proves no cause`;
}

function points(share: number): string {
  return (share * 100).toFixed(1);
}
