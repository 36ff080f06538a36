import {
  openRepository,
  readCommitsByIds,
  resolveCommit,
  type Repository,
} from '../outside/git/git.ts';
import type { WorkPlace } from '../outside/git/place.ts';
import { landCommit } from './capture-land.ts';
import { landedOf } from './capture-sources.ts';

/** A commit of one command is not older than a command may run, in seconds. */
const longestCommandSeconds = 3_600;
/** Commits of one command that are looked at. */
const mostCommits = 20;

/**
 * Notes who wrote the commits that an agent's command made where git ran no hooks for them: Gemini CLI keeps hooks off
 * in its shell, and a repository may have none installed.
 */
export async function landMissing(place: WorkPlace, now: Date): Promise<void> {
  const repository = await openRepository(place.top);
  for (const commit of await recentWithoutNote(repository, now)) {
    // What could not be noted is missed by `check` later, as a line without evidence.
    await landCommit(repository, { commit, olds: [], fresh: true }, now);
  }
}

/** The tip, and the commits before it that are as young as the command, while they have no note; oldest first. */
async function recentWithoutNote(repository: Repository, now: Date): Promise<readonly string[]> {
  const found: string[] = [];
  let commit: string | undefined = await resolveCommit(repository, 'HEAD');
  while (commit !== undefined && found.length < mostCommits) {
    const [read] = await readCommitsByIds(repository, [commit]);
    if (read === undefined || (await landedOf(repository, [commit])).has(commit)) break;
    const age = now.getTime() / 1000 - read.committedAt;
    if (found.length > 0 && age > longestCommandSeconds) break;
    found.unshift(commit);
    [commit] = read.parents;
  }
  return found;
}
