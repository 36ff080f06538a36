import { expect, test } from 'vitest';
import { finding } from '../../test/sample-judgement.ts';
import { elsewhereWords, joinAlike } from './alike.ts';

test('findings that differ only in their line are told once, with the other lines', () => {
  const alike = joinAlike([finding({ line: 3 }), finding({ line: 9 }), finding({ line: 5 })]);
  expect(alike).toHaveLength(1);
  expect(elsewhereWords(alike[0]?.elsewhere ?? [])).toBe(', also on lines 5, 9');
});

test.each([
  ['path', { path: 'other.sql' }],
  ['message', { message: 'drops column name of users' }],
  ['severity', { severity: 'warn' as const }],
])('a different %s is another finding', (_, other) => {
  expect(joinAlike([finding(), finding(other)])).toHaveLength(2);
});

test('a long list of lines is counted', () => {
  expect(elsewhereWords([1, 2, 3, 4, 5, 6])).toBe(', also on lines 1, 2, 3, 4 and 2 more');
});
