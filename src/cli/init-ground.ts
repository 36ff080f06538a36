import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../change/problems.ts';
import { commonDirectory, type Repository } from '../outside/git/git.ts';
import type { HooksHome } from './init-hooks.ts';
import type { Ground, Step } from './init-step.ts';
import { untouched } from './init-carry-out.ts';
import { hereOf } from './init-place.ts';

/** Looks at what is on the disk around a repository. */
export function groundOf(repository: Repository, record: string, hooks: boolean): Ground {
  const gitDir = commonDirectory(repository);
  const usual = { folder: join(gitDir, 'hooks'), home: 'own' as const };
  const { folder, home } = hooks ? hooksPlace(repository, gitDir) : usual;
  return {
    top: repository.workTree,
    hooksFolder: folder,
    hooksHome: home,
    gitDir,
    read: readIfThere,
    kindOf,
    isUntouched: untouched(record, hereOf(repository)),
  };
}

/** A repository must not lead us out of its work tree by a link: nothing is written through one. */
export function withoutLinks(steps: readonly Step[], repository: Repository): void {
  const top = repository.workTree;
  const gitDir = commonDirectory(repository);
  for (const step of steps) {
    const path = step.kind === 'move' ? step.from : step.path;
    // Links in the git directory are the user's own.
    if (top === null || !isInside(top, path) || isInside(gitDir, path)) continue;
    for (let folder = dirname(path); isInside(top, folder); folder = dirname(folder)) {
      if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() !== true) continue;
      throw new UserError(
        `${folder} is a symbolic link, and init writes through none`,
        'Make it a folder, or pass what lies behind it over: --no-hooks, --ci none, --agents none.',
      );
    }
  }
}

/** The folder in which git looks for hooks here. */
export function hooksFolderOf(repository: Repository): HooksPlace {
  return hooksPlace(repository, commonDirectory(repository));
}

export interface HooksPlace {
  readonly folder: string;
  readonly home: HooksHome;
}

/** Where git looks for hooks: `core.hooksPath`, relative to where hooks run, or the usual folder. */
function hooksPlace(repository: Repository, gitDir: string): HooksPlace {
  // Our own runs of git set this too, on their command line, to keep hooks off.
  const values = repository.settings.get('core.hookspath') ?? [];
  const set = values.findLast(({ scope }) => scope !== 'command');
  if (set === undefined || set.value === '') return { folder: join(gitDir, 'hooks'), home: 'own' };
  if (set.scope !== 'local' && set.scope !== 'worktree') throw sharedByAll(set.value);
  const path = set.value.replace(/^~(?=\/|$)/, homedir());
  const top = repository.workTree;
  const folder = isAbsolute(path) ? path : resolve(top ?? repository.gitDir, path);
  // Husky writes its own folder anew on each install, and calls the script of the same name beside it.
  if (basename(folder) === '_' && existsSync(join(folder, 'h'))) {
    return { folder: dirname(folder), home: 'husky' };
  }
  const shared = top !== null && isInside(top, folder) && !isInside(gitDir, folder);
  return { folder, home: shared ? 'shared' : 'own' };
}

/** The hooks folder serves all repositories of this user, or of this machine. */
function sharedByAll(path: string): UserError {
  return new UserError(
    `core.hooksPath is ${path} for all your repositories, so hooks put there would run in each of them`,
    'Set it for this one (git config core.hooksPath .git/hooks), or pass --no-hooks.',
  );
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function kindOf(path: string): ReturnType<Ground['kindOf']> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return 'nothing';
  if (there.isFile()) return 'file';
  if (!there.isSymbolicLink()) return 'other';
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? 'link' : 'broken';
}

/** A link that leads nowhere, or a folder, stands in the way like a file of unknown text. */
function readIfThere(path: string): string | null {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return null;
  if (there.isDirectory() || !existsSync(path)) return '';
  return readFileSync(path, 'utf8');
}
