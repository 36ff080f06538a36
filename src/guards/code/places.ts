import type { ChangedFile } from '../guard.ts';

/** The line after the change at which something that stood on `line` before it went away. */
export function seamOf(file: ChangedFile, line: number): number {
  let shift = 0;
  for (const hunk of file.change.hunks) {
    const start = hunk.removed.length === 0 ? hunk.oldStart + 1 : hunk.oldStart;
    if (line < start) break;
    if (line < start + hunk.removed.length) return Math.max(1, hunk.newStart);
    shift += hunk.added.length - hunk.removed.length;
  }
  return Math.max(1, line + shift);
}

/** Whether a line after the change is one the change added, or lies beside one it took away. */
export function isAtSeam(file: ChangedFile, line: number): boolean {
  return file.change.hunks.some(
    (hunk) => line >= hunk.newStart - 1 && line <= hunk.newStart + Math.max(hunk.added.length, 1),
  );
}

/** Where to show a loss: at what survived when the change touched it, else at the seam of what went. */
export function placeOf(file: ChangedFile, survivor: number, lost: number): number {
  return isAtSeam(file, survivor) ? survivor : seamOf(file, lost);
}
