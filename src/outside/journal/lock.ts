import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A hook must not keep its agent waiting for another one longer than this. */
export const longestWaitMs = 2_000;
/** Nobody needs the lock for so long; its holder was stopped or its number was given to another process. */
const abandonedMs = 30_000;
/** The number of a process of another container means nothing here, so a young lock is left alone. */
const youngMs = 2_000;
/** Its holder shows so often that it still works. */
const showsMs = 500;

/** Whether the lock that was taken is still one's own: nothing is written after it was taken away. */
export type StillHeld = () => boolean;

/** Does something while no other process does, or says why that was not possible. */
export async function underLock<Result>(
  folder: string,
  work: (stillHeld: StillHeld) => Result | Promise<Result>,
): Promise<{ readonly done: Result } | { readonly notDone: string }> {
  const path = join(folder, 'lock');
  const mark = `${process.pid} ${randomUUID()}\n`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return { notDone: `the git directory cannot be written (${codeOf(error)})` };
  }
  const until = Date.now() + longestWaitMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, 40)) {
    const taken = take(path, mark);
    if (taken === 'taken') break;
    if (taken !== 'held') return { notDone: `the git directory cannot be written (${taken})` };
    removeAbandoned(path);
    if (Date.now() > until) return { notDone: 'another process holds the lock of the record' };
    await wait(pauseMs);
  }
  const stillHeld = (): boolean => textAt(path) === mark;
  const showing = setInterval(() => {
    if (stillHeld()) touch(path);
  }, showsMs).unref();
  try {
    return { done: await work(stillHeld) };
  } finally {
    clearInterval(showing);
    if (stillHeld()) rmSync(path, { force: true });
  }
}

/** Whether somebody holds the lock, as far as can be told. */
export function isHeld(folder: string): boolean {
  const stats = statSync(join(folder, 'lock'), { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < abandonedMs;
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // It was taken away this very moment; whoever holds it finds out before it writes.
  }
}

function take(path: string, mark: string): string {
  try {
    writeFileSync(path, mark, { flag: 'wx', mode: 0o600 });
    return 'taken';
  } catch (error) {
    const code = codeOf(error);
    return code === 'EEXIST' ? 'held' : code;
  }
}

/** Takes away a lock whose holder is gone. It is moved first, so that of several who try only one does. */
function removeAbandoned(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const ageMs = Date.now() - stats.mtimeMs;
  const mark = textAt(path);
  const holder = Number(/^(\d+) /.exec(mark ?? '')?.[1] ?? 0);
  if (ageMs < youngMs || (ageMs < abandonedMs && holder > 0 && isAlive(holder))) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    // Somebody else was quicker and holds a new one: it goes back where it was.
    if (textAt(aside) !== mark) linkSync(aside, path);
    rmSync(aside, { force: true });
  } catch {
    // Somebody else took it away, or holds a newer one, which stays where it is.
    rmSync(aside, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // it went meanwhile
  }
}

/** The system's word for what went wrong. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
