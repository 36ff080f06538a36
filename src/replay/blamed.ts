import { lineKinds } from '../change/line-marks.ts';
import type { RemovedLines } from './line-origins.ts';

/** Who is blamed for how many lines, by place in history. */
export interface BlamedOrder {
  readonly order: number;
  readonly lines: number;
  readonly how: 'lines' | 'beside';
}

/** Names kept of one change; the most recent one is always among them. */
const mostBlamed = 12;

/**
 * Who wrote what a change took out of the product's code. Lines that are blank, comments, or went only to come back
 * elsewhere or with other white space count for nothing; where nothing is left, what new lines stand beside does.
 */
export function blamedBy(removed: readonly RemovedLines[]): readonly BlamedOrder[] {
  const byLines = count(removed, lineKinds.code);
  const found = byLines.size > 0 ? byLines : count(removed, lineKinds.slight);
  if (found.size > 0) return strongest(found, 'lines');
  const beside = new Map<number, number>();
  for (const order of removed.flatMap((lines) => lines.beside))
    if (order >= 0) beside.set(order, (beside.get(order) ?? 0) + 1);
  return strongest(beside, 'beside');
}

function count(removed: readonly RemovedLines[], kind: number): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  for (const { file, origins, moved } of removed) {
    const kinds = file.lines?.removed.kinds;
    for (let at = 0; at < origins.length; at++) {
      const order = origins[at] ?? -1;
      if (order < 0 || moved[at] === 1 || kinds?.[at] !== kind) continue;
      lines.set(order, (lines.get(order) ?? 0) + 1);
    }
  }
  return lines;
}

function strongest(
  lines: ReadonlyMap<number, number>,
  how: BlamedOrder['how'],
): readonly BlamedOrder[] {
  const all = [...lines].map(([order, count]) => ({ order, lines: count, how }));
  const sorted = all.sort((one, other) => other.lines - one.lines || other.order - one.order);
  const recent = Math.max(...sorted.map(({ order }) => order));
  const kept = sorted.slice(0, mostBlamed);
  if (sorted.length <= mostBlamed || kept.some(({ order }) => order === recent)) return kept;
  return [...kept.slice(0, -1), ...sorted.filter(({ order }) => order === recent)];
}
