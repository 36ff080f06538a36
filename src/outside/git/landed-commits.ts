import type { Commit, Person } from '../../change/change.ts';
import { handsIn, landingsOf, plainAddress } from './past-landings.ts';
import type { Entry, Landing, Line } from './past-landings.ts';
import { asUtf8, streamTokens } from './past-tokens.ts';

/** A commit, and its people by their names in the mailmap. */
export interface NamedCommit {
  readonly commit: Commit;
  readonly author: Person;
  readonly committer: Person;
}

/** A line of landings with all commits that they brought in. */
export interface LandedCommits {
  /** Oldest first. */
  readonly landings: readonly Landing[];
  readonly commits: ReadonlyMap<string, NamedCommit>;
}

const fields = '%H %P %an %ae %at %cn %ce %ct %aN %aE %cN %cE %B'.split(' ');

/** Reads all commits of a line with their messages; one process. */
export async function readLandedCommits(
  line: Line,
  onCommit: (done: number) => void = () => undefined,
): Promise<LandedCommits> {
  const [newest] = line.shas;
  const commits = new Map<string, NamedCommit>();
  if (newest === undefined) return { landings: [], commits };
  const entries = new Map<string, Entry>();
  let values: string[] = [];
  const args = [
    'log',
    '-z',
    '--no-patch',
    '--no-notes',
    '--no-show-signature',
    '--no-decorate',
    '--no-color',
    '--no-mailmap',
    '--encoding=UTF-8',
    `--format=${fields.join('%x00')}`,
    newest,
    ...(line.before === null ? [] : [`^${line.before}`]),
    '--',
  ];
  function take(token: string): void {
    values.push(asUtf8(token));
    if (values.length < fields.length) return;
    const named = namedCommit(values);
    commits.set(named.commit.sha, named);
    entries.set(named.commit.sha, entryOf(named));
    values = [];
    onCommit(commits.size);
  }
  // Where a commit is missing git ends early; what it told until then counts.
  await streamTokens(line.place, args, { take });
  return { landings: await landingsOf(line, entries), commits };
}

function namedCommit(values: readonly string[]): NamedCommit {
  const [sha = '', parents = '', name = '', email = '', authoredAt] = values;
  const [committerName = '', committerEmail = '', committedAt] = values.slice(5);
  const [authorName = '', authorEmail = '', mappedName = '', mappedEmail = '', message = ''] =
    values.slice(8);
  return {
    commit: {
      sha,
      parents: parents.split(' ').filter(Boolean),
      author: { name, email },
      committer: { name: committerName, email: committerEmail },
      authoredAt: seconds(authoredAt),
      committedAt: seconds(committedAt),
      message,
    },
    author: { name: authorName, email: plainAddress(authorEmail) },
    committer: { name: mappedName, email: plainAddress(mappedEmail) },
  };
}

function entryOf({ commit, author, committer }: NamedCommit): Entry {
  return {
    sha: commit.sha,
    parents: commit.parents,
    at: commit.committedAt,
    author: author.email,
    committer: committer.email,
    ...handsIn(commit.message),
  };
}

/** The end of the year 9999: what is later nobody wrote, and calendars break on it. */
const latestSeconds = 253_402_300_799;

/** A broken date is 1970, as git shows it. */
function seconds(text: string | undefined): number {
  const value = Number(text);
  return value >= 0 && value <= latestSeconds ? value : 0;
}
