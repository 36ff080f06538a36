import { agentNames } from '../suggestion/event.ts';
import { readAuthor, sessionOf } from './author.ts';
import type { Book, Bracket, Damage, JournalHead, Session } from './book.ts';
import { asList, asRecord, parseJson, type JsonRecord } from '../provenance/json.ts';
import { numberOf, textOf } from './reading.ts';

/** A book as text. */
export function writeBook(book: Book): string {
  return `${JSON.stringify({ v: 1, ...book })}\n`;
}

/** A book read back; null for what is none. */
export function readBook(text: string): Book | null {
  const json = asRecord(parseJson(text));
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
    strayAt: numberOf(json['strayAt']),
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
  const callId = textOf(json['callId']) ?? '';
  const from = numberOf(json['from']) ?? 0;
  return [{ callId, paths, author, from, overtaken: numberOf(json['overtaken']) }];
}
