import type { Judgement } from '../judge.ts';
import {
  defaultBranch,
  hasObject,
  openRepository,
  pushedChange,
  type ChangeRequest,
  type Repository,
} from '../outside/git/git.ts';
import { judgeChange } from './facts.ts';
import { adviceLines, hookLines, say, stopping, tellable } from './gate-verdict.ts';
import { plain } from './plain.ts';
import { readPrePush, type PushedRef } from './pushed-refs.ts';

/** `pre-commit`: what is staged. Approvals come later, so only a blocking finding stops a commit. */
export async function preCommit(): Promise<number> {
  const repository = await openRepository();
  const judgement = await judgeChange(repository, { kind: 'staged' }, { proposal: true });
  return answer(judgement, 'this commit', 'git commit --no-verify goes round this hook');
}

/** `pre-push`: what each pushed branch adds to what the server has. */
export async function prePush(input: string): Promise<number> {
  const repository = await openRepository();
  const { refs, malformed } = readPrePush(input);
  if (malformed.length > 0) throw new Error(`git said something unknown: ${malformed[0]}`);
  let status = 0;
  for (const pushed of refs) {
    const request = await whatIsPushed(repository, pushed);
    if (request === null) continue;
    const judgement = await judgeChange(repository, request, { proposal: true });
    const what = `the push to ${plain(pushed.ref)}`;
    status = Math.max(status, answer(judgement, what, 'git push --no-verify goes round this hook'));
  }
  return status;
}

async function whatIsPushed(
  repository: Repository,
  { ref, from, to }: PushedRef,
): Promise<ChangeRequest | null> {
  if (to === null || !ref.startsWith('refs/heads/')) return null;
  const known = from !== null && (await hasObject(repository, from));
  const home = await defaultBranch(repository);
  // The first push of the default branch: nothing has landed yet, whatever the branch here is called.
  const landed = home?.name === ref ? null : (home?.commit ?? null);
  const request = await pushedChange(repository, { from: known ? from : null, to, landed });
  return request?.base === request?.head ? null : request;
}

function answer(judgement: Judgement, what: string, wayRound: string): number {
  const stops = stopping(judgement).length > 0;
  if (stops || tellable(judgement).length > 0) say(hookLines(judgement));
  if (!stops) return 0;
  const { enforced, mode } = judgement.decision;
  if (!enforced) {
    say([
      `hallmonitor lets ${what} go on, because the policy's mode is ${mode}; enforce would stop it.`,
    ]);
    return 0;
  }
  say([`hallmonitor stops ${what}.`, ...adviceLines(judgement), `(${wayRound})`]);
  return 1;
}
