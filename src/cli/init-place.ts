import { lstatSync, readFileSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { commonDirectory, setting, type Repository } from '../outside/git/git.ts';

/** Where a repository lies now: what `init` remembers must hold after it was moved, and for a copy mean the copy. */
export interface Here {
  /** The git directory that all work trees share. */
  readonly common: string;
  /** Tops of the work trees that belong to it, by git's name for each; the main one has none. */
  readonly trees: ReadonlyMap<string, string>;
  readonly home: string;
  /** A folder of hooks that this repository's own setting names by an absolute path. */
  readonly hooks: string | null;
}

/** A path by what it belongs to. */
export type Spot =
  | { readonly in: 'git'; readonly path: string }
  | { readonly in: 'tree'; readonly tree: string; readonly path: string }
  /** A file of the user, absolute, and the git directory from which it was changed. */
  | { readonly in: 'outside'; readonly path: string; readonly for: string };

/** Linked work trees beyond these are not looked at. */
const mostTrees = 500;

/** Finds the repository's folders as they are now. */
export function hereOf(repository: Repository): Here {
  const { gitDir, workTree } = repository;
  const common = commonDirectory(repository);
  const trees = new Map(linkedTrees(common));
  if (basename(common) === '.git') trees.set('', dirname(common));
  if (workTree !== null) trees.set(gitDir === common ? '' : basename(gitDir), workTree);
  const hooks = setting(repository, 'core.hookspath');
  return {
    common,
    trees,
    home: homedir(),
    hooks: hooks !== null && isAbsolute(hooks) ? hooks : null,
  };
}

/** What a path belongs to. One that leads through a link of the git directory counts as outside. */
export function spotOf(path: string, here: Here): Spot {
  const inGit = wayInto(here.common, path);
  if (inGit !== null && !leadsThroughLink(here.common, path)) return { in: 'git', path: inGit };
  if (inGit === null) {
    // A work tree may lie within another one: the nearest counts.
    const byDepth = [...here.trees].sort(([, a], [, b]) => b.length - a.length);
    for (const [tree, top] of byDepth) {
      const way = wayInto(top, path);
      if (way !== null) return { in: 'tree', tree, path: way };
    }
  }
  return { in: 'outside', path, for: here.common };
}

/** Where that is now; or why it must not be touched from here, `gone` when it is there no more. */
export function pathOf(
  spot: Spot,
  here: Here,
): { readonly path: string } | { readonly away: string; readonly gone: boolean } {
  if (spot.in === 'outside') {
    const why = whyOutOfReach(spot, here);
    return why === null ? { path: spot.path } : { away: why, gone: false };
  }
  const top = spot.in === 'git' ? here.common : here.trees.get(spot.tree);
  if (top === undefined) {
    const known = spot.in === 'tree' && isThere(join(here.common, 'worktrees', spot.tree));
    return {
      away: `it is in the work tree ${spot.in === 'tree' ? spot.tree : ''}, which cannot be reached from here`,
      gone: !known,
    };
  }
  const path = join(top, spot.path);
  if (wayInto(top, path) === null) return { away: 'it is outside of the repository', gone: false };
  return leadsThroughLink(top, path)
    ? { away: 'a folder on the way to it is a symbolic link now', gone: false }
    : { path };
}

function whyOutOfReach(spot: Extract<Spot, { in: 'outside' }>, here: Here): string | null {
  if (spot.for === '') return 'an older init did not write down from where it was installed';
  if (spot.for !== here.common) return `it was installed from ${spot.for}`;
  const near = [here.home, here.common, ...(here.hooks === null ? [] : [here.hooks])];
  if (near.some((folder) => wayInto(folder, spot.path) !== null)) return null;
  return 'it is neither in this repository nor in your home';
}

/** The way from a folder down to a path, with slashes; null when it is not inside. */
export function wayInto(folder: string, path: string): string | null {
  const way = relative(folder, path);
  const outside = way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  return outside ? null : way.split(sep).join('/');
}

/** Whether something stands there; true for links that lead nowhere, too. */
export function isThere(path: string): boolean {
  return standing(path) !== undefined;
}

/** What stands there; nothing, too, where a file stands in the place of a folder above. */
export function standing(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function leadsThroughLink(top: string, path: string): boolean {
  for (let folder = dirname(path); wayInto(top, folder) !== null; folder = dirname(folder)) {
    if (standing(folder)?.isSymbolicLink() === true) return true;
  }
  return false;
}

/** Linked work trees whose `.git` file points back here: in a copied repository, those of the original do not. */
function linkedTrees(common: string): readonly (readonly [string, string])[] {
  return namesIn(join(common, 'worktrees')).flatMap((name) => {
    const own = join(common, 'worktrees', name);
    try {
      const pointer = resolve(own, readFileSync(join(own, 'gitdir'), 'utf8').trim());
      const [, back] = /^gitdir: (.+)$/m.exec(readFileSync(pointer, 'utf8')) ?? [];
      if (back === undefined) return [];
      const top = realpathSync(dirname(pointer));
      return realpathSync(resolve(top, back)) === realpathSync(own) ? [[name, top] as const] : [];
    } catch {
      return []; // it was removed, or is on a disk that is not there now
    }
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).slice(0, mostTrees);
  } catch {
    return []; // no other work tree was ever made
  }
}
