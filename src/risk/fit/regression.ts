import type { Later } from './boosting.ts';
import { newtonFit } from './newton.ts';

/** Logistic regression on standardised columns; beyond four deviations a value counts no further. */
export interface Regression {
  /** Which columns it looks at; the lists below go with them. */
  readonly columns: readonly number[];
  readonly intercept: number;
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

const ridge = 0.002;
const farthest = 4;

/** Fits by Newton's method, with a ridge that keeps weights of twins small. */
export function regress({ table, bad }: Later, columns: readonly number[]): Regression {
  const asked = columns.map((column) => table.columns[column] ?? new Float64Array(table.count));
  const scales = asked.map(scaleOf);
  const standardised = asked.map((column, index) => {
    const { mean, deviation } = scales[index] ?? noScale;
    return column.map((value) => standard(value, mean, deviation));
  });
  const all = [...standardised, new Float64Array(table.count).fill(1)];
  const pulls = [...standardised.map(() => ridge * table.count), 0];
  const { weights } = newtonFit(all, { bad, pulls });
  return {
    columns,
    intercept: short(weights.at(-1) ?? 0),
    weights: Array.from(weights.subarray(0, -1), short),
    means: scales.map(({ mean }) => mean),
    deviations: scales.map(({ deviation }) => deviation),
  };
}

/** Log odds for a row of columns. */
export function regressionScore(model: Regression, row: readonly number[]): number {
  let score = model.intercept;
  model.weights.forEach((weight, index) => {
    const mean = model.means[index] ?? 0;
    const value = row[model.columns[index] ?? 0] ?? 0;
    score += weight * standard(value, mean, model.deviations[index] ?? 1);
  });
  return score;
}

const noScale = { mean: 0, deviation: 1 };

function scaleOf(column: Float64Array): typeof noScale {
  if (column.length === 0) return noScale;
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
  // A column that never changes would be divided by rounding noise.
  const deviation = variance > 1e-12 ? Math.sqrt(variance) : 1;
  return { mean: short(mean), deviation: short(deviation) };
}

function standard(value: number, mean: number, deviation: number): number {
  return Math.min(Math.max((value - mean) / deviation, -farthest), farthest);
}

function short(value: number): number {
  return Number(value.toPrecision(7));
}
