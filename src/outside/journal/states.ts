import { hash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** A state larger than this was not written by us. */
const mostBytes = 16 * 2 ** 20;

/** Name of the file that holds a state: the path by its hash, so that any path is a file name. */
export function stateName(path: string): string {
  return `${hash('sha256', path).slice(0, 32)}.json`;
}

/** SHA-256 of a state's text, as the book keeps it. */
export function stateDigest(text: string): string {
  return hash('sha256', text);
}

/** The text of a record file; null when it is not there or not one of ours. */
export function readKept(path: string): string | null {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size <= mostBytes ? readFileSync(path, 'utf8') : null;
  } catch {
    return null; // not ours to read
  }
}

/** Puts a text in place at once, for the owner alone: readers see the old or the new one, never a part. */
export function keep(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `${name}.${process.pid}.${randomUUID()}.draft`);
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600 });
    renameSync(draft, join(folder, name));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Makes a folder for its owner alone, also where it was there before. */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** Names in a folder; none when there is no folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no folder yet
  }
}

/** Forgets a state. */
export function drop(folder: string, name: string): void {
  rmSync(join(folder, name), { force: true });
}

const draftLifeMs = 3_600_000;

/** Sweeps up what killed writers left, and what was not touched for so long. */
export function sweep(folder: string, olderThanMs: number): readonly string[] {
  return namesIn(folder).filter((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return false;
    const ageMs = Date.now() - stats.mtimeMs;
    const old = name.endsWith('.draft') ? ageMs > draftLifeMs : ageMs > olderThanMs;
    if (old) rmSync(path, { force: true });
    return old;
  });
}
