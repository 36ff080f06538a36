import { existsSync, readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { digest, isAsWritten, whyNotWritten } from './init-carry-out.ts';
import { isThere, standing, type Here } from './init-place.ts';
import { readRecord, recordFile, writeRecord, type AwayEntry, type Entry } from './init-record.ts';
import { takeOut } from './init-take-out.ts';

/** A file that stays, and why. */
export interface Staying {
  readonly path: string;
  readonly why: string;
}

export interface Undone {
  readonly removed: readonly string[];
  readonly restored: readonly string[];
  readonly left: readonly Staying[];
  /** What the disk refused; it is remembered, and can be tried again. */
  readonly failed: readonly Staying[];
}

type Outcome = 'removed' | 'restored' | 'left' | 'nothing';

/** Takes back what was done, last first. Files that were edited since stay and are named. */
export function takeBack(folder: string, here: Here): Undone {
  const { entries, away } = readRecord(folder, here);
  const removed: string[] = [];
  const restored: string[] = [];
  const left = away.flatMap(({ away: why, stored }) =>
    stored.kind === 'folder' ? [] : [{ path: stored.spot.path, why }],
  );
  const failed: Staying[] = [];
  const again: Entry[] = [];
  for (const entry of [...entries].reverse()) {
    const path = entry.kind === 'move' ? (entry.from ?? entry.path) : entry.path;
    try {
      const outcome = takenBack(entry);
      if (outcome === 'left') left.push({ path: entry.path, why: 'changed since, so it is yours' });
      if (outcome === 'removed') removed.push(path);
      if (outcome === 'restored') restored.push(path);
    } catch (error) {
      failed.push({ path: entry.path, why: whyNotWritten(error) });
      again.unshift(entry);
    }
  }
  const folders = failed.length === 0 ? [] : entries.filter(({ kind }) => kind === 'folder');
  const rest = [...folders.filter((entry) => !again.includes(entry)), ...again];
  keep(folder, { entries: rest, away: away.filter(wasMoved) }, here);
  // Of a hook that was moved back to where ours was, only that is told.
  const gone = removed.filter((path) => !restored.includes(path));
  return { removed: gone, restored, left, failed };
}

/** What the user's own files got is left to the place it was installed from; when that is gone, it may come back. */
function wasMoved({ stored: { spot } }: AwayEntry): boolean {
  return spot.in === 'outside' && spot.for !== '' && !existsSync(spot.for);
}

function keep(folder: string, record: Parameters<typeof writeRecord>[1], here: Here): void {
  if (record.entries.length + record.away.length > 0) {
    writeRecord(folder, record, here);
    return;
  }
  rmSync(recordFile(folder), { force: true });
  removeIfEmpty(folder);
}

function takenBack(entry: Entry): Outcome {
  const { kind, path, from } = entry;
  if (!isThere(path)) return 'nothing';
  if (kind === 'folder') {
    removeIfEmpty(path);
    return 'nothing';
  }
  if (kind === 'merge') return unmerge(entry);
  if (kind === 'move') {
    if (from === null || isThere(from)) return 'left';
    renameSync(path, from);
    return 'restored';
  }
  if (!isAsWritten(entry)) return 'left';
  rmSync(path);
  return 'removed';
}

/** Gives a shared file its text from before, or takes only our hooks out when others changed it since. */
function unmerge({ path, sha256, before, agent }: Entry): Outcome {
  const now = readFileSync(path, 'utf8');
  const untouchedSince = digest(now) === sha256;
  const text = untouchedSince || agent === undefined ? before : takeOut(agent, path, now);
  if (text === undefined) return 'left';
  // Our hooks are not in it any more.
  if (text === now) return 'nothing';
  if (text === null) rmSync(path);
  else writeFileSync(path, text);
  return text === null ? 'removed' : 'restored';
}

function removeIfEmpty(folder: string): void {
  if (standing(folder)?.isDirectory() !== true) return;
  try {
    rmdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error;
  }
}
