import type { ChangedFile } from '../guard.ts';
import { lineAfter } from '../seam.ts';

/** Where to show a loss: at what survived when the change touched it, else at the seam of what went. */
export function placeOf(file: ChangedFile, survivor: number, lost: number): number {
  return isAtSeam(file, survivor) ? survivor : lineAfter(file, lost);
}

function isAtSeam(file: ChangedFile, line: number): boolean {
  return file.change.hunks.some(
    ({ newStart, added }) => line >= newStart - 1 && line <= newStart + Math.max(added.length, 1),
  );
}
