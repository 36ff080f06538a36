import { expect, test } from 'vitest';
import { readPrePush, readPreReceive } from './pushed-refs.ts';

const none = '0'.repeat(40);
const one = '1'.repeat(40);
const two = '2'.repeat(40);

test.each([
  ['a new branch', `${none} ${one} refs/heads/x`, { ref: 'refs/heads/x', from: null, to: one }],
  ['a moved branch', `${one} ${two} refs/heads/x`, { ref: 'refs/heads/x', from: one, to: two }],
  ['a deleted tag', `${one} ${none} refs/tags/v1`, { ref: 'refs/tags/v1', from: one, to: null }],
  [
    'a name with blanks',
    `${one} ${two} refs/heads/a b`,
    { ref: 'refs/heads/a b', from: one, to: two },
  ],
])('pre-receive reads %s', (_, line, expected) => {
  expect(readPreReceive(`${line}\n`)).toEqual({ refs: [expected], malformed: [] });
});

test('pre-push reads the remote side', () => {
  const line = `refs/heads/x ${two} refs/heads/main ${one}`;
  expect(readPrePush(line).refs).toEqual([{ ref: 'refs/heads/main', from: one, to: two }]);
});

test('a line in no known form is kept as malformed, never dropped', () => {
  expect(readPreReceive('hello\n').malformed).toEqual(['hello']);
  expect(readPreReceive(`${one} ${two} HEAD`).malformed).toHaveLength(1);
});
