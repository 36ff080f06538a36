import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, chain, headOf, readRecord, verifyChain } from './journal.ts';

const at = new Date('2026-01-02T03:04:05Z');

function journal(count: number): readonly string[] {
  const entries = Array.from(
    { length: count },
    (_, n) => ({ kind: 'found', path: `f${n}` }) as const,
  );
  return chain(null, entries, { at, id: 'j' }).text.trimEnd().split('\n');
}

test('records follow each other, also over several writings', () => {
  const first = chain(null, [{ kind: 'opened' }], { at, id: 'j' });
  const second = chain(first.head, [{ kind: 'landed', commit: 'c' }], { at, id: 'other' });
  const { records, problems, head } = verifyChain((first.text + second.text).split('\n'));
  expect(problems).toEqual([]);
  expect(records.map(({ n, kind }) => `${n} ${kind}`)).toEqual(['1 begun', '2 opened', '3 landed']);
  expect(head).toEqual(second.head);
});

test('canonical JSON is the same whatever the order of fields', () => {
  expect(canonical({ b: [1, undefined, { d: 'x', c: null }], a: undefined })).toBe(
    '{"b":[1,null,{"c":null,"d":"x"}]}',
  );
});

test('any change of any character of any record is noticed', () => {
  const lines = journal(4);
  const whole = lines.join('\n');
  fc.assert(
    fc.property(
      fc.nat(whole.length - 1),
      fc.constantFrom('0', 'a', '"', ' ', '\n'),
      (place, put) => {
        fc.pre(whole.charAt(place) !== put);
        const { problems } = verifyChain(
          (whole.slice(0, place) + put + whole.slice(place + 1)).split('\n'),
        );
        // Blanks between the fields say nothing; everything else is in the hash.
        expect(problems.length).toBeGreaterThan(0);
      },
    ),
  );
});

test('a record that is taken out, moved or doubled is noticed, unless it is the last', () => {
  const lines = journal(5);
  for (let n = 1; n < lines.length - 1; n += 1) {
    expect(verifyChain(lines.toSpliced(n, 1)).problems).not.toEqual([]);
    expect(verifyChain(lines.toSpliced(n, 0, lines[n] ?? '')).problems).not.toEqual([]);
  }
  expect(verifyChain(lines.toReversed()).problems).not.toEqual([]);
});

test('a journal whose oldest part was let go still holds', () => {
  const { problems, startsLate } = verifyChain(journal(5).slice(2));
  expect([problems, startsLate]).toEqual([[], true]);
});

test('reading never throws, whatever stands there', () => {
  fc.assert(fc.property(fc.array(fc.string()), (lines) => void verifyChain(lines)));
  expect(readRecord('{"n":1}')).toBeNull();
  expect(readRecord('null')).toBeNull();
  const [first = ''] = journal(1);
  const record = readRecord(first);
  expect(record === null ? null : headOf(record).n).toBe(1);
});
