import type { Commit } from '../../change/change.ts';
import { decodeText } from '../../change/decode.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** More commits than these are not read: a change of so many is judged by its files alone. */
export const mostCommits = 5000;

const fields = ['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'];

export interface CommitRange {
  readonly include: string;
  readonly exclude: readonly string[];
  /** Only `include` itself. */
  readonly alone?: boolean;
}

export interface CommitReading {
  readonly commits: readonly Commit[];
  /** Why there are older ones that were not read; null when all are here. */
  readonly missing: string | null;
}

const messageOptions = [
  '--no-patch',
  '--no-notes',
  '--no-show-signature',
  '--no-decorate',
  '--no-mailmap',
  '--encoding=UTF-8',
  `--format=${fields.join('%x00')}`,
];

/** Commits that `include` reaches and `exclude` does not, parents before children; one process. */
export async function readCommits(
  repository: Repository,
  { include, exclude, alone = false }: CommitRange,
): Promise<CommitReading> {
  const { stdout, code } = await runGit(repository, [
    'log',
    '-z',
    '--no-patch',
    '--no-notes',
    '--no-show-signature',
    '--no-decorate',
    '--no-mailmap',
    '--topo-order',
    '--encoding=UTF-8',
    `--max-count=${alone ? 1 : mostCommits + 1}`,
    `--format=${fields.join('%x00')}`,
    include,
    ...exclude.map((commit) => `^${commit}`),
    '--',
  ]);
  const commits = parseCommits(stdout).reverse();
  if (code !== 0)
    return { commits, missing: 'git could not read all of them; objects are missing here' };
  if (commits.length <= mostCommits) return { commits, missing: null };
  return { commits: commits.slice(1), missing: `there are more than ${mostCommits} commits` };
}

/** Commits by their ids, in any order; one process. */
export async function readCommitsByIds(
  repository: Repository,
  ids: readonly string[],
): Promise<readonly Commit[]> {
  if (ids.length === 0) return [];
  const { stdout } = await runGit(
    repository,
    ['log', '-z', '--no-walk=unsorted', '--stdin', ...messageOptions],
    { input: ids.map((id) => `${id}\n`).join('') },
  );
  return parseCommits(stdout);
}

function parseCommits(bytes: Buffer): Commit[] {
  const commits: Commit[] = [];
  let place = 0;
  function next(): string {
    const found = bytes.indexOf(0, place);
    const end = found < 0 ? bytes.length : found;
    const text = decodeText(bytes.subarray(place, end));
    place = end + 1;
    return text;
  }
  while (place < bytes.length) {
    const [sha, parents] = [next(), next()];
    const author = { name: next(), email: next() };
    const authoredAt = seconds(next());
    const committer = { name: next(), email: next() };
    const committedAt = seconds(next());
    const message = next();
    commits.push({
      sha,
      parents: parents.split(' ').filter(Boolean),
      author,
      committer,
      authoredAt,
      committedAt,
      message,
    });
  }
  return commits;
}

/** A broken date is 1970, as git shows it. */
function seconds(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : 0;
}
