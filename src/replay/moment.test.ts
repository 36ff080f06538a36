import { describe, expect, test } from 'vitest';
import { firstSince, latestMoment, momentOf } from './moment.ts';

function landedAt(...times: readonly number[]): readonly { landedAt: number }[] {
  return times.map((time) => ({ landedAt: time }));
}

const wrongAhead = landedAt(10, 20, 9_000, 40, 50);

describe('when a change landed', () => {
  test.each([
    ['its own time where clocks run in order', landedAt(10, 20, 30), 1, 20],
    ['the usual time around it where its clock ran ahead', wrongAhead, 2, 50],
    ['its own at the end, where nothing follows', landedAt(10, 20, 30), 2, 30],
    ['endlessly late behind the end', landedAt(10), 3, Infinity],
  ])('%s', (_, facts, index, time) => {
    expect(momentOf(facts, index)).toBe(time);
  });
});

test.each([
  ['the first on the day itself', landedAt(10, 20, 30), 20, 1],
  ['none, when all are older', landedAt(10, 20, 30), 31, 3],
  ['not the one whose clock ran ahead', landedAt(10, 20, 9_000, 40, 50, 60, 70), 60, 5],
])('a span begins with %s', (_, facts, since, first) => {
  expect(firstSince(facts, since)).toBe(first);
});

test('a clock that runs ahead of now does not make a history longer', () => {
  expect([latestMoment(wrongAhead, 100), latestMoment(wrongAhead)]).toEqual([50, 9_000]);
});
