import { readAuthor, sessionOf, type Author } from './author.ts';
import { asList, asRecord, numberOf, parsed, textOf, type JsonRecord } from './reading.ts';
import { agentNames, type AgentName } from '../suggestion/event.ts';

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
}

/** An agent that has said nothing for so long, with no command running, may have been stopped. */
export const quietMs: number = 20 * 60_000;
/** A command (or a question to the person) that is open longer than this was forgotten. */
export const forgottenMs: number = 6 * 3_600_000;
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
    .filter(({ from, paths }) => now.at - from < forgottenMs && (paths?.includes(path) ?? true))
    // What changed before the tool was let run was not its doing.
    .filter(({ from }) => changedAt === null || changedAt >= from - clockSlackMs)
    .toSorted((one, other) => other.from - one.from);
  if (open[0] !== undefined) return open[0].author;
  const working = book.sessions.filter(({ active }) => active);
  if (working.some(({ lastAt }) => now.at - lastAt < quietMs)) return 'gap';
  if (working.length > 0 || book.damage.length > 0) return 'unknown';
  if (now.agentHere) return 'gap';
  if (now.busy || now.head === null || now.head !== book.head) return 'base';
  return 'human';
}

/** Sessions that are at work now, latest first. */
export function workingSessions(book: Book, at: number): readonly Session[] {
  return book.sessions
    .filter(
      ({ active, lastAt, brackets }) => active && (at - lastAt < quietMs || brackets.length > 0),
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

export function writeBook(book: Book): string {
  return `${JSON.stringify({ v: 1, ...book })}\n`;
}

/** A book read back; null for what is none. */
export function readBook(text: string): Book | null {
  const json = asRecord(parsed(text));
  if (json === null || json['v'] !== 1) return null;
  const sessions = asList(json['sessions']).map(sessionIn);
  const files = asRecord(json['files']);
  if (sessions.includes(null) || files === null) return null;
  return {
    head: textOf(json['head']),
    journal: journalHeadIn(json['journal']),
    sessions: sessions.filter((one) => one !== null),
    files: textsIn(files),
    filesBefore: textsIn(asRecord(json['filesBefore']) ?? {}),
    lookedAll: json['lookedAll'] === true,
    damage: asList(json['damage']).map(damageIn),
  };
}

function textsIn(json: JsonRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    ),
  );
}

function journalHeadIn(value: unknown): JournalHead | null {
  const json = asRecord(value);
  const [id, n, hash] = [textOf(json?.['id']), numberOf(json?.['n']), textOf(json?.['hash'])];
  return id === null || n === null || hash === null ? null : { id, n, hash };
}

function damageIn(value: unknown): Damage {
  const json = asRecord(value);
  return {
    kind: json?.['kind'] === 'missing' ? 'missing' : 'broken',
    what: textOf(json?.['what']) ?? 'the record',
  };
}

function sessionIn(value: unknown): Session | null {
  const json = asRecord(value);
  const key = textOf(json?.['key']);
  const agent = agentNames.find((name) => name === json?.['agent']);
  if (json === null || key === null || agent === undefined) return null;
  return {
    key,
    agent,
    conversation: textOf(json['conversation']) ?? '',
    model: textOf(json['model']),
    startedAt: numberOf(json['startedAt']) ?? 0,
    turnAt: numberOf(json['turnAt']) ?? 0,
    lastAt: numberOf(json['lastAt']) ?? 0,
    active: json['active'] !== false,
    posts: json['posts'] === true,
    calls: numberOf(json['calls']) ?? 0,
    subagents: asList(json['subagents']).filter((one) => typeof one === 'string'),
    brackets: asList(json['brackets']).flatMap((one) => bracketIn(asRecord(one))),
  };
}

function bracketIn(json: JsonRecord | null): readonly Bracket[] {
  const author = readAuthor(json?.['author']);
  if (json === null || sessionOf(author) === null) return [];
  const paths = Array.isArray(json['paths'])
    ? asList(json['paths']).filter((path) => typeof path === 'string')
    : null;
  return [
    { callId: textOf(json['callId']) ?? '', paths, author, from: numberOf(json['from']) ?? 0 },
  ];
}
