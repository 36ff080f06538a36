import { isActor, isError } from './actors.ts';
import { failed, usersOf } from './facts.ts';
import type { BotCommit, Loaded, PolicyBotFacts } from './facts.ts';
import type { Actors } from './predicate.ts';
import type { RuleOptions } from './policy-file.ts';
import { isNobody } from './policy-file.ts';

/** The commits that bar people and invalidate approvals, newest first: the first-parent line, filtered. */
export function filteredCommits(
  options: RuleOptions,
  facts: PolicyBotFacts,
): Loaded<readonly BotCommit[]> {
  if ('error' in facts.commits) return failed('failed to list commits', facts.commits);
  const line = firstParentLine(facts.commits, facts.headSha);
  const shas = new Set(line.map((commit) => commit.sha));
  const kept: BotCommit[] = [];
  for (const commit of line) {
    if (options.ignoreUpdateMerges && isUpdateMerge(commit, shas)) continue;
    const ignored = isIgnored(commit, options.ignoreCommitsBy, facts);
    if (isError(ignored)) return ignored;
    if (!ignored) kept.push(commit);
  }
  return kept;
}

function firstParentLine(commits: readonly BotCommit[], head: string): readonly BotCommit[] {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const line: BotCommit[] = [];
  let next = bySha.get(head);
  while (next !== undefined) {
    line.push(next);
    // Taken out, so that facts that form a ring end all the same.
    bySha.delete(next.sha);
    next = bySha.get(next.parents[0] ?? '');
  }
  return line;
}

/** A merge of the target branch made by the "Update branch" button, as far as that can be told. */
function isUpdateMerge(commit: BotCommit, line: ReadonlySet<string>): boolean {
  const [first, second, third] = commit.parents;
  if (first === undefined || second === undefined || third !== undefined) return false;
  return commit.committedViaWeb && line.has(first) && !line.has(second);
}

function isIgnored(commit: BotCommit, by: Actors, facts: PolicyBotFacts): Loaded<boolean> {
  if (isNobody(by)) return false;
  const users = usersOf(commit);
  for (const user of users) {
    const matches = isActor(by, facts, user);
    if (matches !== true) return matches;
  }
  // A commit without any login could be anybody's.
  return users.length > 0;
}
