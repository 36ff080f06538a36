import type { ChangedFile } from './guard.ts';

/**
 * Line after the change for a line before it: where it went if it stayed,
 * else the first line of what took its place, else the line that closed the gap.
 */
export function lineAfter(file: ChangedFile, lineBefore: number): number {
  let shift = 0;
  for (const { oldStart, newStart, removed, added } of file.change.hunks) {
    if (lineBefore < oldStart) break;
    if (lineBefore < oldStart + removed.length) return within(file, newStart);
    shift += added.length - removed.length;
  }
  return within(file, lineBefore + shift);
}

function within({ after }: ChangedFile, line: number): number {
  return Math.max(1, Math.min(line, after?.lines.length ?? 1));
}
