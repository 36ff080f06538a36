import { mostBins } from './bins.ts';
import type { Bins } from './bins.ts';
import type { Table } from './columns.ts';

/**
 * A decision tree as flat lists, the root first. A node whose `column` is -1 is a leaf and adds `value`; any other
 * goes to `left` when the column is not above `value`, else to `right`.
 */
export interface Tree {
  readonly column: readonly number[];
  readonly value: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
}

/** What a tree is grown from: binned rows, the slope and curvature of the loss at each, and the columns it may use. */
export interface Ground {
  readonly bins: Bins;
  readonly slope: Float64Array;
  readonly curve: Float64Array;
  readonly columns: readonly number[];
}

/** How far a tree may go. */
export interface Limits {
  readonly depth: number;
  /** Added to the curvature of a leaf: the larger, the more careful. */
  readonly ridge: number;
  /** Least curvature in a leaf: about four times as many rows at even odds. */
  readonly leafCurve: number;
  /** Factor of every leaf. */
  readonly shrinkage: number;
}

/** No leaf moves the log odds by more, before shrinkage. */
const largestStep = 4;

interface Split {
  readonly column: number;
  readonly bin: number;
}

/** Grows a tree that lowers the loss of these rows, by the best split at each node. */
export function growTree(ground: Ground, rows: Int32Array, limits: Limits): Tree {
  const column: number[] = [];
  const value: number[] = [];
  const left: number[] = [];
  const right: number[] = [];

  function grow(members: Int32Array, bars: Bars, depth: number): number {
    const node = column.push(-1) - 1;
    left.push(0);
    right.push(0);
    const sums = sumsOf(bars);
    value.push(leafOf(sums, limits));
    const split = depth < limits.depth ? bestSplit(ground, bars, { sums, limits }) : null;
    if (split === null) return node;
    column[node] = split.column;
    value[node] = ground.bins.edges[split.column]?.[split.bin] ?? 0;
    const [low, high] = parted(ground.bins, members, split);
    const deepest = depth + 1 === limits.depth;
    const [lowBars, highBars] = deepest
      ? [barsOf(ground, low, 1), barsOf(ground, high, 1)]
      : partedBars(ground, { bars, low, high });
    left[node] = grow(low, lowBars, depth + 1);
    right[node] = grow(high, highBars, depth + 1);
    return node;
  }

  grow(rows, barsOf(ground, rows, ground.columns.length), 0);
  return { column, value, left, right };
}

/** What a tree adds for a row given as one value for each column. */
export function treeScore(tree: Tree, row: readonly number[]): number {
  let node = 0;
  for (;;) {
    const column = tree.column[node] ?? -1;
    const value = tree.value[node] ?? 0;
    if (column < 0) return value;
    node = ((row[column] ?? 0) <= value ? tree.left[node] : tree.right[node]) ?? 0;
  }
}

/** Adds a tree's answer to the scores of all rows of a table. */
export function addTree(tree: Tree, table: Table, scores: Float64Array): void {
  const { column, value, left, right } = tree;
  for (let row = 0; row < scores.length; row++) {
    let node = 0;
    for (;;) {
      const asked = column[node] ?? -1;
      if (asked < 0) break;
      const below = (table.columns[asked]?.[row] ?? 0) <= (value[node] ?? 0);
      node = (below ? left[node] : right[node]) ?? 0;
    }
    scores[row] = (scores[row] ?? 0) + (value[node] ?? 0);
  }
}

interface Sums {
  readonly slope: number;
  readonly curve: number;
}

/** Slopes at even places and curvatures at odd ones, summed by bin, one column of the ground after the other. */
type Bars = Float64Array;

const barsOfColumn = 2 * mostBins;

/** Adds up the rows over the first `columns` columns of the ground; one is enough where nothing is split further. */
function barsOf(ground: Ground, rows: Int32Array, columns: number): Bars {
  const { slope, curve, bins } = ground;
  const bars = new Float64Array(columns * barsOfColumn);
  for (let index = 0; index < columns; index++) {
    const codes = bins.codes[ground.columns[index] ?? 0] ?? new Uint8Array(0);
    const start = index * barsOfColumn;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place] ?? 0;
      const bar = start + 2 * (codes[row] ?? 0);
      bars[bar] = (bars[bar] ?? 0) + (slope[row] ?? 0);
      bars[bar + 1] = (bars[bar + 1] ?? 0) + (curve[row] ?? 0);
    }
  }
  return bars;
}

interface Parting {
  readonly bars: Bars;
  readonly low: Int32Array;
  readonly high: Int32Array;
}

/** Only the smaller part is added up; the other is what is left of the whole. */
function partedBars(ground: Ground, { bars, low, high }: Parting): readonly [Bars, Bars] {
  const lowIsSmaller = low.length < high.length;
  const smaller = barsOf(ground, lowIsSmaller ? low : high, ground.columns.length);
  for (let bar = 0; bar < bars.length; bar++) bars[bar] = (bars[bar] ?? 0) - (smaller[bar] ?? 0);
  return lowIsSmaller ? [smaller, bars] : [bars, smaller];
}

function sumsOf(bars: Bars): Sums {
  let slope = 0;
  let curve = 0;
  for (let bar = 0; bar < barsOfColumn; bar += 2) {
    slope += bars[bar] ?? 0;
    curve += bars[bar + 1] ?? 0;
  }
  return { slope, curve };
}

function leafOf({ slope, curve }: Sums, { ridge, shrinkage }: Limits): number {
  const step = Math.min(Math.max(slope / (curve + ridge), -largestStep), largestStep);
  return Number((step * shrinkage).toPrecision(6));
}

/** Gains smaller than this are rounding. */
const smallestGain = 1e-6;

function bestSplit(
  ground: Ground,
  bars: Bars,
  { sums, limits }: { readonly sums: Sums; readonly limits: Limits },
): Split | null {
  const { ridge, leafCurve } = limits;
  if (sums.curve < 2 * leafCurve) return null;
  const whole = sums.slope ** 2 / (sums.curve + ridge);
  let best: Split | null = null;
  let bestGain = smallestGain;
  for (let index = 0; index < ground.columns.length; index++) {
    const column = ground.columns[index] ?? 0;
    const bins = ground.bins.edges[column]?.length ?? 0;
    const start = index * barsOfColumn;
    let slope = 0;
    let curve = 0;
    for (let bin = 0; bin < bins; bin++) {
      slope += bars[start + 2 * bin] ?? 0;
      curve += bars[start + 2 * bin + 1] ?? 0;
      const rest = sums.curve - curve;
      if (curve < leafCurve) continue;
      if (rest < leafCurve) break;
      const high = (sums.slope - slope) ** 2 / (rest + ridge);
      const gain = slope ** 2 / (curve + ridge) + high - whole;
      if (gain <= bestGain) continue;
      bestGain = gain;
      best = { column, bin };
    }
  }
  return best;
}

function parted(bins: Bins, rows: Int32Array, { column, bin }: Split): [Int32Array, Int32Array] {
  const codes = bins.codes[column] ?? new Uint8Array(0);
  const sorted = new Int32Array(rows.length);
  let low = 0;
  let high = rows.length;
  for (const row of rows) {
    if ((codes[row] ?? 0) <= bin) sorted[low++] = row;
    else sorted[--high] = row;
  }
  // The upper half was filled from its end; turned round, both keep the order of time, and memory is read forwards.
  return [sorted.subarray(0, low), sorted.subarray(low).reverse()];
}
