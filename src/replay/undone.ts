import { lineKinds } from '../change/line-marks.ts';
import type { LineMarks } from '../change/line-marks.ts';
import type { LandedFile } from './landed-change.ts';
import { isProductCode } from './product-code.ts';

/** What changes did to their files, kept over a window, to see when somebody does the opposite. */
export interface UndoWindow {
  /** Oldest first. */
  readonly changes: Remembered[];
  /** By what undoing a file would look like: the places in history of those who did it. */
  readonly byOpposite: Map<number, number[]>;
}

/** One change as far as it can be undone. */
export interface Remembered {
  readonly order: number;
  readonly at: number;
  /** For each file a number that stands for what undoing it would look like. */
  readonly opposites: Float64Array;
  readonly lines: Int32Array;
}

/** A change that does the opposite of an earlier one. */
export interface UndoneOrder {
  readonly order: number;
  readonly share: number;
  readonly own: number;
}

/** Content is compared with so many changes before, and so many days; a later restoration is a coincidence or a decision. */
const changesRemembered = 2000;
const secondsRemembered = 90 * 86_400;
/** Fewer lines than this come back by chance. */
const fewestLines = 3;
/** Below this share of the earlier change it was not taken back but partly changed. */
const leastShare = 0.5;
const mostUndone = 4;
/** Files of one change that are compared; a change of more is an import or a reformat. */
const mostFiles = 500;

/** An empty window. */
export function undoWindow(changes: readonly Remembered[] = []): UndoWindow {
  const window: UndoWindow = { changes: [], byOpposite: new Map() };
  for (const change of changes) admit(window, change);
  return window;
}

/** Which earlier changes the files of this one take back, and remembers it for those to come. */
export function takeUndo(
  window: UndoWindow,
  files: readonly LandedFile[],
  { order, at }: { readonly order: number; readonly at: number },
): readonly UndoneOrder[] {
  const sides = files.slice(0, mostFiles + 1).flatMap(sidesOf);
  const found = sides.length > mostFiles ? [] : undoneBy(window, sides, at);
  const kept = sides.length > mostFiles ? [] : sides;
  admit(window, {
    order,
    at,
    opposites: Float64Array.from(kept, ({ opposite }) => opposite),
    lines: Int32Array.from(kept, ({ lines }) => lines),
  });
  return found;
}

interface Sides {
  readonly own: number;
  readonly opposite: number;
  readonly lines: number;
}

function sidesOf({ path, oldPath, lines, generated }: LandedFile): readonly Sides[] {
  if (lines === null || generated || !isProductCode(path)) return [];
  const [removed, added] = [sumOf(lines.removed), sumOf(lines.added)];
  const count = removed.count + added.count;
  if (count === 0) return [];
  return [
    {
      own: keyOf(oldPath, removed, added),
      opposite: keyOf(path, added, removed),
      lines: count,
    },
  ];
}

interface Sum {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** The lines in no order, because a revert may find others between them. */
function sumOf({ hashes, kinds }: LineMarks): Sum {
  let [count, low, high] = [0, 0, 0];
  for (let at = 0; at < hashes.length; at++) {
    if (kinds[at] === lineKinds.blank) continue;
    const mixed = mix(hashes[at] ?? 0);
    count += 1;
    low = (low + mixed) | 0;
    high = (high + mix(mixed ^ 0x5bd1e995)) | 0;
  }
  return { count, low, high };
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}

function keyOf(path: string, gone: Sum, came: Sum): number {
  let [one, other] = [0x811c9dc5 | 0, 0x1b873593];
  for (let at = 0; at < path.length; at++) {
    one = Math.imul(one ^ path.charCodeAt(at), 0x01000193);
    other = Math.imul(other + path.charCodeAt(at), 0x27d4eb2d) ^ (other >>> 15);
  }
  for (const { count, low, high } of [gone, came]) {
    one = mix(one ^ low) + Math.imul(count, 0x9e3779b1);
    other = mix(other ^ high) + count;
  }
  return (one >>> 0) * 2 ** 21 + (other & 0x1fffff);
}

function undoneBy(window: UndoWindow, sides: readonly Sides[], at: number): readonly UndoneOrder[] {
  const taken = new Map<number, number>();
  let total = 0;
  for (const { own, lines } of sides) {
    total += lines;
    for (const order of new Set(window.byOpposite.get(own) ?? []))
      taken.set(order, (taken.get(order) ?? 0) + lines);
  }
  const first = window.changes[0]?.order ?? 0;
  return [...taken]
    .flatMap(([order, lines]) => {
      const earlier = window.changes[order - first];
      if (earlier === undefined || at - earlier.at > secondsRemembered) return [];
      const all = earlier.lines.reduce((sum, count) => sum + count, 0);
      const share = lines / Math.max(1, all);
      if (all < fewestLines || share < leastShare) return [];
      return [{ order, share, own: lines / Math.max(1, total) }];
    })
    .sort((one, other) => other.share - one.share || other.order - one.order)
    .slice(0, mostUndone);
}

function admit(window: UndoWindow, change: Remembered): void {
  window.changes.push(change);
  for (const opposite of change.opposites) {
    const orders = window.byOpposite.get(opposite);
    if (orders === undefined) window.byOpposite.set(opposite, [change.order]);
    else orders.push(change.order);
  }
  if (window.changes.length <= changesRemembered) return;
  for (const opposite of window.changes.shift()?.opposites ?? []) {
    const orders = window.byOpposite.get(opposite);
    orders?.shift();
    if (orders?.length === 0) window.byOpposite.delete(opposite);
  }
}
