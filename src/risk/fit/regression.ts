import type { Later } from './boosting.ts';

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
const rounds = 25;
const farthest = 4;
/** Steps smaller than this end the fit. */
const settled = 1e-4;
const leastCurve = 0.02;

/** Fits by Newton's method, with a ridge that keeps weights of twins small. */
export function regress({ table, bad }: Later, columns: readonly number[]): Regression {
  const asked = columns.map((column) => table.columns[column] ?? new Float64Array(table.count));
  const scales = asked.map(scaleOf);
  const standardised = asked.map((column, index) => {
    const { mean, deviation } = scales[index] ?? noScale;
    return column.map((value) => standard(value, mean, deviation));
  });
  const all = [...standardised, new Float64Array(table.count).fill(1)];
  const weights = new Float64Array(all.length);
  for (let round = 0; round < rounds; round++) {
    const step = newtonStep(all, bad, weights);
    step.forEach((change, index) => {
      weights[index] = (weights[index] ?? 0) + change;
    });
    if (step.every((change) => Math.abs(change) < settled)) break;
  }
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

/** How far to move each weight; the last column is the intercept, which has no ridge. */
function newtonStep(
  columns: readonly Float64Array[],
  bad: Float64Array,
  weights: Float64Array,
): Float64Array {
  const size = columns.length;
  const pull = ridge * bad.length;
  const slope = Float64Array.from(weights, (weight, index) =>
    index === size - 1 ? 0 : -pull * weight,
  );
  const curves = new Float64Array(size * size);
  const row = new Float64Array(size);
  for (let at = 0; at < bad.length; at++) {
    let logit = 0;
    for (let k = 0; k < size; k++) {
      const value = columns[k]?.[at] ?? 0;
      row[k] = value;
      logit += value * (weights[k] ?? 0);
    }
    const chance = 1 / (1 + Math.exp(-logit));
    const gap = (bad[at] ?? 0) - chance;
    const curve = Math.max(chance * (1 - chance), leastCurve);
    for (let k = 0; k < size; k++) {
      const value = row[k] ?? 0;
      slope[k] = (slope[k] ?? 0) + gap * value;
      const bent = curve * value;
      const start = k * size;
      for (let j = 0; j <= k; j++)
        curves[start + j] = (curves[start + j] ?? 0) + bent * (row[j] ?? 0);
    }
  }
  for (let k = 0; k < size; k++)
    curves[k * size + k] = (curves[k * size + k] ?? 0) + (k === size - 1 ? 1e-9 : pull) + 1e-9;
  return solved(curves, slope);
}

/** Solves a symmetric positive system of which the lower half is given, by Cholesky's method, in place. */
function solved(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  function cell(row: number, column: number): number {
    return matrix[row * size + column] ?? 0;
  }
  for (let row = 0; row < size; row++) {
    let known = right[row] ?? 0;
    for (let column = 0; column <= row; column++) {
      let sum = cell(row, column);
      for (let k = 0; k < column; k++) sum -= cell(row, k) * cell(column, k);
      matrix[row * size + column] =
        column === row ? Math.sqrt(Math.max(sum, 1e-12)) : sum / cell(column, column);
      if (column < row) known -= cell(row, column) * (right[column] ?? 0);
    }
    right[row] = known / cell(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let known = right[row] ?? 0;
    for (let k = row + 1; k < size; k++) known -= cell(k, row) * (right[k] ?? 0);
    right[row] = known / cell(row, row);
  }
  return right;
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
