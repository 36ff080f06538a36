import { lookUp } from './objects.ts';
import { mergeBase } from './refs.ts';
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

/** What a push wants of one reference, and which commit counts as landed already. */
export interface Pushed {
  readonly from: string | null;
  readonly to: string;
  /** Tip of what changes land on; null when there is none yet. */
  readonly landed: string | null;
}

/**
 * What a push brings: against what the reference had, or, for a new or rewritten one, against where it left what
 * has landed. Null for an object that is no commit, such as a tagged file.
 */
export async function pushedChange(
  repository: Repository,
  { from, to, landed }: Pushed,
): Promise<Extract<ChangeRequest, { kind: 'pushed' }> | null> {
  const asked = [`${to}^{commit}`, ...(from === null ? [] : [`${from}^{commit}`])];
  const [head, old] = (await lookUp(repository, asked)).map((found) => found?.id ?? null);
  if (head === undefined || head === null) return null;
  if (old && (await isAncestor(repository, old, head))) return { kind: 'pushed', base: old, head };
  const base = landed === null ? null : await mergeBase(repository, landed, head);
  return { kind: 'pushed', base, head };
}

/** Names that are only other names of a reference: a push to one moves the other. */
export async function aliasesOf(
  repository: Repository,
  refs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const aliases = new Map<string, string>();
  for (let at = 0; at < refs.length; at += namesAtOnce) {
    const names = refs.slice(at, at + namesAtOnce);
    const args = ['for-each-ref', '--format=%(refname)%00%(symref)', ...names];
    const { stdout } = await runGit(repository, args);
    for (const line of stdout.toString('utf8').split('\n')) {
      const [name = '', target = ''] = line.split('\0');
      if (target !== '') aliases.set(name, target);
    }
  }
  return aliases;
}

// A command line has a length.
const namesAtOnce = 200;
