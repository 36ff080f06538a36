import type { FileChange } from '../change/change.ts';
import type { Judgement } from '../judge.ts';
import {
  defaultBranch,
  hasObject,
  openRepository,
  pushedChange,
  type ChangeRequest,
  type Repository,
} from '../outside/git/git.ts';
import { placeOf } from '../outside/git/place.ts';
import { agentsHere } from './agents-here.ts';
import { checkpoint, placeOfRepository } from './capture-checkpoint.ts';
import { mayBeRecorded } from './capture-journal.ts';
import { withLedger } from './capture-ledger.ts';
import { lookAround } from './capture-look.ts';
import { judgeChange } from './facts.ts';
import { adviceLines, hookLines, say, stopping, tellable } from './gate-verdict.ts';
import { plain } from './plain.ts';
import { houseAt } from './suggestion-house.ts';
import { noteTold } from './told-findings.ts';
import { readPrePush, type PushedRef } from './pushed-refs.ts';

/** `pre-commit`: what is staged. Approvals come later, so only a blocking finding stops a commit. */
export async function preCommit(): Promise<number> {
  const repository = await openRepository();
  const judgement = await judgeChange(repository, { kind: 'staged' }, { proposal: true });
  noteTold(repository, judgement.findings, Math.floor(Date.now() / 1000));
  await lookBeforeCommit(repository, judgement.change.files);
  return answer(judgement, 'this commit', {
    wayRound: 'git commit --no-verify goes round this hook',
    agent: await enforcedAgent(repository),
  });
}

/** What changed since the last look is settled while HEAD is still where it was. A record that fails stops nothing. */
async function lookBeforeCommit(
  repository: Repository,
  files: readonly FileChange[],
): Promise<void> {
  const place = placeOfRepository(repository);
  if (!mayBeRecorded(place)) return;
  const opening = { now: new Date(), agentHere: agentsHere().length > 0 };
  const { recorded, why } = await withLedger(place, opening, (ledger) => {
    lookAround(ledger);
    checkpoint(ledger, files);
    return [];
  });
  if (!recorded) say([`hallmonitor: not recorded who wrote this commit: ${why ?? ''}`]);
}

/** `pre-push`: what each pushed branch adds to what the server has. */
export async function prePush(input: string): Promise<number> {
  const repository = await openRepository();
  const { refs, malformed } = readPrePush(input);
  if (malformed.length > 0) throw new Error(`git said something unknown: ${malformed[0]}`);
  const home = await defaultBranch(repository);
  const agent = await enforcedAgent(repository);
  let status = 0;
  for (const pushed of refs) {
    const request = await whatIsPushed(repository, pushed, home);
    if (request === null) continue;
    const judgement = await judgeChange(repository, request, {
      house: home?.commit ?? null,
      proposal: true,
    });
    const what = `the push to ${plain(pushed.ref)}`;
    const wayRound = 'git push --no-verify goes round this hook';
    status = Math.max(status, answer(judgement, what, { wayRound, agent }));
  }
  return status;
}

type Branch = Awaited<ReturnType<typeof defaultBranch>>;

/** What a push adds to what the server has; null when it adds nothing, or nothing that has lines. */
async function whatIsPushed(
  repository: Repository,
  { ref, from, to }: PushedRef,
  home: Branch,
): Promise<ChangeRequest | null> {
  if (to === null || !ref.startsWith('refs/heads/')) return null;
  const known = from !== null && (await hasObject(repository, from)) ? from : null;
  const landed = home?.commit ?? null;
  const request = await pushedChange(repository, { from: known, to, landed });
  if (request === null || request.base !== request.head) return request;
  // A default branch of this repository alone says nothing about a server that was never asked.
  if (known !== null || home?.name.startsWith('refs/remotes/')) return null;
  return pushedChange(repository, { from: null, to, landed: null });
}

/** The agent that runs this very commit or push, where the policy enforces what agents do; null otherwise. */
async function enforcedAgent(repository: Repository): Promise<string | null> {
  const [agent] = agentsHere();
  const place = repository.workTree === null ? null : placeOf(repository.workTree);
  if (agent === undefined || place === null) return null;
  return (await houseAt(place)).mode === 'enforce' ? (agent.tool ?? 'an agent') : null;
}

interface Answering {
  readonly wayRound: string;
  readonly agent: string | null;
}

function answer(judgement: Judgement, what: string, { wayRound, agent }: Answering): number {
  const stops = stopping(judgement).length > 0;
  if (stops || tellable(judgement).length > 0) say(hookLines(judgement));
  if (!stops) return 0;
  const { enforced, mode } = judgement.decision;
  if (agent !== null) {
    // What the agent was not refused when it wrote it, it does not commit either; a person still may.
    say([`hallmonitor stops ${what}, which ${plain(agent)} makes.`, ...adviceLines(judgement)]);
    return 1;
  }
  if (!enforced) {
    say([
      `hallmonitor lets ${what} go on, because the policy's mode is ${mode}; enforce would stop it.`,
    ]);
    return 0;
  }
  say([`hallmonitor stops ${what}.`, ...adviceLines(judgement), `(${wayRound})`]);
  return 1;
}
