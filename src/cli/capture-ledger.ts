import { hash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  emptyBook,
  withDamage,
  type Book,
  type Damage,
  type JournalHead,
  type Now,
} from '../capture/book.ts';
import { readBook, writeBook } from '../capture/book-json.ts';
import { writeFileState, type FileState } from '../capture/file-state.ts';
import { chain, headOf, readRecord, type Entry } from '../capture/journal.ts';
import { gitIsBusy, headCommit } from '../outside/journal/head.ts';
import { codeOf, underLock } from '../outside/journal/lock.ts';
import { captureFolder, journalFolder, type Place } from '../outside/journal/place.ts';
import { appendLines, cutTorn, journalLines, journalTail } from '../outside/journal/segments.ts';
import {
  keep,
  namesIn,
  ownFolder,
  readKept,
  stateDigest,
  stateName,
} from '../outside/journal/states.ts';

/** The record of one work tree while it is held: read when opened, changed in memory, written when done. */
export interface Ledger {
  readonly place: Place;
  /** As looks see it: a commit that is being attributed did not move HEAD for them. */
  now: Now;
  /** Where HEAD is, to be remembered. */
  readonly head: string | null;
  book: Book;
  readonly states: Map<string, FileState | null>;
  readonly changed: Set<string>;
  readonly entries: Entry[];
  /** The end of the journal on disk. */
  journal: JournalHead | null;
  /** Name of the journal, also of one that only begins. */
  journalId: string;
  readonly tornBytes: number;
}

export interface Opening {
  readonly now: Date;
  /** An agent runs this very process. The hooks of agents leave it out: there the event says who is at work. */
  readonly agentHere?: boolean;
}

/** What became of something that was to be recorded. */
export interface Recorded {
  readonly recorded: boolean;
  /** Why it was not; null when it was. */
  readonly why: string | null;
  /** What was found that nobody had gated, or was missing, for people to read. */
  readonly remarks: readonly string[];
}

/** Does something with the record and writes it down. Never throws: a hook goes on without its record. */
export async function withLedger(
  place: Place,
  { now, agentHere = false }: Opening,
  work: (ledger: Ledger) => Promise<readonly string[]> | readonly string[],
): Promise<Recorded> {
  try {
    const held = await underLock(journalFolder(place), async (stillHeld) => {
      const ledger = openLedger(place, { now, agentHere });
      const remarks = await work(ledger);
      if (!stillHeld()) return null;
      saveLedger(ledger);
      return remarks;
    });
    if ('notDone' in held) return notRecorded(held.notDone);
    if (held.done === null) return notRecorded('the lock of the record was taken away meanwhile');
    return { recorded: true, why: null, remarks: held.done };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const code = codeOf(error);
    return notRecorded(code === 'unknown reason' ? said : `the record cannot be written (${code})`);
  }
}

function notRecorded(why: string): Recorded {
  return { recorded: false, why, remarks: [] };
}

/**
 * Reads the record as it is, without holding it; changes to it are not written. What looks damaged may only be half
 * written: `readSteadily` tells.
 */
export function openLedger(place: Place, { now: date, agentHere = false }: Opening): Ledger {
  const now: Now = {
    at: date.getTime(),
    head: headCommit(place),
    busy: gitIsBusy(place),
    agentHere,
  };
  // In this order: the journal is written before the book, so a later journal fits an earlier book.
  const opened = openBook(place, now);
  const tail = journalTail(journalFolder(place));
  const record = tail.line === null ? null : readRecord(tail.line);
  const journal = record === null ? null : headOf(record);
  const damage = [
    ...opened.damage,
    ...(tail.line !== null && record === null ? [broken] : []),
    ...journalDamage(opened.book.journal, journal),
  ];
  const entries: Entry[] = [];
  if (tail.tornBytes > 0) entries.push({ kind: 'repaired', bytes: tail.tornBytes });
  if (opened.fresh) entries.push({ kind: 'opened', tree: treeName(place) });
  const ledger: Ledger = {
    place,
    now,
    head: now.head,
    book: opened.book,
    states: new Map(),
    changed: new Set(),
    entries,
    journal,
    journalId: journal?.id ?? newJournalId(),
    tornBytes: tail.tornBytes,
  };
  for (const one of damage) noteDamage(ledger, one);
  return ledger;
}

