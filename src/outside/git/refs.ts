import { lookUp } from './objects.ts';
import { noCommitYet, noSuchRevision, notARevision } from './problems.ts';
import { setting } from './repository.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A range as somebody typed it: `main..pr`, `main...pr` or one commit. */
export type TypedRange =
  | { readonly kind: 'range'; readonly base: string; readonly head: string }
  | { readonly kind: 'commit'; readonly commit: string };

/** Takes a typed range apart. An empty side means HEAD, as in git. */
export function parseRange(text: string): TypedRange {
  const [base, head, ...more] = text.split(/\.{2,3}/);
  if (more.length > 0 || base === undefined) throw notARevision(text);
  if (head === undefined) return { kind: 'commit', commit: askable(base) };
  return { kind: 'range', base: askable(base || 'HEAD'), head: askable(head || 'HEAD') };
}

/** Commit ids of many names, null where git knows none; one process. */
export async function resolveCommits(
  repository: Repository,
  names: readonly string[],
): Promise<readonly (string | null)[]> {
  const asked = names.map((name) => `${askable(name)}^{commit}`);
  return (await lookUp(repository, asked)).map((head) => head?.id ?? null);
}

/** The commit id of one name; a UserError when there is none. */
export async function resolveCommit(repository: Repository, name: string): Promise<string> {
  const [id] = await resolveCommits(repository, [name]);
  if (id !== undefined && id !== null) return id;
  const { branch } = repository;
  if (branch !== null && (name === 'HEAD' || `refs/heads/${name}` === branch))
    throw noCommitYet(branch);
  throw noSuchRevision(name);
}

/** Where two commits' histories meet: the best place, as `git diff A...B` takes it. Null when they never do. */
export async function mergeBase(
  repository: Repository,
  one: string,
  other: string,
): Promise<string | null> {
  const { stdout } = await runGit(repository, ['merge-base', askable(one), askable(other)]);
  return stdout.toString('latin1').split('\n')[0] || null;
}

/** What HEAD and the branches around it are. */
export interface Surroundings {
  /** Commit of HEAD; null in a repository without commits. */
  readonly head: string | null;
  /** What the current branch is to be merged into, and its commit; null when nothing suits. */
  readonly target: { readonly name: string; readonly commit: string } | null;
}

const usualNames = ['main', 'master', 'trunk', 'develop', 'development'];

/**
 * Finds what the current branch adds to: its upstream, unless that is only its own copy on the server; otherwise
 * the default branch of the server, or what is usually called so.
 */
export async function lookAround(repository: Repository): Promise<Surroundings> {
  const { branch } = repository;
  const remote = firstRemote(repository);
  const patterns = [
    ...(branch === null ? [] : [branch]),
    `refs/remotes/${remote}/HEAD`,
    ...usualNames.flatMap((name) => [`refs/remotes/${remote}/${name}`, `refs/heads/${name}`]),
  ];
  const [refs, [head]] = await Promise.all([
    readRefs(repository, patterns),
    resolveCommits(repository, ['HEAD']),
  ]);
  const own = branch?.replace(/^refs\/heads\//, '') ?? null;
  const upstream = refs.get(branch ?? '')?.upstream ?? '';
  const wellKnown = [
    refs.get(`refs/remotes/${remote}/HEAD`)?.target ?? '',
    ...usualNames.map((name) => `refs/remotes/${remote}/${name}`),
    ...usualNames.map((name) => `refs/heads/${name}`),
  ].filter((name) => refs.has(name));
  const home = wellKnown.find((name) => name !== branch);
  const isCopy = own !== null && upstream.endsWith(`/${own}`);
  const isHome = wellKnown.some((name) => name === branch || (isCopy && name === upstream));
  const choice = upstream !== '' && (!isCopy || isHome) ? upstream : isHome ? '' : (home ?? '');
  const commit = refs.get(choice)?.commit ?? (await resolveOptional(repository, choice));
  return { head: head ?? null, target: commit === null ? null : { name: choice, commit } };
}

/** The default branch of this repository by its full name, and its commit; null when none is known. */
export async function defaultBranch(
  repository: Repository,
): Promise<{ readonly name: string; readonly commit: string } | null> {
  const remote = firstRemote(repository);
  const names = usualNames.flatMap((name) => [
    `refs/remotes/${remote}/${name}`,
    `refs/heads/${name}`,
  ]);
  const refs = await readRefs(repository, [
    `refs/remotes/${remote}/HEAD`,
    ...names,
    ...(repository.workTree === null && repository.branch !== null ? [repository.branch] : []),
  ]);
  // In a bare repository, HEAD says which branch is the default.
  const own = repository.workTree === null ? (repository.branch ?? '') : '';
  const target = refs.get(`refs/remotes/${remote}/HEAD`)?.target ?? '';
  const name = [own, target, ...names].find((candidate) => refs.has(candidate));
  const commit = name === undefined ? undefined : refs.get(name)?.commit;
  return name === undefined || commit === undefined ? null : { name, commit };
}

/** Who works here, by git's own settings; null where nobody said. */
export function ownIdentity(repository: Repository): {
  readonly name: string | null;
  readonly email: string | null;
} {
  const { environment } = repository;
  return {
    name: environment['GIT_AUTHOR_NAME'] ?? setting(repository, 'user.name'),
    email:
      environment['GIT_AUTHOR_EMAIL'] ?? environment['EMAIL'] ?? setting(repository, 'user.email'),
  };
}

/** Addresses of the remotes by name, without what looks like a password. */
export function remotes(repository: Repository): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, values] of repository.settings) {
    const remote = /^remote\.(.+)\.url$/s.exec(name)?.[1];
    const url = values[0]?.value;
    if (remote !== undefined && url !== undefined)
      found.set(remote, url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1'));
  }
  return found;
}

/** True for the id that stands for "no commit" in hooks. */
export function isNoCommit(id: string): boolean {
  return /^0{40}(0{24})?$/.test(id);
}

interface Ref {
  readonly commit: string;
  readonly upstream: string;
  /** Of a symbolic ref: what it points to. */
  readonly target: string;
}

async function readRefs(
  repository: Repository,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, Ref>> {
  const format = '%(refname)%00%(objectname)%00%(upstream)%00%(symref)';
  const { stdout } = await runGit(repository, ['for-each-ref', `--format=${format}`, ...patterns]);
  const refs = new Map<string, Ref>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const [name = '', commit = '', upstream = '', target = ''] = line.split('\0');
    if (name === '') continue;
    refs.set(name, { commit, upstream, target });
    if (target !== '' && !refs.has(target)) refs.set(target, { commit, upstream: '', target: '' });
  }
  return refs;
}

async function resolveOptional(repository: Repository, name: string): Promise<string | null> {
  if (name === '') return null;
  const [id] = await resolveCommits(repository, [name]);
  return id ?? null;
}

function firstRemote(repository: Repository): string {
  const names = [...remotes(repository).keys()];
  return names.includes('origin') ? 'origin' : (names[0] ?? 'origin');
}

/** A name that is safe to hand to git: no option, no control character. */
function askable(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (name === '' || name.startsWith('-') || /[\0-\x1f\x7f]/.test(name)) throw notARevision(name);
  return name;
}
