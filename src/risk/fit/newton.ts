/** A fitted logistic regression and how sharply its loss bends, which says how sure each weight is. */
export interface NewtonFit {
  readonly weights: Float64Array;
  /** Lower half of the curvature, row by row. */
  readonly curves: Float64Array;
}

export interface NewtonOptions {
  /** 1 for bad. */
  readonly bad: Float64Array;
  /** Strength of the pull of each weight towards 0. */
  readonly pulls: readonly number[];
}

const mostRounds = 25;
/** Steps smaller than this end the fit. */
const settled = 1e-4;
const leastCurve = 0.02;
/** No weight moves by more in one step, so that data parted without a fault ends somewhere. */
const largestStep = 4;

/** Fits the log odds of bad as a weighted sum of columns. */
export function newtonFit(columns: readonly Float64Array[], options: NewtonOptions): NewtonFit {
  const weights = new Float64Array(columns.length);
  let curves = new Float64Array(columns.length ** 2);
  for (let round = 0; round < mostRounds; round++) {
    const bend = bendOf(columns, weights, options);
    curves = Float64Array.from(bend.curves);
    const step = solved(bend.curves, bend.slope);
    let largest = 0;
    step.forEach((change, index) => {
      const moved = Math.min(Math.max(change, -largestStep), largestStep);
      weights[index] = (weights[index] ?? 0) + moved;
      largest = Math.max(largest, Math.abs(moved));
    });
    if (largest < settled) break;
  }
  return { weights, curves };
}

/** Standard error of one weight. */
export function errorOfWeight({ weights, curves }: NewtonFit, index: number): number {
  const unit = new Float64Array(weights.length);
  unit[index] = 1;
  return Math.sqrt(Math.max(0, solved(Float64Array.from(curves), unit)[index] ?? 0));
}

interface Bend {
  readonly slope: Float64Array;
  readonly curves: Float64Array;
}

function bendOf(
  columns: readonly Float64Array[],
  weights: Float64Array,
  { bad, pulls }: NewtonOptions,
): Bend {
  const size = columns.length;
  const slope = Float64Array.from(weights, (weight, k) => -(pulls[k] ?? 0) * weight);
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
      if (value === 0) continue;
      slope[k] = (slope[k] ?? 0) + gap * value;
      const bent = curve * value;
      const start = k * size;
      for (let j = 0; j <= k; j++) {
        curves[start + j] = (curves[start + j] ?? 0) + bent * (row[j] ?? 0);
      }
    }
  }
  for (let k = 0; k < size; k++) {
    const diagonal = k * size + k;
    curves[diagonal] = (curves[diagonal] ?? 0) + (pulls[k] ?? 0) + 1e-9;
  }
  return { slope, curves };
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
