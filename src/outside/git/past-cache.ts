import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { namesIn, prune, readChecked, writeChecked } from './checked-files.ts';
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
        prune(folder, ending, mostKept);
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
