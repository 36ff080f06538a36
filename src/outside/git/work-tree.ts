import { isUtf8 } from 'node:buffer';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChange, Gap } from '../../change/change.ts';
import { decodeText } from '../../change/decode.ts';
import { patchedText } from '../../change/patch.ts';
import type { PatchedFile } from '../../change/patch.ts';
import { fileChange } from './changed-files.ts';
import type { Side, Sides } from './changed-files.ts';
import { readSide } from './disk.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Untracked files beyond these are not read: somebody forgot an ignore rule. */
export const untrackedLimits = { files: 20_000, totalBytes: 256_000_000 } as const;

/**
 * The side of a file that is in the work tree. Where git showed its lines, it is what git would store (line ends
 * and filters applied), not what is on the disk.
 */
export function workTreeSide(workTree: string, file: PatchedFile, before: Side): Side {
  if (file.newMode === '000000') return null;
  if (file.newMode === '160000') return submoduleSide(file);
  const isShown = file.shown && !file.binary && file.letter !== 'T';
  if (isShown && before?.kind !== 'unread') {
    const text = before === null ? '' : decodeText(before.bytes);
    const utf8 = before === null || isUtf8(before.bytes);
    if (utf8) return { kind: 'read', bytes: Buffer.from(patchedText(text, file)) };
  }
  return readSide(join(workTree, file.path));
}

function submoduleSide(file: PatchedFile): Side {
  const line = file.hunks[0]?.added[0] ?? `Subproject commit ${file.newId}`;
  return { kind: 'read', bytes: Buffer.from(`${line}\n`) };
}

export interface Untracked {
  readonly files: readonly FileChange[];
  readonly gaps: readonly Gap[];
}

/** Files that git does not know yet and does not ignore, as additions. */
export async function readUntracked(repository: Repository, workTree: string): Promise<Untracked> {
  const { stdout } = await runGit(repository, [
    'ls-files',
    '--others',
    '--exclude-standard',
    '-z',
    '--full-name',
  ]);
  const paths = splitAtNul(stdout);
  const files: FileChange[] = [];
  const gaps: Gap[] = [];
  let total = 0;
  for (const path of paths.slice(0, untrackedLimits.files)) {
    const name = decodeText(path);
    if (name.endsWith('/')) {
      gaps.push({ what: name, why: 'it is a repository of its own' });
      continue;
    }
    const side = total > untrackedLimits.totalBytes ? tooMuch : readSide(inside(workTree, path));
    if (side?.kind === 'read') total += side.bytes.length;
    files.push(untracked(name, inside(workTree, path), side));
  }
  const beyond = paths.length - untrackedLimits.files;
  if (beyond > 0)
    gaps.push({ what: `${beyond} untracked files`, why: 'there are too many to read them all' });
  return { files, gaps };
}

const tooMuch: Side = { kind: 'unread', why: 'the untracked files are too large together' };

function untracked(path: string, place: Buffer, after: Side): FileChange {
  const sides: Sides = { before: null, after };
  const entry = { oldMode: '000000', newMode: modeOf(place), oldId: '0', newId: '0', letter: 'A' };
  const lines = { shown: false, binary: false, blocks: [], hunks: [], added: 0, deleted: 0 };
  const openEnd = { old: false, now: false };
  return fileChange({ ...entry, ...lines, openEnd, oldPath: path, path }, sides, null);
}

function modeOf(place: Buffer): string {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) return '120000';
  return found !== undefined && (found.mode & 0o100) !== 0 ? '100755' : '100644';
}

/** Names on the disk are bytes and need not be UTF-8. */
function inside(workTree: string, path: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${workTree}/`), path]);
}

function splitAtNul(bytes: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(0, start);
    const end = found < 0 ? bytes.length : found;
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
