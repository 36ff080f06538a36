import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { advance } from '../capture/advance.ts';
import { sessionOf, type Author } from '../capture/author.ts';
import { authorNow } from '../capture/book.ts';
import { firstSight, type FileState } from '../capture/file-state.ts';
import { hashedLines, mostLines, type Line } from '../capture/line.ts';
import { readWorkTreeFile } from '../outside/git/disk.ts';
import { type Ledger } from './capture-ledger.ts';
import { knownStates, setState, stateOf } from './capture-states.ts';

/** What a look at one file found. */
export interface Looked {
  readonly path: string;
  /** Lines that have this author now and had not before. */
  readonly lines: number;
  readonly author: Author;
}

export interface LookOptions {
  /** Who changed what changed; by default, whoever may have by the book. */
  readonly author?: Author;
  /** The text, where it is known; otherwise what is on the disk. Null: there is no file. */
  readonly text?: string | null;
  /** What changed later than this (milliseconds) is left for the next look. */
  readonly until?: number;
  /** What the file held before anybody watched, for a file that is seen for the first time. */
  readonly baseline?: readonly Line[];
}

/** A file written a moment ago may be written again within the same tick of its clock. */
const tickMs = 50;

/** Looks at a file and writes down who changed it since the last look; null when nothing changed. */
export function look(ledger: Ledger, path: string, options: LookOptions = {}): Looked | null {
  const disk = options.text === undefined ? onDisk(ledger, path) : null;
  const known = stateOf(ledger, path);
  if (disk !== null && known !== null && disk.stamp !== null && disk.stamp === known.stamp)
    return null;
  if ((disk?.changedAt ?? 0) > (options.until ?? Infinity)) return null;
  const text = options.text === undefined ? readWorkTreeFile(ledger.place.top, path) : options.text;
  if (text === null && known === null) {
    // A file that an agent asks to make: what it would hold is kept with it.
    if (options.text === null) setState(ledger, firstSight(path, []));
    return null;
  }
  const lines = hashedLines(text ?? '');
  if (lines === null) {
    ledger.entries.push({ kind: 'found', path, by: 'unread', why: `more than ${mostLines} lines` });
    return null;
  }
  const before = known ?? firstSight(path, options.baseline ?? lines);
  const changedAt = disk?.changedAt ?? null;
  const author = options.author ?? authorNow(ledger.book, { path, changedAt }, ledger.now);
  const after = { ...advance(before, lines, author), stamp: disk?.stamp ?? null };
  const changed = after.lines !== before.lines;
  if (changed || known === null || after.stamp !== known.stamp) setState(ledger, after);
  const more = count(after, author) - count(before, author);
  if (changed && sessionOf(author) === null && author !== 'base' && more > 0)
    ledger.entries.push({ kind: 'found', path, by: author, lines: more });
  return changed ? { path, lines: Math.max(0, more), author } : null;
}

/** Looks at every file the record knows. */
export function lookAround(ledger: Ledger, options: LookOptions = {}): readonly Looked[] {
  return knownStates(ledger).flatMap(({ path }) => look(ledger, path, options) ?? []);
}

function count({ lines }: FileState, author: Author): number {
  return lines.filter((line) => line.author === author).length;
}

interface OnDisk {
  /** Null when the file may yet change without showing it. */
  readonly stamp: string | null;
  /** Milliseconds; the later of both clocks of a file, because one of them can be set back. */
  readonly changedAt: number | null;
}

function onDisk({ place, now }: Ledger, path: string): OnDisk {
  const stats = statOf(join(place.top, path));
  if (stats === undefined) return { stamp: 'absent', changedAt: null };
  const changedAt = Math.max(stats.mtimeMs, stats.ctimeMs);
  const settled = now.at - changedAt > tickMs;
  return {
    stamp: settled ? `${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}:${stats.ino}` : null,
    changedAt,
  };
}

/** When a file of the work tree changed, in milliseconds; null when it is not there. */
export function changedAtOnDisk(ledger: Ledger, path: string): number | null {
  return onDisk(ledger, path).changedAt;
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a folder of the path is a file, or not ours to look into
  }
}
