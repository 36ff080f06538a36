import { aliasesOf, defaultBranch, type Repository } from '../outside/git/git.ts';
import type { PushedRef } from './pushed-refs.ts';

/** What a server protects, and where it stands before a push. */
export interface Protection {
  readonly isProtected: (ref: string) => boolean;
  /**
   * Commit that counts as landed for a reference: the default branch, or what this push makes it where there was
   * none. Null for that first one itself, which is judged as a whole.
   */
  readonly landed: (ref: string) => string | null;
  /** Commit whose policy holds for what has no branch of its own yet; never one of this push. */
  readonly policyAt: string | null;
}

/** Usual names of the branch that changes land on. A server's HEAD may name one that does not exist. */
const alwaysProtected = ['refs/heads/main', 'refs/heads/master'];

/** Reads what this server protects: HEAD's branch, the usual names, and the patterns of `hallmonitor.protected`. */
export async function protectionOf(
  repository: Repository,
  refs: readonly PushedRef[],
): Promise<Protection> {
  const names = refs.map(({ ref }) => ref);
  const [home, aliases] = await Promise.all([
    defaultBranch(repository),
    aliasesOf(repository, names),
  ]);
  const more = repository.settings.get('hallmonitor.protected') ?? [];
  const patterns = more.map(({ value }) => patternOf(value));
  const first = home === null ? firstLanding(refs, repository.branch) : null;
  const fixed = new Set([...alwaysProtected, repository.branch, home?.name]);
  return {
    isProtected: (ref) =>
      [ref, aliases.get(ref) ?? ref].some(
        (name) => fixed.has(name) || patterns.some((pattern) => pattern.test(name)),
      ),
    landed: (ref) => home?.commit ?? (ref === first?.ref ? null : (first?.to ?? null)),
    policyAt: home?.commit ?? null,
  };
}

/** Into an empty server: what becomes the default branch, so that everything else is compared with it. */
function firstLanding(refs: readonly PushedRef[], branch: string | null): PushedRef | null {
  const names = [branch, ...alwaysProtected];
  return names.map((name) => refs.find(({ ref }) => ref === name)).find(Boolean) ?? null;
}

/** `release/*` means branches; a pattern from `refs/` on means any reference. A star also stands for slashes. */
function patternOf(glob: string): RegExp {
  const full = glob.startsWith('refs/') ? glob : `refs/heads/${glob}`;
  const text = full.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*');
  return new RegExp(`^${text}$`);
}
