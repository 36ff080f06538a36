import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../change/problems.ts';
import type { Here } from './init-place.ts';
import { readRecord, recordFile, writeRecord, type Entry } from './init-record.ts';
import type { Step } from './init-step.ts';
import { takeOut } from './init-take-out.ts';

/** Does the steps and remembers each one before the next begins. One that fails is told with what came before it. */
export function carryOut(steps: readonly Step[], folder: string, here: Here): void {
  const { entries: known, away } = readRecord(folder, here);
  const entries = [...known];
  const done: string[] = [];
  for (const step of steps) {
    const path = step.kind === 'move' ? step.to : step.path;
    // The record is written first: what cannot be remembered is not done.
    attempt(recordFile(folder), done, () => writeRecord(folder, { entries, away }, here));
    try {
      attempt(path, done, () =>
        step.kind === 'move' ? move(step, entries) : write(step, entries),
      );
      done.push(path);
    } finally {
      attempt(recordFile(folder), done, () => writeRecord(folder, { entries, away }, here));
    }
  }
}

function attempt(path: string, done: readonly string[], action: () => void): void {
  try {
    action();
  } catch (error) {
    throw stopped(path, whyNotWritten(error), done);
  }
}

function move({ from, to }: Extract<Step, { kind: 'move' }>, entries: Entry[]): void {
  renameSync(from, to);
  entries.push({ kind: 'move', path: to, from, sha256: null });
}

function write(step: Exclude<Step, { kind: 'move' }>, entries: Entry[]): void {
  const { kind, path, text, executable } = step;
  const isSecret = step.kind === 'write' && step.secret === true;
  entries.push(...makeFolders(dirname(path)));
  if (isSecret) rmSync(path, { force: true });
  writeFileSync(path, text, { mode: isSecret ? 0o600 : 0o666 });
  if (executable) chmodSync(path, 0o755);
  // An address that agents in other repositories may use, too, outlives this one.
  if (isSecret) return;
  const entry = { path, from: null, sha256: digest(text) };
  if (step.kind === 'write') {
    forget(entries, path);
    entries.push({ ...entry, kind });
    return;
  }
  const before = textBefore(entries, step);
  forget(entries, path);
  entries.push({ ...entry, kind, agent: step.agent, before });
}

/** Of one file only what was done last is remembered, with its text from before all of it. */
function forget(entries: Entry[], path: string): void {
  const at = entries.findIndex((entry) => isFile(entry) && entry.path === path);
  if (at >= 0) entries.splice(at, 1);
}

/** What a file was without us. When others changed it since we wrote it, that is what it is now less our hooks. */
function textBefore(
  entries: readonly Entry[],
  { path, before, agent }: Extract<Step, { kind: 'merge' }>,
): string | null {
  const known = entries.find((entry) => isFile(entry) && entry.path === path);
  // A file that we made is ours whole, whatever was changed in it.
  if (known?.kind === 'write') return null;
  if (known === undefined || before === null) return before;
  if (digest(before) === known.sha256) return known.before ?? null;
  const left = takeOut(agent, path, before);
  return left === undefined ? before : left;
}

function isFile({ kind }: Entry): boolean {
  return kind === 'write' || kind === 'merge';
}

/** Says of each file whether it is as `init` wrote it. */
export function untouched(folder: string, here: Here): (path: string) => boolean {
  const { entries } = readRecord(folder, here);
  return (path) =>
    entries.some((entry) => isFile(entry) && entry.path === path && isAsWritten(entry));
}

/** Whether a file is still as the entry says. */
export function isAsWritten({ path, sha256 }: Pick<Entry, 'path' | 'sha256'>): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && digest(readFileSync(path)) === sha256;
}

/** Makes a folder and those above it, and gives an entry for each one that was not there. */
function makeFolders(folder: string): readonly Entry[] {
  const top = mkdirSync(folder, { recursive: true });
  if (top === undefined) return [];
  const made: Entry[] = [];
  for (let path = folder; path.length >= top.length; path = dirname(path)) {
    made.unshift({ kind: 'folder', path, from: null, sha256: null });
  }
  return made;
}

function stopped(path: string, why: string, done: readonly string[]): UserError {
  const rest =
    done.length === 0
      ? 'No file was changed.'
      : `Written before that, and nothing after it: ${done.join(', ')}; hallmonitor init --undo takes it back.`;
  return new UserError(
    `${path} cannot be written: ${why}`,
    `${rest} Repair that and run init again.`,
  );
}

/** Looks at what is there; a disk that refuses even that is told before anything is done. */
export function looked<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why = whyNotWritten(error);
    const { path = 'a file' } = error as NodeJS.ErrnoException;
    throw new UserError(
      `${path} cannot be read: ${why}`,
      'Nothing was changed. Repair that and run init again.',
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EEXIST: 'a file stands where a folder is needed',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands there',
};

/** Why the disk refused, in words; any other fault is ours and goes on. */
export function whyNotWritten(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (!(error instanceof Error) || code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error;
  return reasons[code] ?? code;
}

/** What tells whether a text changed. */
export function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
