import type { Hunk } from './change.ts';
import { markDifferences } from './shortest-edit.ts';
import type { DiffLimits, Marks } from './shortest-edit.ts';

const defaultLimits: DiffLimits = { edits: 600 };

/** The lines of a text without their `\n` (a `\r` stays); an empty text has none. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What turns one text into another, as blocks without context. A lost or gained last line end replaces the line. */
export function diffTexts(
  before: string,
  after: string,
  limits: DiffLimits = defaultLimits,
): readonly Hunk[] {
  if (before === after) return [];
  const oldLines = linesOf(before);
  const newLines = linesOf(after);
  const numbers = new Map<string, number>();
  const old = numbered(oldLines, before, numbers);
  const now = numbered(newLines, after, numbers);
  return hunksOf(marked(old, now, limits), oldLines, newLines);
}

/** The same for lists, such as hashes of lines: what turns one into the other. */
export function diffLists(
  before: readonly string[],
  after: readonly string[],
  limits: DiffLimits = defaultLimits,
): readonly Hunk[] {
  const numbers = new Map<string, number>();
  const old = numbered(before, '\n', numbers);
  const now = numbered(after, '\n', numbers);
  return hunksOf(marked(old, now, limits), before, after);
}

function marked(old: Int32Array, now: Int32Array, limits: DiffLimits): Marks {
  const marks = {
    old,
    now,
    removed: new Uint8Array(old.length + 1),
    added: new Uint8Array(now.length + 1),
    limits,
  };
  markDifferences(marks);
  slideDown(old, marks.removed);
  slideDown(now, marks.added);
  return marks;
}

/** The same where the file may not exist on one side: all of the other is then added or removed. */
export function hunksBetween(before: string | null, after: string | null): readonly Hunk[] {
  if (before !== null && after !== null) return diffTexts(before, after);
  const lines = linesOf(after ?? before ?? '');
  if (lines.length === 0) return [];
  return before === null
    ? [{ oldStart: 0, newStart: 1, removed: [], added: lines }]
    : [{ oldStart: 1, newStart: 0, removed: lines, added: [] }];
}

/** Puts hunks onto the text they were made from. `endsWithNewline` is about the result. */
export function applyHunks(
  before: string,
  hunks: readonly Hunk[],
  endsWithNewline: boolean,
): string {
  const lines = linesOf(before);
  const result: string[] = [];
  let next = 0;
  for (const hunk of hunks) {
    for (; next < hunk.oldStart - 1 && next < lines.length; next++) result.push(lines[next] ?? '');
    for (const line of hunk.added) result.push(line);
    next += hunk.removed.length;
  }
  for (; next < lines.length; next++) result.push(lines[next] ?? '');
  return result.length === 0 ? '' : result.join('\n') + (endsWithNewline ? '\n' : '');
}

/** Equal lines get equal numbers; a last line without line end equals no line that has one. */
function numbered(
  lines: readonly string[],
  text: string,
  numbers: Map<string, number>,
): Int32Array {
  const open = lines.length > 0 && !text.endsWith('\n') ? lines.length - 1 : -1;
  const result = new Int32Array(lines.length);
  for (const [index, line] of lines.entries()) {
    const key = index === open ? `${line}\n` : line;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    result[index] = known;
  }
  return result;
}

/** Moves each block as far down as equal lines allow: an added function then starts at its own first line. */
function slideDown(lines: Int32Array, marked: Uint8Array): void {
  let start = 0;
  while (start < lines.length) {
    if (marked[start] === 0) {
      start++;
      continue;
    }
    let end = start;
    while (end < lines.length && marked[end] === 1) end++;
    while (end < lines.length && lines[start] === lines[end]) {
      marked[start++] = 0;
      marked[end++] = 1;
      while (end < lines.length && marked[end] === 1) end++;
    }
    start = end;
  }
}

function hunksOf(
  { removed, added }: Marks,
  oldLines: readonly string[],
  newLines: readonly string[],
): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let oldIndex = 0;
  let newIndex = 0;
  while (oldIndex < oldLines.length || newIndex < newLines.length) {
    const [oldFrom, newFrom] = [oldIndex, newIndex];
    while (removed[oldIndex] === 1) oldIndex++;
    while (added[newIndex] === 1) newIndex++;
    if (oldIndex > oldFrom || newIndex > newFrom)
      hunks.push({
        oldStart: oldFrom + 1,
        newStart: newFrom + 1,
        removed: oldLines.slice(oldFrom, oldIndex),
        added: newLines.slice(newFrom, newIndex),
      });
    oldIndex++;
    newIndex++;
  }
  return hunks;
}
