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
  settleProposals,
  updateSession,
  withBracket,
  type ProposedFile,
} from './capture-calls.ts';
import { dirtyFiles, textsAtHead } from './capture-dirty.ts';
import { setState, stateOf, withLedger, type Ledger, type Recorded } from './capture-ledger.ts';
import { changedAtOnDisk, look, lookAround, type Looked } from './capture-look.ts';
import { modelIn } from './capture-model.ts';
import { inTree, pathsOf } from './capture-paths.ts';
import { hashedLines } from '../capture/line.ts';

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

/** Clocks of files and of processes differ by a little; no agent gets from its answer to a write in less. */
const clockSlackMs = 5;

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
    const remarks = await lookAtEdited(ledger, event, { author, paths, written });
    if (event.command !== null || event.unseen !== null || bracket?.paths === null)
      await lookAtCommanded(ledger, { author, from: bracket?.from ?? null, written });
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

interface Written {
  readonly author: ReturnType<typeof authorOf>;
  readonly written: string[];
}

/** The files an edit named. What the person changed in the proposal before it was written is the person's. */
async function lookAtEdited(
  ledger: Ledger,
  event: HookEvent,
  { author, paths, written }: Written & { readonly paths: readonly string[] },
): Promise<readonly string[]> {
  const fresh = paths.filter((path) => stateOf(ledger, path) === null);
  const texts = await textsAtHead(ledger.place, ledger.now.head, fresh);
  for (const path of paths) {
    const baseline = hashedLines(texts.get(path) ?? '') ?? [];
    const by = event.userModified ? 'human' : author;
    if (look(ledger, path, { author: by, baseline }) !== null) written.push(path);
    const state = stateOf(ledger, path);
    if (state !== null) setState(ledger, settleProposals(state, event.callId));
  }
  return [];
}

/** A command that wrote more files than these unpacked or generated something; the rest has no known author. */
const mostWritten = 2_000;

/** Everything that changed since the command began. */
async function lookAtCommanded(
  ledger: Ledger,
  { author, from, written }: Written & { readonly from: number | null },
): Promise<void> {
  const dirty = await dirtyFiles(ledger.place);
  const paths = new Set([...dirty.paths, ...Object.keys(ledger.book.files)]);
  const since = (from ?? ledger.now.at) - 20;
  const changed = [...paths]
    .filter((path) => (changedAtOnDisk(ledger, path) ?? since) >= since)
    .slice(0, mostWritten);
  const fresh = changed.filter((path) => stateOf(ledger, path) === null);
  const texts = await textsAtHead(ledger.place, ledger.now.head, fresh);
  for (const path of changed) {
    const baseline = hashedLines(texts.get(path) ?? '') ?? [];
    if (look(ledger, path, { author, baseline }) !== null) written.push(path);
  }
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

/** More files that are not committed and not known yet are not looked at in one moment; a hook has no time for more. */
const mostFresh = 500;

/** Known files, and those that are not committed: the first look at one says what was there before. */
async function lookEverywhere(ledger: Ledger, event: HookEvent): Promise<readonly string[]> {
  const session = sessionOfEvent(ledger, event);
  const until = ledger.now.at + clockSlackMs;
  const looked = [...lookAround(ledger, { until })];
  const { paths, why } = await dirtyFiles(ledger.place);
  const { lookedAll } = ledger.book;
  const unknown = paths.filter((path) => ledger.book.files[path] === undefined);
  const fresh = unknown.slice(0, mostFresh);
  const inTurn = session?.active === true ? session.turnAt : Infinity;
  const changed = new Set(
    fresh.filter((path) => lookedAll || (changedAtOnDisk(ledger, path) ?? 0) >= inTurn),
  );
  const texts = await textsAtHead(ledger.place, ledger.now.head, [...changed]);
  for (const path of fresh) {
    const text = changed.has(path) ? (texts.get(path) ?? '') : null;
    const baseline = text === null ? null : hashedLines(text);
    const found = look(ledger, path, { until, ...(baseline === null ? {} : { baseline }) });
    if (found !== null) looked.push(found);
  }
  ledger.book = { ...ledger.book, lookedAll: why === null && fresh.length === unknown.length };
  return gapRemarks(looked, event);
}

function gapRemarks(looked: readonly (Looked | null)[], { agent }: HookEvent): string[] {
  return looked.flatMap((found) =>
    found?.author === 'gap' && found.lines > 0
      ? [`${found.path}: ${found.lines} lines changed while ${agent} was at work, in no gated call`]
      : [],
  );
}
