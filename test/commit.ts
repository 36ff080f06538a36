import type { Commit, Person } from '../src/change/change.ts';

/** What a test says of a commit; everything else is made up and the same each time. */
export interface CommitFacts {
  readonly says?: string;
  /** `Name <address>`. */
  readonly by?: string;
  readonly committer?: string;
  readonly sha?: string;
  readonly parents?: readonly string[];
  /** Unix seconds. */
  readonly at?: number;
}

/** A commit as git would hand it over, without a repository. */
export function commit(facts: CommitFacts = {}): Commit {
  const author = person(facts.by ?? 'Ann Lee <ann@example.com>');
  const at = facts.at ?? 1_767_225_600;
  return {
    sha: facts.sha ?? 'c0ffee'.repeat(6).padEnd(40, '0'),
    parents: facts.parents ?? [],
    author,
    committer: facts.committer === undefined ? author : person(facts.committer),
    authoredAt: at,
    committedAt: at,
    message: facts.says ?? 'Change\n',
  };
}

function person(text: string): Person {
  const [, name = '', email = ''] = /^(.*?) ?<(.*)>$/.exec(text) ?? [];
  return { name, email };
}
