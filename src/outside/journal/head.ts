import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';

/** Packed references beyond this size are not searched. */
const mostPackedBytes = 32 * 2 ** 20;
/** No file of ours or git's that is read here is longer. */
const shortBytes = 4_096;

/** What git leaves while it brings in lines of other commits. */
const signsOfWork = [
  'CHERRY_PICK_HEAD',
  'MERGE_HEAD',
  'REVERT_HEAD',
  'SQUASH_MSG',
  'rebase-merge',
  'rebase-apply',
  'sequencer',
];

/** Git is in the middle of something that puts lines of other commits into the work tree. */
export function gitIsBusy({ gitDir }: Place): boolean {
  return signsOfWork.some((name) => existsSync(join(gitDir, name)));
}

/** What the last move of HEAD was, in git's own words, such as `commit (amend)`; null when that is not kept. */
export function lastMove({ gitDir }: Place): string | null {
  try {
    const path = join(gitDir, 'logs', 'HEAD');
    const size = statSync(path).size;
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(Math.min(size, shortBytes));
      readSync(file, bytes, 0, bytes.length, size - bytes.length);
      const line = bytes.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
      return /\t([^:\n]*)(?::|$)/.exec(line)?.[1] ?? null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null; // no reflog
  }
}

/** The commit HEAD is at, read without git; null when that cannot be told (no commit yet, or another format of refs). */
export function headCommit({ gitDir, commonDir }: Place): string | null {
  try {
    const head = short(join(gitDir, 'HEAD'));
    if (isId(head)) return head;
    const ref = /^ref: (refs\/[^\n]+)$/.exec(head)?.[1];
    if (ref === undefined || ref.includes('..') || ref === 'refs/heads/.invalid') return null;
    for (const folder of [gitDir, commonDir]) {
      const path = join(folder, ref);
      const id = existsSync(path) ? short(path) : '';
      if (isId(id)) return id;
    }
    return packed(join(commonDir, 'packed-refs'), ref) ?? unborn(commonDir);
  } catch {
    return null; // a ref that is a folder, or not ours to read
  }
}

/** Whether there may be such a reference; false only where there is certainly none. */
export function mayHaveRef({ commonDir }: Place, ref: string): boolean {
  try {
    if (existsSync(join(commonDir, 'reftable')) || existsSync(join(commonDir, ref))) return true;
    const path = join(commonDir, 'packed-refs');
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return size > mostPackedBytes || (size > 0 && packed(path, ref) !== null);
  } catch {
    return true; // not ours to read: git will tell
  }
}

/** A branch without a commit is a place too; with reftable there is no telling. */
function unborn(commonDir: string): string | null {
  return existsSync(join(commonDir, 'reftable')) ? null : 'unborn';
}

function packed(path: string, ref: string): string | null {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || size > mostPackedBytes) return null;
  const text = readFileSync(path, 'utf8');
  const at = text.indexOf(` ${ref}\n`);
  const id = at < 0 ? '' : text.slice(text.lastIndexOf('\n', at) + 1, at);
  return isId(id) ? id : null;
}

function short(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(shortBytes);
    return bytes.toString('utf8', 0, readSync(file, bytes)).trimEnd();
  } finally {
    closeSync(file);
  }
}

function isId(text: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);
}
