import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where a repository is, found without starting git: a hook has no time for a process. */
export interface WorkPlace {
  /** Top of the work tree, absolute. */
  readonly top: string;
  readonly gitDir: string;
  /** The git directory that all work trees share. */
  readonly commonDir: string;
}

/** Folders above the one asked about that are looked at. */
const mostFolders = 200;

/** The work tree that holds a folder; null outside of one. `GIT_DIR` and the like are not obeyed. */
export function placeOf(folder: string): WorkPlace | null {
  let top = resolve(folder);
  for (let looked = 0; looked < mostFolders; looked += 1) {
    const gitDir = gitDirectory(join(top, '.git'));
    if (gitDir !== null) return { top, gitDir, commonDir: commonOf(gitDir) };
    const parent = dirname(top);
    if (parent === top) return null;
    top = parent;
  }
  return null;
}

/** Short name of the checked-out branch; null when HEAD is detached or cannot be read. */
export function branchAt({ gitDir }: WorkPlace): string | null {
  const head = readSmall(join(gitDir, 'HEAD'));
  return head === null ? null : (/^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim() ?? null);
}

/** Short name of the branch that the remote calls its default, as far as this clone knows. */
export function remoteDefaultBranch({ commonDir }: WorkPlace): string | null {
  const head = readSmall(join(commonDir, 'refs', 'remotes', 'origin', 'HEAD'));
  return head === null
    ? null
    : (/^ref: refs\/remotes\/origin\/(.+)$/m.exec(head)?.[1]?.trim() ?? null);
}

/**
 * Changes whenever a branch at the top of `refs/heads` or of a remote moves, or the configuration does: git replaces
 * these files, and each replacement shows in the folder that holds them.
 */
export function markOfBranches({ commonDir, gitDir }: WorkPlace): string {
  const remotes = join(commonDir, 'refs', 'remotes');
  return [
    join(commonDir, 'config'),
    join(commonDir, 'packed-refs'),
    join(commonDir, 'reftable', 'tables.list'),
    join(commonDir, 'refs', 'heads'),
    remotes,
    ...foldersIn(remotes),
    join(gitDir, 'HEAD'),
  ]
    .map((path) => {
      const there = statSync(path, { throwIfNoEntry: false });
      return there === undefined ? '-' : `${there.ino}:${there.mtimeMs}:${there.size}`;
    })
    .join(' ');
}

/** Remotes beyond these are not watched. */
const mostRemotes = 50;

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .slice(0, mostRemotes)
      .map((name) => join(folder, name));
  } catch {
    return []; // a repository without remotes
  }
}

/** A `.git` folder, or the folder that a `.git` file of a linked work tree or submodule names. */
function gitDirectory(path: string): string | null {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return null;
  if (there.isDirectory()) return readSmall(join(path, 'HEAD')) === null ? null : path;
  const named = /^gitdir: (.+)$/m.exec(readSmall(path) ?? '')?.[1];
  return named === undefined ? null : resolve(dirname(path), named.trim());
}

function commonOf(gitDir: string): string {
  const named = readSmall(join(gitDir, 'commondir'));
  return named === null ? gitDir : resolve(gitDir, named.trim());
}

/** Longest of the one-line files that git keeps. */
const longestPointer = 65_536;

function readSmall(path: string): string | null {
  try {
    if (statSync(path).size > longestPointer) return null;
    return readFileSync(path, 'utf8');
  } catch {
    return null; // absent or not readable: there is nothing to follow
  }
}
