import type { ChangedFile } from '../guard.ts';

/** The place of the change nearest to a line: what a line stands for may be spread over its neighbours. */
export function nearestChange({ added, change }: ChangedFile, line: number): number {
  if (added.has(line) || change.hunks.length === 0) return line;
  const starts = change.hunks.map((hunk) => Math.max(1, hunk.newStart));
  return starts.reduce((best, start) =>
    Math.abs(start - line) < Math.abs(best - line) ? start : best,
  );
}
