import { lineKinds } from '../change/line-marks.ts';
import type { ChangedLines } from '../change/line-marks.ts';
import type { LandedFile } from './landed-change.ts';
import { isProductCode } from './product-code.ts';

/** For each line of the product's code, by file, the change that wrote it, by its place in history; -1 where that is not known. */
export type LineOrigins = Map<string, Int32Array>;

/** A line that went: who had written it, and whether it only moved or changed its white space. */
export interface RemovedLines {
  readonly file: LandedFile;
  /** One for each removed line, in the order of the blocks. */
  readonly origins: Int32Array;
  readonly moved: Uint8Array;
  /** Who wrote the lines around what was only added; -1 where nobody is known. */
  readonly beside: readonly number[];
}

/** Lines of one change that are looked at for moves; a change beyond that is an import. */
const mostMovable = 400_000;

/**
 * Takes one change into account and says who had written the lines that went. This is blame along the first-parent
 * line, told forwards: one step for each change instead of a walk back for each line.
 */
export function trackLines(
  origins: LineOrigins,
  files: readonly LandedFile[],
  order: number,
): readonly RemovedLines[] {
  const tracked = files.filter((file) => !file.generated && isProductCode(file.path));
  const before = tracked.map((file) => lift(origins, file));
  const removed = tracked.map((file, index) => removedOf(file, before[index]));
  const inherited = findMoves(tracked, removed);
  tracked.forEach((file, index) => {
    const now = after(file, { before: before[index], inherited: inherited[index], order });
    if (now === null) origins.delete(file.path);
    else origins.set(file.path, now);
  });
  return removed;
}

/** All are lifted before any is put down, so that two may swap names. */
function lift(origins: LineOrigins, { path, oldPath, letter }: LandedFile): Int32Array | undefined {
  const found = origins.get(letter === 'R' || letter === 'C' ? oldPath : path);
  if (letter === 'R') origins.delete(oldPath);
  return letter === 'A' ? undefined : found;
}

function removedOf(file: LandedFile, before: Int32Array | undefined): RemovedLines {
  const { lines } = file;
  if (lines === null) return { file, origins: none, moved: noMoves, beside: [] };
  const count = lines.removed.kinds.length;
  const origins = new Int32Array(count).fill(-1);
  const beside: number[] = [];
  let place = 0;
  eachBlock(lines, ({ oldStart, old }) => {
    for (let index = 0; index < old; index++)
      origins[place++] = before?.[oldStart - 1 + index] ?? -1;
    if (old === 0) beside.push(before?.[oldStart - 2] ?? -1, before?.[oldStart - 1] ?? -1);
  });
  return { file, origins, moved: new Uint8Array(count), beside };
}

const none = new Int32Array(0);
const noMoves = new Uint8Array(0);

interface Block {
  readonly oldStart: number;
  readonly old: number;
  readonly now: number;
}

function eachBlock({ blocks }: ChangedLines, see: (block: Block) => void): void {
  for (let index = 0; index + 3 < blocks.length; index += 4)
    see({
      oldStart: blocks[index] ?? 0,
      old: blocks[index + 1] ?? 0,
      now: blocks[index + 3] ?? 0,
    });
}

/** For each added line of each file the origin it brings along from where it stood before; -2 where it is new. */
type Inherited = Int32Array | null;

/** Equal lines (white space apart) that went and came in one change are the same lines: first in the same file. */
function findMoves(
  files: readonly LandedFile[],
  removed: readonly RemovedLines[],
): readonly Inherited[] {
  const total = files.reduce((sum, { lines }) => sum + (lines?.removed.kinds.length ?? 0), 0);
  if (total === 0 || total > mostMovable) return files.map(() => null);
  const inherited: Inherited[] = files.map(({ lines }) =>
    lines === null ? null : new Int32Array(lines.added.kinds.length).fill(-2),
  );
  files.forEach((_, index) => matchMoves({ files, removed, inherited }, [index], index));
  const all = files.map((_, index) => index);
  if (files.length > 1) matchMoves({ files, removed, inherited }, all, null);
  return inherited;
}

interface Moves {
  readonly files: readonly LandedFile[];
  readonly removed: readonly RemovedLines[];
  readonly inherited: readonly Inherited[];
}

function matchMoves(
  { files, removed, inherited }: Moves,
  among: readonly number[],
  only: number | null,
): void {
  const waiting = new Map<number, [number, number][]>();
  for (const index of among) {
    const gone = removed[index];
    const lines = gone?.file.lines;
    if (!gone || !lines) continue;
    for (let at = 0; at < gone.origins.length; at++) {
      if (lines.removed.kinds[at] !== lineKinds.code || gone.moved[at] === 1) continue;
      const hash = lines.removed.hashes[at] ?? 0;
      const places = waiting.get(hash);
      if (places === undefined) waiting.set(hash, [[index, at]]);
      else places.push([index, at]);
    }
  }
  if (waiting.size === 0) return;
  for (const places of waiting.values()) places.reverse();
  for (const [index, file] of files.entries()) {
    const brings = inherited[index];
    if (!file.lines || !brings || (only !== null && only !== index)) continue;
    for (let at = 0; at < brings.length; at++) {
      if (brings[at] !== -2 || file.lines.added.kinds[at] !== lineKinds.code) continue;
      const place = waiting.get(file.lines.added.hashes[at] ?? 0)?.pop();
      const gone = place === undefined ? undefined : removed[place[0]];
      if (place === undefined || gone === undefined) continue;
      brings[at] = gone.origins[place[1]] ?? -1;
      gone.moved[place[1]] = 1;
    }
  }
}

interface Step {
  readonly before: Int32Array | undefined;
  readonly inherited: Inherited | undefined;
  readonly order: number;
}

/** The lines of a file after a change; null where there is none, or nothing is known of it any more. */
function after(file: LandedFile, { before, inherited, order }: Step): Int32Array | null {
  const { lines, letter } = file;
  if (letter === 'D') return null;
  if (lines === null) return letter === 'R' || letter === 'C' ? (before ?? null) : null;
  // Of a file that was not seen before only as much is known as the change tells.
  let furthest = before?.length ?? 0;
  eachBlock(lines, ({ oldStart, old }) => {
    furthest = Math.max(furthest, oldStart - 1 + old);
  });
  const growth = lines.added.kinds.length - lines.removed.kinds.length;
  const now = new Int32Array(Math.max(0, furthest + growth)).fill(-1);
  let from = 0;
  let to = 0;
  let came = 0;
  function keep(until: number): void {
    const kept = until - from;
    if (before !== undefined) now.set(before.subarray(from, Math.min(until, before.length)), to);
    from = until;
    to += kept;
  }
  eachBlock(lines, ({ oldStart, old, now: count }) => {
    keep(Math.max(from, oldStart - 1));
    from += old;
    for (let index = 0; index < count; index++) {
      const origin = inherited?.[came++] ?? -2;
      if (to < now.length) now[to++] = origin === -2 ? order : origin;
    }
  });
  keep(furthest);
  return now;
}
