import { expect, test } from 'vitest';
import {
  authorNow,
  emptyBook,
  forgottenMs,
  quietMs,
  strayMs,
  type Book,
  type Now,
  type Session,
} from './book.ts';
import { readBook, writeBook } from './book-json.ts';

const session: Session = {
  key: 's_1',
  agent: 'claude-code',
  conversation: 'one',
  model: null,
  startedAt: 0,
  turnAt: 0,
  lastAt: 1_000,
  active: false,
  posts: true,
  strayAt: null,
  calls: 1,
  subagents: [],
  brackets: [],
};
const command = {
  callId: 'c',
  paths: null,
  author: 'ai:s_1::t_1',
  from: 2_000,
  overtaken: null,
} as const;
const left = { brackets: [{ ...command, overtaken: 2_200 }] };
const book: Book = { ...emptyBook, head: 'h1', sessions: [session] };
const now: Now = { at: 3_000, head: 'h1', busy: false, agentHere: false };

function withSession(change: Partial<Session>): Book {
  return { ...book, sessions: [{ ...session, ...change }] };
}

test.each<readonly [string, Book, Partial<Now>, number | null, string]>([
  ['nobody is at work', book, {}, 2_500, 'human'],
  ['an agent is', withSession({ active: true }), {}, 2_500, 'gap'],
  [
    'its command runs',
    withSession({ active: true, brackets: [command] }),
    {},
    2_500,
    'ai:s_1::t_1',
  ],
  ['the command began later', withSession({ active: true, brackets: [command] }), {}, 1_500, 'gap'],
  [
    'it edits this file',
    withSession({ brackets: [{ ...command, paths: ['a.ts'] }] }),
    {},
    null,
    'ai:s_1::t_1',
  ],
  [
    'it edits another file',
    withSession({ active: true, brackets: [{ ...command, paths: ['b.ts'] }] }),
    {},
    null,
    'gap',
  ],
  ['it has been quiet', withSession({ active: true }), { at: quietMs + 1_001 }, null, 'unknown'],
  [
    'its command was forgotten',
    withSession({ active: true, brackets: [command] }),
    { at: forgottenMs + 3_000 },
    null,
    'unknown',
  ],
  ['its turn ended before its command', withSession(left), {}, 2_500, 'gap'],
  ['what it left running may write', withSession({ strayAt: 2_000 }), {}, null, 'gap'],
  [
    'that was over before, and nobody looked',
    withSession({ strayAt: 2_000 }),
    { at: 2_001 + strayMs },
    2_000 + strayMs,
    'unknown',
  ],
  ['that was not over yet', withSession({ strayAt: 2_000 }), { at: 2_001 + strayMs }, 2_500, 'gap'],
  ['HEAD moved', book, { head: 'h2' }, 2_500, 'base'],
  ['nobody can tell where HEAD is', book, { head: null }, 2_500, 'base'],
  ['git merges', book, { busy: true }, 2_500, 'base'],
  ['an agent runs this process', book, { agentHere: true }, 2_500, 'gap'],
  [
    'a part of the record is missing',
    { ...book, damage: [{ kind: 'missing', what: 'x' }] },
    {},
    2_500,
    'unknown',
  ],
])('who changed it when %s', (_, known, more, changedAt, expected) => {
  expect(authorNow(known, { path: 'a.ts', changedAt }, { ...now, ...more })).toBe(expected);
});

test('a book is read back as it was written, and what is none is none', () => {
  const full = { ...withSession({ active: true, brackets: [command] }), files: { 'a.ts': 'x' } };
  expect(readBook(writeBook(full))).toEqual(full);
  for (const text of ['', '{}', '[]', '{"v":1}', '{"v":1,"files":{},"sessions":[{}]}'])
    expect(readBook(text)).toBeNull();
});
