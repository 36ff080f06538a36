import type { Bins } from './bins.ts';
import type { Table } from './columns.ts';
import type { Dice } from './random.ts';
import { addTree, growTree, treeScore } from './tree.ts';
import type { Limits, Tree } from './tree.ts';

/** Trees, each grown on what those before left unexplained; their sum is the log odds. */
export interface Boosted {
  readonly base: number;
  readonly trees: readonly Tree[];
}

/** Rows and how they turned out, 1 for bad. */
export interface Lesson {
  readonly table: Table;
  readonly bins: Bins;
  readonly bad: Float64Array;
}

/** Rows that came later and are only looked at. */
export type Later = Pick<Lesson, 'table' | 'bad'>;

/** What boosting is told. */
export interface BoostOptions {
  readonly rounds: number;
  /** Columns of the table the trees may look at. */
  readonly columns: readonly number[];
  readonly dice: Dice;
}

const limits: Limits = { depth: 4, ridge: 3, leafCurve: 5, shrinkage: 0.1 };
/** Shares of the rows and of the columns each tree sees, drawn anew for each. */
const rowShare = 0.6;
const columnShare = 0.6;
const smallestCurve = 1e-6;

/** Boosts trees on rows by the logistic loss. */
export function boost(
  { table, bins, bad }: Lesson,
  { rounds, columns, dice }: BoostOptions,
): Boosted {
  const base = logOdds(bad);
  const scores = new Float64Array(table.count).fill(base);
  const slope = new Float64Array(table.count);
  const curve = new Float64Array(table.count);
  const trees: Tree[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let row = 0; row < table.count; row++) {
      const chance = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
      slope[row] = (bad[row] ?? 0) - chance;
      curve[row] = Math.max(chance * (1 - chance), smallestCurve);
    }
    const rows = drawn(table.count, dice);
    const asked = columns.filter(() => dice() < columnShare);
    const ground = { bins, slope, curve, columns: asked.length > 0 ? asked : columns };
    const tree = growTree(ground, rows, limits);
    trees.push(tree);
    addTree(tree, table, scores);
  }
  return { base, trees };
}

/**
 * How many trees do best on later rows: more only learn the earlier ones by heart. The rate of bad changes drifts, which
 * says nothing about the order; so the loss is taken after moving all scores to the rate of the later rows.
 */
export function bestRounds(boosted: Boosted, later: Later): number {
  const scores = new Float64Array(later.table.count).fill(boosted.base);
  let shift = logOdds(later.bad) - boosted.base;
  let best = 0;
  let least = Infinity;
  boosted.trees.forEach((tree, index) => {
    addTree(tree, later.table, scores);
    shift += shiftOf(scores, later.bad, shift);
    const loss = lossOf(scores, later.bad, shift);
    if (loss >= least) return;
    least = loss;
    best = index + 1;
  });
  return best;
}

/** One Newton step of the intercept. */
function shiftOf(scores: Float64Array, bad: Float64Array, shift: number): number {
  let slope = 0;
  let curve = smallestCurve;
  scores.forEach((score, row) => {
    const chance = 1 / (1 + Math.exp(-(score + shift)));
    slope += (bad[row] ?? 0) - chance;
    curve += chance * (1 - chance);
  });
  return slope / curve;
}

/** Log odds for a row of columns. */
export function boostedScore({ base, trees }: Boosted, row: readonly number[]): number {
  let score = base;
  for (const tree of trees) score += treeScore(tree, row);
  return score;
}

/** Log odds of being bad among all rows, kept finite where all or none are. */
function logOdds(bad: Float64Array): number {
  const sum = bad.reduce((total, value) => total + value, 0);
  return Math.log((sum + 0.5) / (bad.length - sum + 0.5));
}

function drawn(count: number, dice: Dice): Int32Array {
  const rows = new Int32Array(count);
  let size = 0;
  for (let row = 0; row < count; row++) if (dice() < rowShare) rows[size++] = row;
  return rows.subarray(0, size);
}

function lossOf(scores: Float64Array, bad: Float64Array, shift: number): number {
  let loss = 0;
  scores.forEach((score, row) => {
    loss += Math.log1p(Math.exp((bad[row] ?? 0) > 0.5 ? -score - shift : score + shift));
  });
  return loss;
}
