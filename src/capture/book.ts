import type { AgentName } from '../suggestion/event.ts';
import type { Author } from './author.ts';

/** What is known of the sessions of agents in one work tree, and of what the record should hold. */
export interface Book {
  /** Commit that HEAD was at the last look; null when it could not be told. */
  readonly head: string | null;
  /** The journal as it was when the book was last written. */
  readonly journal: JournalHead | null;
  readonly sessions: readonly Session[];
  /** SHA-256 of each file's state by path; a state that is not here, or not like this, was tampered with. */
  readonly files: Readonly<Record<string, string>>;
  /** The same before they were last written, in case that was cut short. */
  readonly filesBefore: Readonly<Record<string, string>>;
  /** The last look took in every file that was not committed, so that what is new since then is seen as new. */
  readonly lookedAll: boolean;
  /** What was found missing or altered and has not been reported with a commit yet. */
  readonly damage: readonly Damage[];
}

export interface JournalHead {
  /** Made when the journal began; another id is another journal. */
  readonly id: string;
  readonly n: number;
  readonly hash: string;
}

export interface Damage {
  readonly kind: 'missing' | 'broken';
  readonly what: string;
}

/** One conversation with one agent. */
export interface Session {
  readonly key: string;
  readonly agent: AgentName;
  readonly conversation: string;
  readonly model: string | null;
  /** Milliseconds. */
  readonly startedAt: number;
  readonly turnAt: number;
  readonly lastAt: number;
  /** The agent is at work: its turn began and has not ended. */
  readonly active: boolean;
  /** It says when a tool has ended; otherwise its next event has to do. */
  readonly posts: boolean;
  /** When it last ran something that may go on by itself, or when the turn that did so ended; null for never. */
  readonly strayAt: number | null;
  readonly calls: number;
  readonly subagents: readonly string[];
  readonly brackets: readonly Bracket[];
}

/** A tool that was let run and has not ended yet, as far as the agent says. */
export interface Bracket {
  readonly callId: string;
  /** Files it said it would write; null for a command, which may write any. */
  readonly paths: readonly string[] | null;
  readonly author: Author;
  /** Milliseconds. */
  readonly from: number;
  /** When its session went on without a word that it had ended; from then on what changes has no known author. */
  readonly overtaken: number | null;
}

/** An agent that has said nothing for so long, with no command running, may have been stopped. */
export const quietMs: number = 20 * 60_000;
/** A command (or a question to the person) that is open longer than this was forgotten. */
export const forgottenMs: number = 6 * 3_600_000;
/** What an agent left running, or never said to have ended, is waited for so long behind the end of its turn. */
export const strayMs: number = 30 * 60_000;
/** Sessions kept; the one that was silent longest goes first. */
export const mostSessions = 200;
export const mostBrackets: number = 64;
export const mostDamage: number = 50;

export const emptyBook: Book = {
  head: null,
  journal: null,
  sessions: [],
  files: {},
  filesBefore: {},
  lookedAll: false,
  damage: [],
};

/** Milliseconds that clocks of files and of processes may differ. */
const clockSlackMs = 20;

/** The moment of a look, and what is known besides the book. */
export interface Now {
  readonly at: number;
  /** Commit that HEAD is at. */
  readonly head: string | null;
  /** Git is bringing in lines of other commits: a merge, a pick, a rebase. */
  readonly busy: boolean;
  /** An agent runs this very process, by its environment. */
  readonly agentHere: boolean;
}

/**
 * Who changed what changed in a file since the last look. Only where no agent was at work, nothing of the record is missing
 * and git did not bring other files meanwhile, it was a person.
 */
