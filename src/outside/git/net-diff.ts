import { patchReader } from '../../change/patch.ts';
import type { PatchedFile, PatchReading, RawEntry } from '../../change/patch.ts';
import type { Place } from './run.ts';
import { diffOptions, lineOptions, streamGit } from './run.ts';

/** The difference of two states, before contents are read. */
export interface NetDiff {
  readonly files: readonly PatchedFile[];
  /** What was left out or not understood. */
  readonly problems: readonly string[];
}

/** Longest diff that is read, in bytes. */
const mostBytes = 512 * 2 ** 20;

/** Renames and copies are looked for among at most this many paths on each side. */
const renameLimit = 1000;

export interface NetDiffQuestion {
  /** The command and what it compares: `['diff-tree', '-r', a, b]`. */
  readonly compare: readonly string[];
  readonly onEntries: (entries: readonly RawEntry[]) => void;
}

/**
 * Asks git for the difference, with lines, renames and copies. Where an object is missing git ends in the middle;
 * then only the list of files is asked for, and their lines are left to whoever has their contents. Null when even
 * the list cannot be had.
 */
export async function readNetDiff(
  place: Place,
  question: NetDiffQuestion,
): Promise<NetDiff | null> {
  const whole = await ask(place, ['-M', '-C', `-l${renameLimit}`, ...lineOptions], question);
  if (whole !== null) return whole;
  return ask(place, ['-M100%', ...diffOptions], question);
}

async function ask(
  place: Place,
  options: readonly string[],
  { compare, onEntries }: NetDiffQuestion,
): Promise<NetDiff | null> {
  const reader = patchReader({ onEntries });
  const [command = '', ...what] = compare;
  let size = 0;
  const { code } = await streamGit(place, [command, '--raw', '-z', ...options, ...what, '--'], {
    onChunk(chunk) {
      size += chunk.length;
      reader.push(chunk);
      return !reader.full() && size <= mostBytes;
    },
  });
  // Null: we stopped it, and the reader, or the next line, says why.
  if (code !== 0 && code !== null) return null;
  const reading = reader.end();
  return { files: filesIn(reading), problems: [...reading.problems, ...tooLong(size)] };
}

function filesIn({ patches }: PatchReading): readonly PatchedFile[] {
  return patches.flatMap((patch) => patch.files);
}

function tooLong(size: number): readonly string[] {
  return size <= mostBytes
    ? []
    : [`The diff is longer than ${mostBytes / 2 ** 20} MB; the rest was not read.`];
}
