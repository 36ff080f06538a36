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
 * Mean loss on later rows after each number of trees: more only learn the earlier ones by heart. The rate of bad changes
 * drifts and trees grow too sure of themselves; calibration mends both, so the loss is taken after the best line
 * through the log odds.
 */
export function lossCurve(boosted: Boosted, later: Later): readonly number[] {
  const scores = new Float64Array(later.table.count);
  let line: Line = { intercept: logOdds(later.bad), slope: 1 };
  return boosted.trees.map((tree, index) => {
    addTree(tree, later.table, scores);
    if (index + 1 < fewestRounds) return Infinity;
    line = bettered(line, scores, later.bad);
    return lossOf(scores, later.bad, line);
  });
}

/** The first trees say too little for a line through them. */
export const fewestRounds = 20;
const steepest = 4;

interface Line {
  readonly intercept: number;
  readonly slope: number;
}

/** One Newton step of the line. */
function bettered({ intercept, slope }: Line, scores: Float64Array, bad: Float64Array): Line {
  let [a, b, aa, ab, bb] = [0, 0, smallestCurve, 0, smallestCurve];
  scores.forEach((score, row) => {
    const chance = 1 / (1 + Math.exp(-intercept - slope * score));
    const gap = (bad[row] ?? 0) - chance;
    const curve = chance * (1 - chance);
    a += gap;
    b += gap * score;
    aa += curve;
    ab += curve * score;
    bb += curve * score * score;
  });
  const determinant = aa * bb - ab * ab;
  // Scores that are all alike have no slope to find.
  if (determinant < 1e-9 * aa * bb) return { intercept: intercept + a / aa, slope };
  const steeper = slope + (b * aa - a * ab) / determinant;
  return {
    intercept: intercept + (a * bb - b * ab) / determinant,
    slope: Math.min(Math.max(steeper, 0), steepest),
  };
}

/** Log odds for a row of columns. */
export function boostedScore({ base, trees }: Boosted, row: readonly number[]): number {
  let score = base;
  for (const tree of trees) score += treeScore(tree, row);
  return score;
}

/** One that answers with the mean of several: what they learnt by chance cancels out. */
export function averaged(several: readonly Boosted[]): Boosted {
  const share = 1 / Math.max(1, several.length);
  return {
    base: several.reduce((sum, { base }) => sum + base * share, 0),
    trees: several.flatMap(({ trees }) => trees.map((tree) => fainter(tree, share))),
  };
}

function fainter(tree: Tree, share: number): Tree {
  const value = tree.value.map((value, node) =>
    (tree.column[node] ?? -1) < 0 ? Number((value * share).toPrecision(6)) : value,
  );
  return { ...tree, value };
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

function lossOf(scores: Float64Array, bad: Float64Array, { intercept, slope }: Line): number {
  let loss = 0;
  scores.forEach((score, row) => {
    const logit = intercept + slope * score;
    loss += Math.log1p(Math.exp((bad[row] ?? 0) > 0.5 ? -logit : logit));
  });
  return loss / Math.max(1, bad.length);
}
