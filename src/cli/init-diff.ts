import type { Hunk } from '../change/change.ts';
import { diffTexts, linesOf } from '../change/diff.ts';

/** Unchanged lines shown around each change. */
const contextLines = 3;

/** What changes in a text, as a unified difference without a head; a missing last line end is told as git tells it. */
export function unifiedDiff(before: string, after: string): readonly string[] {
  const old = linesOf(before);
  const groups = grouped(diffTexts(before, after));
  return groups.flatMap((group) => groupLines(group, old, { before, after }));
}

/** Changes whose contexts touch are shown in one piece. */
function grouped(hunks: readonly Hunk[]): readonly (readonly Hunk[])[] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1);
    const near = last !== undefined && firstOld(hunk) - endOld(last) <= 2 * contextLines;
    if (near) groups.at(-1)?.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

function groupLines(
  group: readonly Hunk[],
  old: readonly string[],
  { before, after }: { readonly before: string; readonly after: string },
): readonly string[] {
  const first = group[0];
  const last = group.at(-1);
  if (first === undefined || last === undefined) return [];
  const from = Math.max(0, firstOld(first) - contextLines);
  const to = Math.min(old.length, endOld(last) + contextLines);
  const lines: string[] = [];
  let at = from;
  for (const hunk of group) {
    lines.push(...old.slice(at, firstOld(hunk)).map((line) => ` ${line}`));
    at = endOld(hunk);
    const removed = hunk.removed.map((line) => `-${line}`);
    const added = hunk.added.map((line) => `+${line}`);
    const atEnd = at === old.length;
    if (removed.length > 0 && atEnd && !before.endsWith('\n')) removed.push(noLineEnd);
    if (added.length > 0 && atEnd && !after.endsWith('\n')) added.push(noLineEnd);
    lines.push(...removed, ...added);
  }
  lines.push(...old.slice(at, to).map((line) => ` ${line}`));
  const newFrom = first.newStart - (firstOld(first) - from);
  const oldCount = count(lines, '+');
  const newCount = count(lines, '-');
  const head = `@@ -${from + 1},${oldCount} +${newFrom},${newCount} @@`;
  return [head, ...lines.map((line) => line.replace(/\r$/, ''))];
}

/** Lines that the other side's mark does not stand before. */
function count(lines: readonly string[], others: '+' | '-'): number {
  return lines.filter((line) => !line.startsWith(others) && !line.startsWith('\\')).length;
}

const noLineEnd = '\\ no line end at the end of the file';

/** Index of the first old line that goes, or before which lines come. */
function firstOld({ oldStart }: Hunk): number {
  return Math.max(0, oldStart - 1);
}

function endOld(hunk: Hunk): number {
  return firstOld(hunk) + hunk.removed.length;
}
