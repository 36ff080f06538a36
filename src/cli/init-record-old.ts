import { basename, dirname } from 'node:path';
import { hookRunPath, hookScriptPath } from '../outside/agents/install/hook-command.ts';
import { clientHooks, runPath } from './init-hooks.ts';
import { spotOf, wayInto, type Here, type Spot } from './init-place.ts';
import { policyPath } from './policy-file.ts';

/**
 * Reads the places of a record with absolute paths: what lay in the repository where it was then lies at the same way
 * in the repository of now. Where that was is seen by files that only `init` puts there.
 */
export function spotsOfOldRecord(
  entries: readonly { readonly path: string }[],
  here: Here,
): (path: string) => Spot {
  const paths = entries.map(({ path }) => path);
  const tops = folderAbove(paths, [policyPath, hookScriptPath]);
  const hooks = [...clientHooks, 'pre-receive'].map((name) => `hooks/${name}`);
  const commons = folderAbove(paths, [runPath, hookRunPath, ...hooks]).filter(
    (folder) => basename(folder) === '.git' || folder === here.common || tops.length === 0,
  );
  const isHere =
    commons.includes(here.common) || [...here.trees.values()].some((top) => tops.includes(top));
  if (isHere) return (path) => spotOf(path, here);
  const [common = null] = commons;
  const top = tops[0] ?? (common !== null && basename(common) === '.git' ? dirname(common) : null);
  return (path) => {
    const inGit = common === null ? null : wayInto(common, path);
    if (inGit !== null) return { in: 'git', path: inGit };
    const inTop = top === null ? null : wayInto(top, path);
    if (inTop === null) return { in: 'outside', path, for: common ?? '' };
    const git = /^\.git\/(.+)$/s.exec(inTop)?.[1];
    return git === undefined ? { in: 'tree', tree: '', path: inTop } : { in: 'git', path: git };
  };
}

/** Folders in which one of these ways ends at a path. */
function folderAbove(paths: readonly string[], ways: readonly string[]): readonly string[] {
  return paths.flatMap((path) =>
    ways.flatMap((way) => (path.endsWith(`/${way}`) ? [path.slice(0, -way.length - 1)] : [])),
  );
}
