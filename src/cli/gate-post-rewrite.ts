import { openRepository } from '../outside/git/git.ts';
import { landCommit } from './capture-land.ts';
import { carrySources } from './capture-sources.ts';
import { say } from './gate-verdict.ts';
import { plain } from './plain.ts';

/** More rewritten commits than these keep their notes by content alone, when they are judged. */
const mostRewritten = 200;

/** `post-rewrite`: carries over who wrote what to the commits that an amend or a rebase made. It fails nothing. */
export async function postRewrite(input: string, now: Date): Promise<number> {
  try {
    const repository = await openRepository();
    const pairs = rewritten(input);
    const index = await carrySources(repository, [...pairs.values()].flat().slice(0, 2_000));
    for (const [commit, olds] of [...pairs].slice(0, mostRewritten)) {
      const landing = { commit, olds, fresh: false, index };
      const { problems } = await landCommit(repository, landing, now);
      say(problems.map((why) => `hallmonitor: ${commit.slice(0, 9)}: not recorded: ${plain(why)}`));
    }
    if (pairs.size > mostRewritten)
      say([
        `hallmonitor: only ${mostRewritten} of ${pairs.size} rewritten commits got their notes`,
      ]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say([`hallmonitor: not carried over who wrote what: ${plain(why)}`]);
  }
  return 0;
}

/** New commits, each with the old ones that it was made from. */
export function rewritten(input: string): ReadonlyMap<string, readonly string[]> {
  const pairs = new Map<string, string[]>();
  for (const line of input.split('\n')) {
    const [, from, to] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64})(?: |$)/.exec(line) ?? [];
    if (from === undefined || to === undefined || from === to) continue;
    pairs.set(to, [...(pairs.get(to) ?? []), from]);
  }
  return pairs;
}
