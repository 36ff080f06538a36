import { hash } from 'node:crypto';
import { atBorder, withoutOldStrays } from '../capture/book.ts';
import { mayRunOn } from '../capture/runs-on.ts';
import type { HookEvent } from '../suggestion/event.ts';
import type { Place } from '../outside/journal/place.ts';
import {
  atWork,
  authorOf,
  closeSilent,
  keyOf,
  propose,
  sessionOfEvent,
  updateSession,
  withBracket,
  type ProposedFile,
} from './capture-calls.ts';
import { withLedger, type Recorded } from './capture-ledger.ts';
import { look, lookAround } from './capture-look.ts';
import { modelIn } from './capture-model.ts';
import { inTree, isHome, pathsOf } from './capture-paths.ts';
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
  /** Why the call may write more than these files. */
  readonly unseen?: string | null;
  /** When the question came: what changes later may be the tool's doing already. */
  readonly now: Date;
}

/** What a call wrote, as far as it can be seen. */
export interface RecordedCall extends Recorded {
  /** Files that changed by the call, from the top of the work tree. */
  readonly written: readonly string[];
}

/**
 * Before a tool runs: what was changed by others meanwhile, what the agent asked for, and what it was told. It is called
 * for each work tree that the call touches; where the agent itself does not stand, only files with a name are waited for.
 */
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
    const unseen =
      event.command !== null || event.unseen !== null || (outcome.unseen ?? null) !== null;
    const anywhere = unseen && isHome(place, event);
    const bracket = {
      callId: event.callId,
      author,
      from: at,
      overtaken: null,
      paths: anywhere ? null : files.map(({ path }) => path),
    };
    const runs = !denied && (anywhere || files.length > 0);
    const strays = runs && runsOn(event);
    updateSession(ledger, event, (known) => {
      const session = { ...atWork(known, at), strayAt: strays ? at : known.strayAt };
      return runs ? withBracket(session, bracket) : session;
    });
    if (runs || denied) ledger.entries.push(asked(event, outcome, files));
    return remarks;
  });
}

/** Of a command's text, only this is kept: that it may leave something running. */
function runsOn({ command }: HookEvent): boolean {
  return command !== null && (command.background === true || mayRunOn(command.text));
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

/** After a tool ran: what it wrote, by whatever road, in one of the work trees that it touched. */
export async function recordAfter(
  place: Place,
  event: HookEvent,
  now: Date,
): Promise<RecordedCall> {
  const written: string[] = [];
  const recorded = await withLedger(place, { now }, async (ledger) => {
    const brackets = sessionOfEvent(ledger, event)?.brackets ?? [];
    const bracket = brackets.find(({ callId }) => callId === event.callId) ?? null;
    const author = authorOf(event, bracket !== null);
    const paths = bracket?.paths ?? pathsOf(event, place);
    await lookAtEdited(ledger, event, { author, paths, bracket, written });
    const unseen = event.command !== null || event.unseen !== null;
    const anywhere = bracket?.paths === null || (unseen && isHome(place, event));
    const remarks = anywhere
      ? await lookAtCommanded(ledger, { author, from: bracket?.from ?? null, written })
      : [];
    const model = modelIn(event);
    const strays = runsOn(event);
    updateSession(ledger, event, (session) => ({
      ...atWork(session, ledger.now.at),
      strayAt: strays ? ledger.now.at : session.strayAt,
      model: model ?? session.model,
      posts: true,
      brackets: session.brackets.filter(({ callId }) => callId !== event.callId),
    }));
    if (written.length > 0 || bracket !== null)
      ledger.entries.push({
        kind: 'did',
        ...who(event),
        gated: bracket !== null,
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
    const border = !phase.startsWith('subagent');
    const remarks = border ? await lookEverywhere(ledger, event) : [];
    if (border) ledger.book = withoutOldStrays(ledger.book, ledger.now.at);
    const model = modelIn(event);
    updateSession(ledger, event, (session) => {
      const known = { ...session, model: model ?? session.model };
      const { at } = ledger.now;
      if (phase === 'prompt') return { ...atBorder(known, at), active: true, turnAt: at };
      return phase === 'turn-end' || phase === 'session-end' ? atBorder(known, at) : known;
    });
    ledger.entries.push({ kind: 'moment', phase, ...who(event) });
    return remarks;
  });
}
