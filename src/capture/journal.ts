import { hash } from 'node:crypto';
import type { JournalHead } from './book.ts';
import { asRecord, parseJson, type JsonRecord } from '../provenance/json.ts';
import { numberOf, textOf } from './reading.ts';

/** What is written down as it happens. No text of a file, prompt or command is in any of them. */
export type Entry = { readonly kind: EntryKind } & Readonly<Record<string, unknown>>;

export type EntryKind =
  /** The journal begins. */
  | 'begun'
  /** A work tree is watched from here on. */
  | 'opened'
  /** An agent asked to use a tool, and what it was told. */
  | 'asked'
  /** An agent's tool ended, and which files it wrote. */
  | 'did'
  /** Lines of a file changed outside any gated call. */
  | 'found'
  /** A session, turn or subagent began or ended. */
  | 'moment'
  /** A commit's lines were attributed and noted. */
  | 'landed'
  /** Commits became others by an amend or a rebase. */
  | 'rewritten'
  /** A part of the record was missing or altered. */
  | 'damaged'
  /** The last record was torn by a kill or a full disk and was taken off. */
  | 'repaired';

export interface JournalRecord {
  readonly n: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly kind: string;
  /** Which journal it belongs to. */
  readonly journal: string;
  readonly prev: string;
  readonly hash: string;
  readonly fields: JsonRecord;
}

/** What stands before the first record. */
const nothing = '0'.repeat(64);

export interface Chained {
  /** Lines to append, each with its line end. */
  readonly text: string;
  readonly head: JournalHead;
}

/** Entries as the next records behind `head`; `id` names the journal if it only begins. */
export function chain(
  head: JournalHead | null,
  entries: readonly Entry[],
  { at, id }: { readonly at: Date; readonly id: string },
): Chained {
  let last: JournalHead = head ?? { id, n: 0, hash: nothing };
  const begun: readonly Entry[] = head === null ? [{ kind: 'begun', v: 1 }] : [];
  const lines = [...begun, ...entries].map((entry) => {
    const body = {
      ...entry,
      journal: last.id,
      n: last.n + 1,
      at: at.toISOString(),
      prev: last.hash,
    };
    const digest = hash('sha256', canonical(body));
    last = { ...last, n: body.n, hash: digest };
    return `${canonical({ ...body, hash: digest })}\n`;
  });
  return { text: lines.join(''), head: last };
}

/** JSON with sorted keys and no blanks, the same for the same value. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

/** One line of a journal, its hash recomputed; null when it is none or its hash does not fit. */
export function readRecord(line: string): JournalRecord | null {
  const json = asRecord(parseJson(line));
  if (json === null) return null;
  const [n, at, kind] = [numberOf(json['n']), textOf(json['at']), textOf(json['kind'])];
  const [prev, digest] = [textOf(json['prev']), textOf(json['hash'])];
  const journal = textOf(json['journal']);
  if (n === null || at === null || kind === null || journal === null) return null;
  if (prev === null || digest === null) return null;
  // Records are canonical as they stand, so what was hashed is the line without its hash.
  const body = line.replace(`,"hash":"${digest}"`, '');
  if (body.length === line.length || hash('sha256', body) !== digest) return null;
  return { n, at, kind, journal, prev, hash: digest, fields: json };
}

export interface ChainReading {
  readonly records: readonly JournalRecord[];
  readonly head: JournalHead | null;
  /** Older records were moved away to bound the size; that is not damage. */
  readonly startsLate: boolean;
  /** Why the chain does not hold; empty when it does. */
  readonly problems: readonly string[];
}

/** More broken places than these are not told. */
const mostProblems = 20;

/** Follows the chain over all its lines, oldest first. */
export function verifyChain(lines: Iterable<string>): ChainReading {
  const records: JournalRecord[] = [];
  const problems: string[] = [];
  let last: JournalRecord | null = null;
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line === '') continue;
    const record = readRecord(line);
    if (record === null) {
      if (problems.length < mostProblems) problems.push(`record ${number} is altered or damaged`);
      continue;
    }
    const expected = last === null ? null : last.n + 1;
    const fits =
      last === null
        ? record.n > 1 || record.prev === nothing
        : record.prev === last.hash && record.journal === last.journal;
    if ((!fits || (expected !== null && record.n !== expected)) && problems.length < mostProblems)
      problems.push(`record ${record.n} does not follow the one before it`);
    records.push(record);
    last = record;
  }
  return {
    records,
    head: last === null ? null : headOf(last),
    startsLate: (records[0]?.n ?? 1) > 1,
    problems,
  };
}

/** The place in the chain that a record stands at. */
export function headOf({ journal, n, hash: digest }: JournalRecord): JournalHead {
  return { id: journal, n, hash: digest };
}
