import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../../change/decode.ts';
import type { Side } from './changed-files.ts';

// Apart from what asks git, because a hook that only looks at a file has no time to load that.

/** Larger files are not read. */
export const largestFileBytes = 5_000_000;

/** Trees made by hand can hold names such as `..` or `.git`, which lead out of the tree when joined to a folder. */
export function leadsElsewhere(path: string): boolean {
  return /(^|\/)(\.{0,2}|\.git)(\/|$)/i.test(path);
}

/** What is on the disk at a place: a file's bytes or a link's target, never what a link leads to. */
export function readSide(place: string | Buffer): Side {
  try {
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found === undefined) return { kind: 'unread', why: 'it went away while it was read' };
    if (found.isSymbolicLink())
      return { kind: 'read', bytes: readlinkSync(place, { encoding: 'buffer' }) };
    if (!found.isFile()) return { kind: 'unread', why: 'it is no ordinary file' };
    if (found.size > largestFileBytes)
      return { kind: 'unread', why: `it is larger than ${largestFileBytes / 1e6} MB` };
    return { kind: 'read', bytes: readFileSync(place) };
  } catch (error) {
    // The disk says no (rights, a path component that is a file): that is an answer, not our failure.
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return { kind: 'unread', why: `it could not be read (${why})` };
  }
}

/** The text at a path of the work tree, or null; paths that lead out of it are not followed. */
export function readWorkTreeFile(workTree: string, path: string): string | null {
  if (leadsElsewhere(path) || path.includes('\0')) return null;
  const folders = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= folders.length; depth++) {
    const folder = join(workTree, ...folders.slice(0, depth));
    if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  }
  const found = lstatSync(join(workTree, path), { throwIfNoEntry: false });
  if (found?.isFile() !== true) return null;
  const side = readSide(join(workTree, path));
  return side?.kind === 'read' ? decodeText(side.bytes) : null;
}
