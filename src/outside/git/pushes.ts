import { lookUp } from './objects.ts';
import { defaultBranch, mergeBase } from './refs.ts';
import type { ChangeRequest } from './endpoints.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Whether an object is here. */
export async function hasObject(repository: Repository, id: string): Promise<boolean> {
  return (await lookUp(repository, [id]))[0] !== null;
}

/** Whether `older` is part of the history of `newer`. */
export async function isAncestor(
  repository: Repository,
  older: string,
  newer: string,
): Promise<boolean> {
  const { code } = await runGit(repository, ['merge-base', '--is-ancestor', older, newer]);
  return code === 0;
}

/**
 * What a push brings: against what the reference had, or, for a new or rewritten one, against where it left the
 * default branch. Null for an object that is no commit, such as a tagged file.
 */
export async function pushedChange(
  repository: Repository,
  { from, to }: { readonly from: string | null; readonly to: string },
): Promise<ChangeRequest | null> {
  const head = (await lookUp(repository, [`${to}^{commit}`]))[0]?.id ?? null;
  if (head === null) return null;
  const old = from === null ? null : ((await lookUp(repository, [`${from}^{commit}`]))[0]?.id ?? null);
  if (old !== null && (await isAncestor(repository, old, head))) return { kind: 'pushed', base: old, head };
  const home = await defaultBranch(repository);
  const base = home === null ? null : await mergeBase(repository, home.commit, head);
  return { kind: 'pushed', base, head };
}
