import type { Gap } from '../../change/change.ts';
import { lookUp, readCommitObject } from './objects.ts';
import { noSuchRevision, noWorkTree } from './problems.ts';
import { lookAround, mergeBase, parseRange, resolveCommit, resolveCommits } from './refs.ts';
import { withoutOwnFilters } from './repository.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Which change somebody asks for. */
export type ChangeRequest =
  /** What this branch adds to the one it goes to, else the last commit. */
  | { readonly kind: 'default' }
  /** As typed: `main..pr`, or one commit. */
  | { readonly kind: 'typed'; readonly text: string }
  /**
   * What `head` adds since it left `base`: the difference from where the two meet, as `git diff base...head` and a
   * pull request show it, with the commits of `base..head`. What `base` did since is nobody's removal here.
   */
  | { readonly kind: 'range'; readonly base: string; readonly head: string }
  /** What landed or would land with one commit, against its first parent; of a merge, all it brought in. */
  | { readonly kind: 'commit'; readonly commit: string }
  /** What a push to `head` brings that was not there: against `base` as it is, or against nothing. */
  | { readonly kind: 'pushed'; readonly base: string | null; readonly head: string }
  | { readonly kind: 'staged' }
  | { readonly kind: 'worktree' };

/** The two states a change lies between. */
export interface Endpoints {
  /** Commit the change starts from; null for nothing. */
  readonly base: string | null;
  /** Commit it leads to, or the index or the work tree. */
  readonly head: { readonly commit: string } | 'index' | 'worktree';
  /** Commits of the change: those `head` reaches and `exclude` does not; for one commit, that one. */
  readonly commits: 'none' | 'one' | 'range';
  readonly exclude: readonly string[];
  readonly gaps: readonly Gap[];
  /** Set when the starting state is not here, so that nothing can be compared. */
  readonly unreachable: string | null;
}

/** Finds the two states. A name that git does not know is the mistake of who named it. */
// oxlint-disable-next-line typescript/consistent-return -- every kind returns; the compiler holds it
export function findEndpoints(repository: Repository, request: ChangeRequest): Promise<Endpoints> {
  switch (request.kind) {
    case 'default':
      return defaultChange(repository);
    case 'typed':
      return typedChange(repository, request.text);
    case 'range':
      return range(repository, request.base, request.head);
    case 'commit':
      return namedCommit(repository, request.commit);
    case 'pushed':
      return Promise.resolve(endpoints(request.base, { commit: request.head }, 'range'));
    case 'staged':
      return uncommitted(repository, 'index');
    case 'worktree':
      return uncommitted(repository, 'worktree');
  }
}

function endpoints(
  base: string | null,
  head: Endpoints['head'],
  commits: Endpoints['commits'],
): Endpoints {
  const exclude = base === null ? [] : [base];
  return { base, head, commits, exclude, gaps: [], unreachable: null };
}

function typedChange(repository: Repository, text: string): Promise<Endpoints> {
  const typed = parseRange(text);
  return typed.kind === 'range'
    ? range(repository, typed.base, typed.head)
    : namedCommit(repository, typed.commit);
}

async function namedCommit(repository: Repository, name: string): Promise<Endpoints> {
  return oneCommit(repository, await resolveCommit(repository, name));
}

async function defaultChange(repository: Repository): Promise<Endpoints> {
  const [{ head, target }, left] = await Promise.all([lookAround(repository), leftOut(repository)]);
  if (head === null) return noCommitYet(repository);
  const base = target === null ? null : await mergeBase(repository, target.commit, head);
  if (target === null || base === null || base === head)
    return { ...(await oneCommit(repository, head)), gaps: left };
  return { ...endpoints(base, { commit: head }, 'range'), exclude: [target.commit], gaps: left };
}

async function noCommitYet(repository: Repository): Promise<Endpoints> {
  const why = 'this repository has none yet; --worktree judges its files';
  const gaps = [{ what: 'commits', why }];
  if (repository.workTree !== null) return { ...(await uncommitted(repository, 'index')), gaps };
  return { ...endpoints(null, { commit: repository.emptyTree }, 'none'), gaps };
}

/** Says that there is more in the work tree than the commits that are judged. */
async function leftOut(repository: Repository): Promise<readonly Gap[]> {
  if (repository.workTree === null) return [];
  const { stdout } = await runGit(
    withoutOwnFilters(repository),
    ['status', '--porcelain', '-z', '--untracked-files=no', '--ignore-submodules=dirty'],
    { limitBytes: 1 },
  );
  if (stdout.length === 0) return [];
  const why = 'only commits are judged here; --staged and --worktree judge what is not committed';
  return [{ what: 'uncommitted changes', why }];
}

async function range(repository: Repository, base: string, head: string): Promise<Endpoints> {
  const [[from, to], meeting] = await Promise.all([
    resolveCommits(repository, [base, head]),
    mergeBase(repository, base, head),
  ]);
  if (!from) throw noSuchRevision(base);
  if (!to) throw noSuchRevision(head);
  const exclude = [from];
  if (meeting !== null) return { ...endpoints(meeting, { commit: to }, 'range'), exclude };
  const why =
    repository.cutOff.size > 0
      ? 'this clone is too shallow to see where the two ends meet, so they are compared as they are'
      : 'the two ends have no commit in common, so they are compared as they are';
  return { ...endpoints(from, { commit: to }, 'range'), gaps: [{ what: 'merge base', why }] };
}

async function oneCommit(repository: Repository, commit: string): Promise<Endpoints> {
  const alone = endpoints(null, { commit }, 'one');
  if (repository.cutOff.has(commit)) {
    const why = `the parents of ${commit.slice(0, 9)} are not in this shallow clone; fetch more (git fetch --unshallow)`;
    return { ...alone, unreachable: why };
  }
  const stored = await readCommitObject(repository.objects, commit);
  const parent = /^tree [0-9a-f]+\nparent ([0-9a-f]+)\n/.exec(
    stored?.toString('latin1') ?? '',
  )?.[1];
  if (parent === undefined) return alone;
  const [known] = await lookUp(repository.objects, [parent]);
  if (known) return endpoints(parent, { commit }, 'one');
  // A parent that is named but absent must not make every line look added.
  return {
    ...alone,
    unreachable: `the parent of ${commit.slice(0, 9)} is missing from this clone`,
  };
}

async function uncommitted(repository: Repository, head: 'index' | 'worktree'): Promise<Endpoints> {
  if (repository.workTree === null) throw noWorkTree(repository.cwd);
  const [base] = await resolveCommits(repository, ['HEAD']);
  return endpoints(base ?? null, head, 'none');
}
