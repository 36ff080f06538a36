import type { Judgement } from '../judge.ts';
import {
  hasObject,
  openRepository,
  pushedChange,
  type ChangeRequest,
  type Repository,
} from '../outside/git/git.ts';
import { judgeChange } from './facts.ts';
import { hookLines, say, stopping, tellable } from './gate-verdict.ts';
import { plain } from './plain.ts';
import { readPrePush, type PushedRef } from './pushed-refs.ts';

/** `pre-commit`: what is staged. Approvals come later, so only a blocking finding stops a commit. */
export async function preCommit(): Promise<number> {
  const repository = await openRepository();
  const judgement = await judgeChange(repository, { kind: 'staged' });
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
    const judgement = await judgeChange(repository, request);
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
  return pushedChange(repository, { from: known ? from : null, to });
}

function answer(judgement: Judgement, what: string, wayRound: string): number {
  const stops = stopping(judgement).length > 0 && judgement.decision.enforced;
  if (tellable(judgement).length > 0) say(hookLines(judgement));
  if (!stops) return 0;
  say([
    `hallmonitor stops ${what}. Fix what blocks, or say beside it why it is right:`,
    `  hallmonitor-ignore <guard>: <reason>      (${wayRound})`,
  ]);
  return 1;
}