/** A name for a journal that begins. */
export function newJournalId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16);
}

const broken: Damage = { kind: 'broken', what: 'the last record of the journal' };

function journalDamage(known: JournalHead | null, found: JournalHead | null): readonly Damage[] {
  if (known === null) return [];
  if (found === null) return [{ kind: 'missing', what: 'the journal' }];
  const same = found.id === known.id && found.n >= known.n;
  const altered = found.n === known.n && found.hash !== known.hash;
  return same && !altered ? [] : [{ kind: 'broken', what: 'the journal' }];
}

interface OpenedBook {
  readonly book: Book;
  readonly fresh: boolean;
  readonly damage: readonly Damage[];
}

/** A work tree that was watched before has a book; when it is gone, that is no new beginning. */
function openBook(place: Place, now: Now): OpenedBook {
  const folder = captureFolder(place);
  const text = readKept(join(folder, bookName));
  const book = text === null ? null : readBook(text);
  if (book !== null) return { book, fresh: false, damage: [] };
  const began = { ...emptyBook, head: now.head };
  const was = text !== null || wasOpened(place) || namesIn(folder).some((name) => isState(name));
  const kind = text === null ? 'missing' : 'broken';
  const damage: readonly Damage[] = was ? [{ kind, what: 'what is known of the sessions' }] : [];
  return { book: began, fresh: true, damage };
}

const bookName = 'book.json';

function isState(name: string): boolean {
  return /^[0-9a-f]{32}\.json$/.test(name);
}

function wasOpened(place: Place): boolean {
  const mark = `"tree":"${treeName(place)}"`;
  return journalLines(journalFolder(place)).some((line) => line.includes(mark));
}

/** A work tree's name in the journal: it says nothing of where it lies. */
function treeName({ gitDir }: Place): string {
  return hash('sha256', gitDir).slice(0, 16);
}

/** Whether this reading found a part of the record missing or altered that was not known before. */
export function foundDamage({ entries }: Ledger): boolean {
  return entries.some(({ kind }) => kind === 'damaged');
}

/** What was written down as damaged before this reading. */
export function knownDamage({ book, entries }: Ledger): readonly Damage[] {
  const found = new Set(entries.filter(({ kind }) => kind === 'damaged').map(({ what }) => what));
  return book.damage.filter(({ what }) => !found.has(what));
}

/** Writes down that a part of the record is missing or altered. From then on, nothing is taken for a person's. */
export function noteDamage(ledger: Ledger, damage: Damage): void {
  const before = ledger.book;
  ledger.book = withDamage(before, damage);
  if (ledger.book !== before) ledger.entries.push({ ...damage, kind: 'damaged', how: damage.kind });
}

/** Journal first, then the book, then the states: whatever is cut short, the next one sees which came first. */
function saveLedger(ledger: Ledger): void {
  const { place, entries, now, tornBytes } = ledger;
  const [folder, states] = [journalFolder(place), captureFolder(place)];
  ownFolder(folder);
  let journal = ledger.journal;
  if (entries.length > 0 || journal === null) {
    cutTorn(folder, tornBytes);
    const chained = chain(journal, entries, { at: new Date(now.at), id: ledger.journalId });
    appendLines(folder, chained.text);
    journal = chained.head;
  }
  const texts = [...ledger.changed].flatMap((path) => {
    const state = ledger.states.get(path);
    return state === null || state === undefined ? [] : [[path, writeFileState(state)] as const];
  });
  const files = { ...ledger.book.files };
  const filesBefore: Record<string, string> = {};
  for (const [path, text] of texts) {
    filesBefore[path] = files[path] ?? '';
    // Files that were written last stand last.
    delete files[path];
    files[path] = stateDigest(text);
  }
  keep(
    states,
    bookName,
    writeBook({ ...ledger.book, journal, head: ledger.head, files, filesBefore }),
  );
  for (const [path, text] of texts) keep(states, stateName(path), text);
}