export function authorNow(
  book: Book,
  { path, changedAt }: { readonly path: string; readonly changedAt: number | null },
  now: Now,
): Author {
  const open = book.sessions
    .flatMap(({ brackets }) => brackets)
    .filter((bracket) => isOpen(bracket, now.at) && (bracket.paths?.includes(path) ?? true))
    // What changed before the tool was let run was not its doing.
    .filter(({ from }) => changedAt === null || changedAt >= from - clockSlackMs)
    .toSorted((one, other) => other.from - one.from);
  if (open[0] !== undefined) return open[0].author;
  const working = book.sessions.filter(({ active }) => active);
  if (working.some(({ lastAt }) => now.at - lastAt < quietMs)) return 'gap';
  const strays = strayEnd(book.sessions);
  if (strays !== null && Math.min(now.at, changedAt ?? now.at) < strays) return 'gap';
  // Nobody looked between the end of that time and now, so what changed may have changed within it.
  if (strays !== null || working.length > 0 || book.damage.length > 0) return 'unknown';
  if (now.agentHere) return 'gap';
  if (now.busy || now.head === null || now.head !== book.head) return 'base';
  return 'human';
}

function isOpen({ from, overtaken }: Bracket, at: number): boolean {
  return overtaken === null && at - from < forgottenMs;
}

/** Whether an agent's command runs, or may: whoever calls the hook then may be that command. */
export function commandRuns({ sessions }: Book, at: number): boolean {
  const open = sessions.some(({ brackets }) =>
    brackets.some((bracket) => bracket.paths === null && at - bracket.from < forgottenMs),
  );
  return open || at < (strayEnd(sessions) ?? at);
}

/** Until when something that sessions began may write although no agent is at work; null when nothing was begun. */
function strayEnd(sessions: readonly Session[]): number | null {
  const since = sessions
    .flatMap(({ strayAt, brackets }) => [strayAt, ...brackets.map(({ overtaken }) => overtaken)])
    .filter((one) => one !== null);
  return since.length === 0 ? null : Math.max(...since) + strayMs;
}

/** After a look at everything: what was waited for long enough is forgotten. */
export function withoutOldStrays(book: Book, at: number): Book {
  const isOld = (since: number | null): boolean => since !== null && at - since >= strayMs;
  const old = book.sessions.some(
    ({ strayAt, brackets }) =>
      isOld(strayAt) || brackets.some(({ overtaken: since }) => isOld(since)),
  );
  if (!old) return book;
  const sessions = book.sessions.map((session) => ({
    ...session,
    strayAt: isOld(session.strayAt) ? null : session.strayAt,
    brackets: session.brackets.filter(({ overtaken }) => !isOld(overtaken)),
  }));
  return { ...book, sessions };
}

/**
 * A session whose turn begins or ends. A command that nobody said has ended may run on, and may itself be who says
 * that the turn ends; so may what was left running. Edits are over with the turn.
 */
export function atBorder(session: Session, at: number): Session {
  const inTurn = session.strayAt !== null && session.strayAt > session.turnAt;
  return {
    ...session,
    active: false,
    strayAt: inTurn ? at : session.strayAt,
    brackets: overtaken(session.brackets, at),
  };
}

/** Calls that their session left behind. */
export function overtaken(brackets: readonly Bracket[], at: number): readonly Bracket[] {
  return brackets
    .filter(({ paths, from }) => paths === null && at - from < forgottenMs)
    .map((bracket) => ({ ...bracket, overtaken: bracket.overtaken ?? at }));
}

/** Sessions that are at work now, or left something running, latest first. */
export function workingSessions(book: Book, at: number): readonly Session[] {
  return book.sessions
    .filter(
      (session) =>
        (session.active && (at - session.lastAt < quietMs || session.brackets.length > 0)) ||
        strayEnd([session]) !== null,
    )
    .toSorted((one, other) => other.lastAt - one.lastAt);
}

/** The session of a key, as it is or as it begins. */
export function withSession(
  book: Book,
  key: string,
  change: (session: Session | null) => Session,
): Book {
  const before = book.sessions.find((session) => session.key === key) ?? null;
  const others = book.sessions.filter((session) => session.key !== key);
  const all = [...others, change(before)].toSorted((one, other) => other.lastAt - one.lastAt);
  return { ...book, sessions: all.slice(0, mostSessions) };
}

/** Notes once what was found missing or altered. */
export function withDamage(book: Book, damage: Damage): Book {
  const known = book.damage.some(({ kind, what }) => kind === damage.kind && what === damage.what);
  return known ? book : { ...book, damage: [...book.damage, damage].slice(-mostDamage) };
}
