import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Repository } from './repository.ts';

/** Where portraits are kept, and which kind. */
export interface CacheOptions {
  /** Null: in the repository's own git directory. */
  readonly directory: string | null;
  /** Of what is kept; another version is another file. */
  readonly version: string;
}

/** Bytes kept by the commit they were made for. All failures of the disk mean: not kept. */
export interface PastCache {
  readonly read: (sha: string) => Uint8Array | null;
  /** Commits that bytes are kept for. */
  readonly kept: () => readonly string[];
  readonly write: (sha: string, bytes: Uint8Array) => void;
}

/** One for each branch that changes usually go to. */
const mostKept = 4;
const magic = 'hallmonitor past\n';
const headBytes = magic.length + 4;
const ending = '.portrait';

/**
 * Opens the cache of a repository. Writers never meet: each writes a file of its own and renames it into place.
 * A file that was cut short or altered does not match its checksum and counts as absent.
 */
export function openPastCache(repository: Repository, options: CacheOptions): PastCache {
  const folder = options.directory ?? join(commonDirectory(repository), 'hallmonitor');
  // A clone that was deepened since has more past than the one the bytes were made from.
  const depth = crc32([...repository.cutOff].sort().join('\n')).toString(16);
  const start = `${options.version}-${depth}-`;
  function pathOf(sha: string): string {
    return join(folder, `${start}${sha}${ending}`);
  }
  return {
    read: (sha) => readChecked(pathOf(sha)),
    kept: () =>
      namesIn(folder)
        .filter((name) => name.startsWith(start) && name.endsWith(ending))
        .map((name) => name.slice(start.length, -ending.length)),
    write: (sha, bytes) => {
      try {
        mkdirSync(folder, { recursive: true });
        writeChecked(pathOf(sha), bytes);
        prune(folder);
      } catch {
        // Read-only repositories and full disks: the next run reads the history again.
      }
    },
  };
}

/** Work trees share one; a repository of its own has no such file. */
export function commonDirectory({ gitDir }: Repository): string {
  const pointer = join(gitDir, 'commondir');
  return existsSync(pointer) ? resolve(gitDir, readFileSync(pointer, 'utf8').trim()) : gitDir;
}

function readChecked(path: string): Uint8Array | null {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch {
    return null; // absent, or not ours to read
  }
  if (file.length < headBytes || file.toString('latin1', 0, magic.length) !== magic) return null;
  const bytes = file.subarray(headBytes);
  if (crc32(bytes) !== file.readUInt32BE(magic.length)) return null;
  touch(path);
  return bytes;
}

/** Marks the file as in use, so that it is not the one to go. */
function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // a read-only repository
  }
}

function writeChecked(path: string, bytes: Uint8Array): void {
  const head = Buffer.alloc(headBytes);
  head.write(magic, 'latin1');
  head.writeUInt32BE(crc32(bytes), magic.length);
  const draft = `${path}.${process.pid}.${crypto.randomUUID()}.draft`;
  try {
    writeFileSync(draft, Buffer.concat([head, bytes]), { flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

const draftLifeMs = 3_600_000;

/** Keeps the portraits used last, and sweeps up what a killed writer left. */
function prune(folder: string): void {
  const files = namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, name, changedMs: stats.mtimeMs }];
  });
  const portraits = files.filter(({ name }) => name.endsWith(ending));
  const old = portraits.sort((a, b) => b.changedMs - a.changedMs).slice(mostKept);
  const drafts = files.filter(
    ({ name, changedMs }) => name.endsWith('.draft') && Date.now() - changedMs > draftLifeMs,
  );
  for (const { path } of [...old, ...drafts]) rmSync(path, { force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no folder yet
  }
}
