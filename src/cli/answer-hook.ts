import { dirname, resolve } from 'node:path';
import { dialectOf, type Dialect } from '../outside/agents/agents.ts';
import { quotable } from '../change/redact.ts';
import { probeSession } from '../outside/agents/install/probe-session.ts';
import { placeOf, type WorkPlace } from '../outside/git/place.ts';
import { realPath } from './suggested-files.ts';
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
      return afterTool({ ...asked, place, where }, settled);
    case 'prompt':
    case 'turn-end':
    case 'session-start':
    case 'session-end':
    case 'subagent-start':
    case 'subagent-end':
    case 'other':
      await settled(where);
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
  const asks =
    event.edits.length > 0 ||
    event.command !== null ||
    event.reads.length > 0 ||
    (event.statements ?? []).length > 0;
  if (!asks && event.unseen === null) return finished(render(dialect, event, nothing));
  const { judgeEvent } = await import('./judge-event.ts');
  const { verdict, records } = await judgeEvent(event, place);
  const answer = render(dialect, event, verdict);
  if (records.length === 0 || isProbe(event)) return { answer, place: where, afterwards: null };
  const afterwards = async (): Promise<void> => {
    const [{ recordBefore }, { keepRefusals }] = await Promise.all([
      import('./capture-session.ts'),
      import('./refusals-file.ts'),
    ]);
    for (const one of records) {
      await recordBefore(one.place, event, { ...one.outcome, now });
      keepRefusals(one.place, Math.floor(now.getTime() / 1000));
    }
  };
  return { answer, place: where, afterwards };
}

/** What a tool call wrote, by whatever road, is looked at once more; it is too late to refuse, not to say so. */
async function afterTool(
  { dialect, event, place, where, now }: Call,
  settled: Settled,
): Promise<Answered> {
  const passed = { answer: render(dialect, event, nothing), place: where, afterwards: null };
  if (isProbe(event)) return passed;
  const { recordAfter } = await import('./capture-session.ts');
  for (const other of otherPlaces(event, place)) {
    await settled(other.commonDir);
    await recordAfter(other, event, now);
  }
  if (place === null) return passed;
  const { written } = await recordAfter(place, event, now);
  if (event.command === null && event.unseen === null) return passed;
  const { reviewWritten } = await import('./review-written.ts');
  const verdict = await reviewWritten(place, written);
  const answer = render(dialect, event, verdict);
  if (!makesCommits.test(event.command?.text ?? ''))
    return { answer, place: where, afterwards: null };
  const afterwards = async (): Promise<void> => {
    const { landMissing } = await import('./land-missing.ts');
    await landMissing(place, now);
  };
  return { answer, place: where, afterwards };
}

/** Words of commands that make commits; only after these it is worth loading what notes who wrote them. */
const makesCommits = /\bgit\b[^]{0,400}\b(?:commit|merge|cherry-pick|rebase|revert|am|pull)\b/;

/** Repositories beside the session's own that the edits of a call lie in. */
function otherPlaces(event: HookEvent, own: WorkPlace | null): readonly WorkPlace[] {
  const found = new Map<string, WorkPlace>();
  for (const path of editedPaths(event.edits)) {
    const place = placeOf(dirname(realPath(resolve(event.cwd, path))));
    if (place !== null && place.top !== own?.top) found.set(place.top, place);
  }
  return [...found.values()];
}

/** Files that edits name, those inside patches included. */
function editedPaths(edits: HookEvent['edits']): readonly string[] {
  const inPatch = /^(?:\*\*\* (?:Add|Update|Delete) File: |\+\+\+ (?:b\/)?)([^\t\r\n]{1,4096})/gm;
  return edits.flatMap((edit) =>
    edit.kind === 'patch'
      ? Array.from(edit.text.matchAll(inPatch), ([, path = '']) => path)
      : [edit.path],
  );
}

/**
 * The borders of turns and sessions say who was at work when a line changed, so they are recorded before the agent or
 * its person goes on.
 */
async function moment({ dialect, event, place, where, now }: Call): Promise<Answered> {
  const answer = render(dialect, event, nothing);
  if (place !== null && event.phase !== 'other' && !isProbe(event)) {
    const { recordMoment } = await import('./capture-session.ts');
    await recordMoment(place, event, now);
  }
  return { answer, place: where, afterwards: null };
}

/** `doctor` asks as the agents do; nothing of that happened, so nothing of it is recorded. */
function isProbe({ sessionId }: HookEvent): boolean {
  return sessionId === probeSession;
}

const nothing: Verdict = { decision: 'pass', reason: '', context: null };

function render(dialect: Dialect, event: HookEvent, verdict: Verdict): HookAnswer {
  const said =
    verdict.decision === 'ask' && !dialect.caps.ask
      ? { ...verdict, reason: refusedForWant(verdict.reason) }
      : verdict;
  return dialect.render(said, { event, phase: event.phase });
}

/** An agent that cannot ask its person is told that this is a refusal, and whom to turn to. */
function refusedForWant(reason: string): string {
  return reason.replace(
    /^Hallmonitor asks a person first/,
    'Hallmonitor refuses this, because only a person may do it',
  );
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
    `Hallmonitor failed, so it refuses what it cannot judge: ${quotable(why.split('\n')[0] ?? '')}. ` +
    'A person can run hallmonitor doctor.';
  return event.phase === 'pre-tool'
    ? { decision: 'deny', reason, context: null }
    : { ...nothing, context: reason };
}

/** What an agent is told when the program fails before it knows the payload: a refusal where there is still one. */
export function unjudged(
  { agent, event }: { readonly agent: string; readonly event?: string },
  why: string,
): HookAnswer {
  const known = agentNames.find((name) => name === agent);
  if (known === undefined) return unknownAgent(agent);
  const dialect = dialectOf(known);
  const parsed = dialect.parse(new Uint8Array(), {
    cwd: '/',
    ...(event === undefined ? {} : { event }),
  });
  const reason = `Hallmonitor failed, so this is refused: ${quotable(why.split('\n')[0] ?? '')}`;
  const phase = 'malformed' in parsed ? parsed.phase : parsed.event.phase;
  return dialect.render({ decision: 'deny', reason, context: null }, { event: null, phase });
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
