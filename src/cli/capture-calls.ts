import { aiAuthor, sessionKey, traceKey, ungatedTraceKey, type Author } from '../capture/author.ts';
import {
  mostBrackets,
  overtaken,
  withSession,
  type Bracket,
  type Session,
} from '../capture/book.ts';
import {
  mostProposals,
  mostProposedLines,
  type FileState,
  type Proposal,
} from '../capture/file-state.ts';
import { hashedLines, type Line } from '../capture/line.ts';
import { diffLists } from '../change/diff.ts';
import type { HookEvent } from '../suggestion/event.ts';
import { type Ledger } from './capture-ledger.ts';
import { setState, stateOf } from './capture-states.ts';

/** An agent that has not told of the end of so many calls tells of none. */
const callsWithoutEnd = 3;

/** The session an event belongs to, by its key. */
export function keyOf({ agent, sessionId }: HookEvent): string {
  return sessionKey(agent, sessionId);
}

/** The author of what one call writes; `gated` when it was asked about before. */
export function authorOf(event: HookEvent, gated: boolean): Author {
  const key = keyOf(event);
  return aiAuthor(key, gated ? traceKey(key, event.callId) : ungatedTraceKey(key, event.callId));
}

/** Changes the session of an event, which begins when it is not known yet. */
export function updateSession(
  ledger: Ledger,
  event: HookEvent,
  change: (session: Session) => Session,
): void {
  const at = ledger.now.at;
  ledger.book = withSession(ledger.book, keyOf(event), (before) => {
    const known = before ?? begun(event, at);
    const subagents =
      event.subagent === null || known.subagents.includes(event.subagent)
        ? known.subagents
        : [...known.subagents, event.subagent].slice(-50);
    const model = event.model ?? known.model;
    return change({ ...known, lastAt: Math.max(at, known.lastAt), model, subagents });
  });
}

function begun(event: HookEvent, at: number): Session {
  return {
    key: keyOf(event),
    agent: event.agent,
    conversation: event.sessionId.slice(0, 200),
    model: event.model,
    startedAt: at,
    turnAt: at,
    lastAt: at,
    active: false,
    posts: false,
    strayAt: null,
    calls: 0,
    subagents: [],
    brackets: [],
  };
}

/** The session as it is known; null before its first event. */
export function sessionOfEvent(ledger: Ledger, event: HookEvent): Session | null {
  return ledger.book.sessions.find(({ key }) => key === keyOf(event)) ?? null;
}

/** A turn begins, or goes on: only the first sign of it counts. */
export function atWork(session: Session, at: number): Session {
  if (session.active) return session;
  const goesOn = session.brackets.length > 0;
  return { ...session, active: true, turnAt: goesOn ? session.turnAt : at };
}

/** The session with one more tool that runs. */
export function withBracket(session: Session, bracket: Bracket): Session {
  const brackets = [...session.brackets, bracket].slice(-mostBrackets);
  return { ...session, brackets, calls: session.calls + 1 };
}

/** An agent that never says when a tool has ended shows it by going on. */
export function closeSilent(ledger: Ledger, event: HookEvent): void {
  const session = sessionOfEvent(ledger, event);
  if (session === null || session.posts || session.calls < callsWithoutEnd) return;
  updateSession(ledger, event, (known) => ({
    ...known,
    brackets: overtaken(known.brackets, ledger.now.at),
  }));
}

export interface ProposedFile {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Keeps which lines a call would add to a file, by their hashes. */
export function propose(
  ledger: Ledger,
  { path, before, after }: ProposedFile,
  proposal: Omit<Proposal, 'lines'>,
): number {
  const lines = addedLines(before, after);
  const state = stateOf(ledger, path);
  if (state === null || lines.length === 0) return lines.length;
  const proposals = [...state.proposals, { ...proposal, lines: lines.slice(0, mostProposedLines) }];
  setState(ledger, { ...state, proposals: proposals.slice(-mostProposals) });
  return lines.length;
}

function addedLines(before: string | null, after: string | null): readonly Line[] {
  const [old, now] = [hashedLines(before ?? ''), hashedLines(after ?? '')];
  if (old === null || now === null) return [];
  const strong = (lines: readonly Line[]): readonly string[] => lines.map((line) => line.strong);
  return diffLists(strong(old), strong(now)).flatMap(({ newStart, added }) =>
    now.slice(newStart - 1, newStart - 1 + added.length),
  );
}

/** What a call proposed was written, or will not be. */
export function settleProposals(state: FileState, callId: string): FileState {
  const proposals = state.proposals.filter((one) => one.callId !== callId || one.denied);
  return proposals.length === state.proposals.length ? state : { ...state, proposals };
}
