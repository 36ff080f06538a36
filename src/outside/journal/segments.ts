import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A journal that has grown larger goes on in a new file. */
const segmentBytes = 8 * 2 ** 20;
/** Older segments than these are let go. */
export const mostSegments = 8;
/** The last record is looked for in so many bytes at the end. */
const tailBytes = 256 * 2 ** 10;

const current = 'journal.jsonl';
const older = /^journal-(\d{6})\.jsonl$/;

/** What the end of a journal looks like. */
export interface Tail {
  /** The last whole line; null when there is none. */
  readonly line: string | null;
  /** Bytes behind the last line end: a record that was torn. */
  readonly tornBytes: number;
  /** There is a journal at all. */
  readonly present: boolean;
}

/** Reads the end of the journal. */
export function journalTail(folder: string): Tail {
  const path = join(folder, current);
  const [newest] = olderSegments(folder).toReversed();
  if (!existsSync(path)) {
    const line = newest === undefined ? null : lastLine(join(folder, newest)).line;
    return { line, tornBytes: 0, present: newest !== undefined };
  }
  const { line, tornBytes } = lastLine(path);
  if (line !== null || newest === undefined) return { line, tornBytes, present: true };
  return { line: lastLine(join(folder, newest)).line, tornBytes, present: true };
}

function lastLine(path: string): { readonly line: string | null; readonly tornBytes: number } {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const end = bytes.lastIndexOf(0x0a);
    if (end < 0) return { line: null, tornBytes: bytes.length };
    const start = bytes.lastIndexOf(0x0a, end - 1) + 1;
    return { line: bytes.toString('utf8', start, end), tornBytes: bytes.length - end - 1 };
  } finally {
    closeSync(file);
  }
}

/** Takes a torn record off the end. */
export function cutTorn(folder: string, tornBytes: number): void {
  const path = join(folder, current);
  if (tornBytes > 0) truncateSync(path, Math.max(0, statSync(path).size - tornBytes));
}

/** Appends whole lines in one write; a new segment begins when the last one is full. */
export function appendLines(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, current);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > segmentBytes) rotate(folder, path);
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, text);
  } finally {
    closeSync(file);
  }
}

function rotate(folder: string, path: string): void {
  const names = olderSegments(folder);
  const last = Number(older.exec(names.at(-1) ?? '')?.[1] ?? 0);
  renameSync(path, join(folder, `journal-${String(last + 1).padStart(6, '0')}.jsonl`));
  for (const name of names.slice(0, Math.max(0, names.length + 1 - mostSegments)))
    rmSync(join(folder, name), { force: true });
}

/** Nobody begins a new segment more often while the old ones are read. */
const mostReadings = 3;

/**
 * All whole lines of the journal, oldest first. A record torn at its end is none: either it is being written right now,
 * or the next one who writes takes it off.
 */
export function journalLines(folder: string): readonly string[] {
  for (let reading = 1; ; reading += 1) {
    const names = olderSegments(folder);
    const lines = linesIn(folder, [...names.slice(-mostSegments), current]);
    const same = names.join() === olderSegments(folder).join();
    if (same || reading === mostReadings) return lines;
  }
}

function linesIn(folder: string, names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    // A file beyond twice the limit was not written by us; its records would not fit the chain either.
    if (size === 0 || size > 2 * segmentBytes) continue;
    const pieces = textOf(path).split('\n');
    for (const line of pieces.slice(0, -1)) if (line !== '') lines.push(line);
  }
  return lines;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // It became an older segment this very moment, and is read under its new name.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Lets go of all finished segments. */
export function dropOlderSegments(folder: string): number {
  const names = olderSegments(folder);
  for (const name of names) rmSync(join(folder, name), { force: true });
  return names.length;
}

function olderSegments(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => older.test(name))
      .toSorted();
  } catch {
    return []; // no journal yet
  }
}
