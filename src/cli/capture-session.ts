import { hash } from 'node:crypto';
import type { HookEvent } from '../suggestion/event.ts';
import type { Place } from '../outside/journal/place.ts';
import {
  atWork,
  authorOf,
  endsSilently,
  keyOf,
  propose,
  sessionOfEvent,
  updateSession,
  withBracket,
  type ProposedFile,
} from './capture-calls.ts';
import { withLedger, type Ledger, type Recorded } from './capture-ledger.ts';
import { look, lookAround } from './capture-look.ts';
import { modelIn } from './capture-model.ts';
import { inTree, pathsOf } from './capture-paths.ts';
import {
  clockSlackMs,
  gapRemarks,
  lookAtCommanded,
  lookAtEdited,
  lookEverywhere,
} from './capture-sweep.ts';

/** What an agent was told when it asked, and which files it would change. */
export interface Outcome {
  readonly decision: string;
  /** Ids of the rules that spoke. */
  readonly rules: readonly string[];
  /** From the top of the work tree or absolute; null where there is no file. */
  readonly files: readonly ProposedFile[];
  /** Names of the programs a command calls. */
  readonly commandPrograms?: readonly string[];
  /** When the question came: what changes later may be the tool's doing already. */
  readonly now: Date;
}

/** What a call wrote, as far as it can be seen. */
export interface RecordedCall extends Recorded {
  /** Files that changed by the call, from the top of the work tree. */
  readonly written: readonly string[];
}

/** Before a tool runs: what was changed by others meanwhile, what the agent asked for, and what it was told. */
export function recordBefore(place: Place, event: HookEvent, outcome: Outcome): Promise<Recorded> {
  return withLedger(place, { now: outcome.now }, (ledger) => {
    const { at } = ledger.now;
    const remarks = gapRemarks(lookAround(ledger, { until: at + clockSlackMs }), event);
    closeSilent(ledger, event);
    const denied = outcome.decision === 'deny';
    const author = authorOf(event, true);
    const files = outcome.files.flatMap((file) => {
      const path = inTree(place, resolvePath(place, file.path));
      if (path === null) return [];
      remarks.push(...gapRemarks([look(ledger, path, { text: file.before })], event));
      const proposal = { author, callId: event.callId, denied };
      return [{ path, added: propose(ledger, { ...file, path }, proposal) }];
    });
    const anywhere = event.command !== null || event.unseen !== null;
    const bracket = {
      callId: event.callId,
      author,
      from: at,
      paths: anywhere ? null : files.map(({ path }) => path),
    };
    const runs = !denied && (anywhere || files.length > 0);
    updateSession(ledger, event, (session) =>
      runs ? withBracket(atWork(session, at), bracket) : atWork(session, at),
    );
    if (runs || denied) ledger.entries.push(asked(event, outcome, files));
    return remarks;
  });
}

function resolvePath(place: Place, path: string): string {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) ? path : `${place.top}/${path}`;
}

/** No text of a command is kept, only its hash and the programs it calls. */
function asked(
  event: HookEvent,
  { decision, rules, commandPrograms = [] }: Outcome,
  files: readonly { readonly path: string; readonly added: number }[],
): { readonly kind: 'asked' } & Readonly<Record<string, unknown>> {
  return {
    kind: 'asked',
    ...who(event),
    tool: event.tool,
    decision,
    rules: rules.slice(0, 50),
    files: files.slice(0, 200),
    command: event.command === null ? null : hash('sha256', event.command.text),
    programs: commandPrograms.slice(0, 50),
    unseen: event.unseen !== null,
    mode: event.permissionMode,
  };
}

function who(event: HookEvent): Readonly<Record<string, unknown>> {
  const { agent, agentVersion, callId, subagent } = event;
  const call = callId.slice(0, 200);
  return { session: keyOf(event), agent, agentVersion, call, subagent };
}

/** An agent that never says when a tool has ended shows it by going on. */
function closeSilent(ledger: Ledger, event: HookEvent): void {
  const session = sessionOfEvent(ledger, event);
  if (session === null || session.brackets.length === 0 || !endsSilently(session)) return;
  updateSession(ledger, event, (known) => ({ ...known, brackets: [] }));
}

/** After a tool ran: what it wrote, by whatever road. */
export async function recordAfter(
  place: Place,
  event: HookEvent,
  now: Date,
): Promise<RecordedCall> {
  const written: string[] = [];
  const recorded = await withLedger(place, { now }, async (ledger) => {
    const bracket = sessionOfEvent(ledger, event)?.brackets.find(
      ({ callId }) => callId === event.callId,
    );
    const author = authorOf(event, bracket !== undefined);
    const paths = bracket?.paths ?? pathsOf(event, place);
    await lookAtEdited(ledger, event, { author, paths, written });
    const anywhere = event.command !== null || event.unseen !== null || bracket?.paths === null;
    const remarks = anywhere
      ? await lookAtCommanded(ledger, { author, from: bracket?.from ?? null, written })
      : [];
    const model = modelIn(event);
    updateSession(ledger, event, (session) => ({
      ...atWork(session, ledger.now.at),
      model: model ?? session.model,
      posts: true,
      brackets: session.brackets.filter(({ callId }) => callId !== event.callId),
    }));
    if (written.length > 0 || bracket !== undefined)
      ledger.entries.push({
        kind: 'did',
        ...who(event),
        gated: bracket !== undefined,
        worked: event.succeeded,
        files: written.slice(0, 200),
      });
    return remarks;
  });
  return { ...recorded, written };
}

/** A turn, session or subagent begins or ends: who changed what since the last look is settled first. */
export function recordMoment(place: Place, event: HookEvent, now: Date): Promise<Recorded> {
  return withLedger(place, { now }, async (ledger) => {
    const { phase } = event;
    if (phase === 'pre-tool' || phase === 'post-tool' || phase === 'other') return [];
    const remarks = phase.startsWith('subagent') ? [] : await lookEverywhere(ledger, event);
    const model = modelIn(event);
    updateSession(ledger, event, (session) => {
      const known = { ...session, model: model ?? session.model };
      if (phase === 'prompt')
        return { ...atWork({ ...known, active: false }, ledger.now.at), brackets: [] };
      if (phase === 'turn-end' || phase === 'session-end')
        return { ...known, active: false, brackets: [] };
      return known;
    });
    ledger.entries.push({ kind: 'moment', phase, ...who(event) });
    return remarks;
  });
}
