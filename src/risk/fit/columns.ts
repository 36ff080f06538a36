import { featureNames } from '../features.ts';

/** What the models read of a change, made from its own fourteen features alone. */
export const columnNames: readonly string[] = [
  ...featureNames,
  'share added',
  'lines per file',
  'added per line there',
  'touches per file',
  'developers per file',
  'share of experience here',
  'share of experience lately',
  'evenness',
];

/** Nothing that is counted is larger; a broken or hostile number becomes the nearest that makes sense. */
const largestCount = 1e9;

/** One value for each of `columnNames`: always finite. */
export function columnsOf(features: readonly number[]): readonly number[] {
  const raw = featureNames.map((_, index) => sound(features[index]));
  const [ns = 0, nd = 0, nf = 0, entropy = 0, la = 0, ld = 0, lt = 0, fix = 0] = raw;
  const [ndev = 0, age = 0, nuc = 0, exp = 0, rexp = 0, sexp = 0] = raw.slice(8);
  const files = nf + 1;
  return [
    ...[ns, nd, nf].map(Math.log1p),
    entropy,
    ...[la, ld, lt].map(Math.log1p),
    Math.min(fix, 1),
    ...[ndev, age, nuc, exp, rexp, sexp].map(Math.log1p),
    (la + 1) / (la + ld + 2),
    Math.log1p((la + ld) / files),
    Math.log((la + 1) / (lt + 1)),
    Math.log1p(nuc / files),
    Math.log1p(ndev / files),
    (sexp + 1) / (exp + 2),
    (rexp + 1) / (exp + 2),
    entropy / Math.log2(files + 1),
  ];
}

function sound(value: number | undefined): number {
  if (value === undefined || Number.isNaN(value)) return 0;
  return Math.min(Math.max(value, 0), largestCount);
}

/** Rows laid out by column, as the fitting loops want them. */
export interface Table {
  readonly count: number;
  readonly columns: readonly Float64Array[];
}

/** Lays out rows made by `columnsOf`. */
export function tableOf(rows: readonly (readonly number[])[]): Table {
  const columns = columnNames.map(() => new Float64Array(rows.length));
  rows.forEach((row, index) => {
    columns.forEach((column, place) => {
      column[index] = row[place] ?? 0;
    });
  });
  return { count: rows.length, columns };
}
