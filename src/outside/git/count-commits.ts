import type { Commit } from '../../change/change.ts';
import { countLines } from './past-diffs.ts';
import type { Repository } from './repository.ts';

/** Added lines of one commit by file. */
export interface CommitLines {
  readonly sha: string;
  readonly files: readonly { readonly path: string; readonly added: number }[];
}

export interface CountedCommits {
  readonly commits: readonly CommitLines[];
  /** Commits that could not be counted because contents are missing from this clone. */
  readonly failed: readonly string[];
}

/** How many lines each commit added to each file; merges are left out, as their lines came with other commits. */
export async function countCommits(
  repository: Repository,
  commits: readonly Commit[],
): Promise<CountedCommits> {
  const landings = commits
    .filter(({ sha, parents }) => parents.length < 2 && !repository.cutOff.has(sha))
    .map(({ sha, parents, authoredAt }) => ({
      sha,
      parent: parents[0] ?? null,
      at: authoredAt,
      authors: [],
      reviewers: [],
      fix: false,
      merged: [],
    }));
  const { files, failed } = await countLines({ place: repository.objects, landings }, []);
  return {
    commits: [...files].map(([sha, counted]) => ({
      sha,
      files: counted.map(({ path, added }) => ({ path, added: added ?? 0 })),
    })),
    failed,
  };
}
