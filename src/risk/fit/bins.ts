import type { Table } from './columns.ts';

/** Values put into few bins, so that a split is found by adding up bins instead of sorting rows. */
export interface Bins {
  /** For each column the bin of each row. */
  readonly codes: readonly Uint8Array[];
  /** For each column the upper ends of its bins but the last, ascending. */
  readonly edges: readonly (readonly number[])[];
}

/** Most bins a column gets; their codes fit a byte. */
export const mostBins = 48;

/** Bins of about equally many rows, cut between values so that equal values stay together. */
export function binsOf(table: Table): Bins {
  const edges = table.columns.map(edgesOf);
  const codes = table.columns.map((column, index) => codesOf(column, edges[index] ?? []));
  return { codes, edges };
}

function edgesOf(column: Float64Array): readonly number[] {
  const sorted = Float64Array.from(column).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < mostBins; bin++) {
    const value = sorted[Math.floor((bin * sorted.length) / mostBins)] ?? 0;
    const above = sorted[firstAbove(sorted, value)];
    if (above === undefined) break;
    const edge = between(value, above);
    if (edge > (edges.at(-1) ?? -Infinity)) edges.push(edge);
  }
  return edges;
}

/** A short number in the middle, so that a model written down is short and the same when read again. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  const short = Number(middle.toPrecision(6));
  return short >= low && short < high ? short : low;
}

function codesOf(column: Float64Array, edges: readonly number[]): Uint8Array {
  const codes = new Uint8Array(column.length);
  for (let row = 0; row < column.length; row++) codes[row] = binOf(edges, column[row] ?? 0);
  return codes;
}

/** How many edges lie below a value. */
function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
