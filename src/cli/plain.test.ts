import { expect, test } from 'vitest';
import { count, plain, shortRevision, wrap } from './plain.ts';

test.each([
  ['an escape sequence', 'a\u001b[31mred', String.raw`a\u{1b}[31mred`],
  ['a line end in a name', 'a\nb', String.raw`a\u{a}b`],
  ['a right-to-left override', 'a\u202eb', String.raw`a\u{202e}b`],
  ['a zero-width space', 'a\u200bb', String.raw`a\u{200b}b`],
  ['ordinary unicode', 'größe 🙂', 'größe 🙂'],
])('%s cannot act on a terminal', (_, text, shown) => {
  expect(plain(text)).toBe(shown);
});

test('long words stand alone when a sentence is wrapped', () => {
  expect(wrap('a bb ccccccc d', 4)).toEqual(['a bb', 'ccccccc', 'd']);
});

test('numbers agree with their nouns', () => {
  expect([count(1, 'file'), count(2000, 'file')]).toEqual(['1 file', '2,000 files']);
});

test('a commit id is shortened, a name is not', () => {
  expect(shortRevision('a'.repeat(40))).toBe('aaaaaaaaa');
  expect(shortRevision('index')).toBe('index');
  expect(shortRevision(null)).toBe('nothing');
});
