import { dialectOf, type Dialect } from '../outside/agents/agents.ts';
import { probeSession } from '../outside/agents/install/probe-session.ts';
import { placeOf, type WorkPlace } from '../outside/git/place.ts';
import type { Answered } from '../server/resident.ts';
import {
  agentNames,
  type AgentName,
  type HookAnswer,
  type HookEvent,
  type Verdict,
} from '../suggestion/event.ts';

/** One call of an agent's hook, as it came. */
export interface HookCall {
  readonly agent: string;
  /** What the installer said the event is called; null when it did not. */
  readonly event: string | null;
  readonly cwd: string;
  readonly payload: Uint8Array;
}

/** Waits until everything that was recorded about a repository is on the disk. */
export type Settled = (place: string) => Promise<void>;

/**
 * Answers one call: what is about to happen is judged, what happened is recorded and looked at. It never throws; what
 * cannot be judged is refused.
 */
export async function answerHook(call: HookCall, settled: Settled): Promise<Answered> {
  const now = new Date();
  const agent = agentNames.find((name) => name === call.agent);
  if (agent === undefined) return finished(unknownAgent(call.agent));
  const dialect = dialectOf(agent);
  const parsed = dialect.parse(call.payload, {
    cwd: call.cwd,
    ...(call.event === null ? {} : { event: call.event }),
  });
  if ('malformed' in parsed) return finished(malformed(dialect, parsed));
  const { event } = parsed;
  try {
    return await answerEvent({ dialect, event, now }, settled);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return finished(render(dialect, event, failure(event, why)));
  }
}

async function answerEvent(
  asked: Pick<Call, 'dialect' | 'event' | 'now'>,
  settled: Settled,
): Promise<Answered> {
  const { event } = asked;
  const place = placeOf(event.cwd);
  const where = place?.commonDir ?? event.cwd;
  switch (event.phase) {
    case 'pre-tool':
      return beforeTool({ ...asked, place, where });
    case 'post-tool':
      await settled(where);
      return afterTool({ ...asked, place, where });
    case 'prompt':
    case 'turn-end':
    case 'session-start':
    case 'session-end':
    case 'subagent-start':
    case 'subagent-end':
    case 'other':
      return moment({ ...asked, place, where });
  }
}

interface Call {
  readonly dialect: Dialect;
  readonly event: HookEvent;
  readonly place: WorkPlace | null;
  /** Whose records wait for each other. */
  readonly where: string;
  /** When the agent asked: what changes on the disk later belongs to the tool call. */
  readonly now: Date;
}

async function beforeTool({ dialect, event, place, where, now }: Call): Promise<Answered> {
  const asks = event.edits.length > 0 || event.command !== null || event.reads.length > 0;
  if (!asks && event.unseen === null) return finished(render(dialect, event, nothing));
  const { judgeEvent } = await import('./judge-event.ts');
  const judged = await judgeEvent(event, place);
  const afterwards =
    place === null || isProbe(event)
      ? null
      : async (): Promise<void> => {
          const { recordBefore } = await import('./capture-session.ts');
          await recordBefore(place, event, { ...judged.outcome, now });
          const { keepRefusals } = await import('./refusals-file.ts');
          keepRefusals(place, Math.floor(now.getTime() / 1000));
        };
  return { answer: render(dialect, event, judged.verdict), place: where, afterwards };
}

/** What a tool call wrote, by whatever road, is looked at once more; it is too late to refuse, not to say so. */
async function afterTool({ dialect, event, place, where, now }: Call): Promise<Answered> {
  if (place === null || isProbe(event)) return finished(render(dialect, event, nothing));
  const { recordAfter } = await import('./capture-session.ts');
  const { written } = await recordAfter(place, event, now);
  if (event.command === null && event.unseen === null) {
    return { answer: render(dialect, event, nothing), place: where, afterwards: null };
  }
  const { reviewWritten } = await import('./review-written.ts');
  const verdict = await reviewWritten(place, written);
  const afterwards = async (): Promise<void> => {
    const { landMissing } = await import('./land-missing.ts');
    await landMissing(place, event.command?.text ?? '', now);
  };
  return { answer: render(dialect, event, verdict), place: where, afterwards };
}

async function moment({ dialect, event, place, where, now }: Call): Promise<Answered> {
  const answer = render(dialect, event, nothing);
  if (place === null || event.phase === 'other' || isProbe(event))
    return { answer, place: where, afterwards: null };
  return {
    answer,
    place: where,
    afterwards: async () => {
      const { recordMoment } = await import('./capture-session.ts');
      await recordMoment(place, event, now);
    },
  };
}

/** `doctor` asks as the agents do; nothing of that happened, so nothing of it is recorded. */
function isProbe({ sessionId }: HookEvent): boolean {
  return sessionId === probeSession;
}

const nothing: Verdict = { decision: 'pass', reason: '', context: null };

function render(dialect: Dialect, event: HookEvent, verdict: Verdict): HookAnswer {
  return dialect.render(verdict, { event, phase: event.phase });
}

function malformed(
  dialect: Dialect,
  {
    malformed: why,
    phase,
  }: { readonly malformed: string; readonly phase: HookEvent['phase'] | null },
): HookAnswer {
  const reason =
    `Hallmonitor refuses this because it does not understand what ${dialect.agent} sent (${why}). ` +
    'Update Hallmonitor, or report the version of the agent.';
  return dialect.render({ decision: 'deny', reason, context: null }, { event: null, phase });
}

/** Our own failure: what was about to happen is refused, what happened already is only complained about. */
function failure(event: HookEvent, why: string): Verdict {
  const reason =
    `Hallmonitor failed, so it refuses what it cannot judge: ${why.split('\n')[0] ?? ''}. ` +
    'A person can run hallmonitor doctor.';
  return event.phase === 'pre-tool'
    ? { decision: 'deny', reason, context: null }
    : { ...nothing, context: reason };
}

function unknownAgent(agent: string): HookAnswer {
  const known: readonly AgentName[] = agentNames;
  return {
    stdout: '',
    stderr: `hallmonitor knows no agent ${JSON.stringify(agent.slice(0, 40))}; it knows ${known.join(', ')}\n`,
    exitCode: 2,
  };
}

function finished(answer: HookAnswer): Answered {
  return { answer, place: '', afterwards: null };
}
