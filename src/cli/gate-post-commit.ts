import { openRepository, resolveCommit } from '../outside/git/git.ts';
import { landCommit } from './capture-land.ts';
import { say } from './gate-verdict.ts';
import { plain } from './plain.ts';

/** `post-commit`: notes who wrote the lines of the new commit. The commit is made; nothing here can fail it. */
export async function postCommit(now: Date): Promise<number> {
  try {
    const repository = await openRepository();
    const commit = await resolveCommit(repository, 'HEAD');
    const { problems } = await landCommit(repository, { commit, olds: [], fresh: true }, now);
    say(problems.map((why) => `hallmonitor: not recorded who wrote this commit: ${plain(why)}`));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say([`hallmonitor: not recorded who wrote this commit: ${plain(why)}`]);
  }
  return 0;
}
