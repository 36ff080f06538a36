import { describe, expect, test } from 'vitest';
import type { Fate, FateOfFinding } from './learn.ts';
import { recordsOf, upperShare } from './learn.ts';

function fates(
  counts: Partial<Record<Fate, number>>,
  severity: 'block' | 'warn' | 'note' = 'warn',
) {
  return Object.entries(counts).flatMap(([fate, number]) =>
    Array.from({ length: number }, (_, at): FateOfFinding => ({
      guard: 'a/b',
      severity,
      fate: fate as Fate,
      change: fate === 'heeded' ? null : `${fate}${at}`,
    })),
  );
}

describe('the record of a guard', () => {
  test.each([
    ['ten of ten dismissed', { dismissed: 10 }, 'note'],
    ['two of twelve heeded', { heeded: 2, dismissed: 4, landed: 6 }, 'note'],
    ['half of ten heeded: it may still be useful', { heeded: 5, landed: 5 }, null],
    ['all heeded', { heeded: 30 }, null],
    ['seven dismissed: too few to say', { dismissed: 7 }, null],
    ['proved right by reverts', { proved: 9, landed: 1 }, null],
  ] as const)('%s', (_, counts, advice) => {
    expect(recordsOf(fates(counts), 300)[0]?.advice?.severity ?? null).toBe(advice);
  });

  test('goes down one step at a time, and a note not at all', () => {
    expect(recordsOf(fates({ dismissed: 20 }, 'block'), 300)[0]?.advice?.severity).toBe('warn');
    expect(recordsOf(fates({ dismissed: 20 }, 'note'), 300)[0]?.advice).toBeNull();
  });

  test('says how often it was wrong, and when it held up too many changes', () => {
    const because = recordsOf(fates({ dismissed: 18, heeded: 1 }), 300)[0]?.advice?.because;
    expect(because).toContain('18 of 19');
    expect(because).toContain('18 of 300');
  });

  test('is silent about a guard without findings', () => {
    expect(recordsOf([], 300)).toEqual([]);
  });
});

// By hand: Wilson's upper end for 0 of 10 at z = 1.645 is z²/(n + z²) = 2.706 / 12.706.
test('the upper end of the interval', () => {
  expect(upperShare(0, 10)).toBeCloseTo(0.213, 3);
  expect(upperShare(10, 10)).toBe(1);
  expect(upperShare(0, 0)).toBe(1);
});
