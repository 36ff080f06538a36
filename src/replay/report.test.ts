import { describe, expect, test } from 'vitest';
import { fileOf, landed } from '../../test/replay-facts.ts';
import type { Outcome } from './fact.ts';
import { adviceFrom } from './report-advice.ts';
import { differenceOf, rateOf, ratioRange } from './report-rates.ts';
import { aiEffectIn, riskFigures } from './report-risk.ts';
import { kindOf, reviewOf } from './report.ts';

function outcome(commit: string, told: Partial<Outcome> = {}): Outcome {
  return {
    commit,
    verdict: 'clean',
    kind: null,
    sort: null,
    confidence: 1,
    by: null,
    says: '',
    at: null,
    ...told,
  };
}

describe('a ratio of two rates', () => {
  test.each<
    [readonly [number, number], readonly [number, number], readonly [number, number] | null]
  >([
    // 20.5 / 10.5, times and by e to 1.96 × sqrt(1/20.5 - 1/100.5 + 1/10.5 - 1/100.5)
    [
      [20, 100],
      [10, 100],
      [0.98, 3.89],
    ],
    [
      [5, 50],
      [0, 500],
      [6.12, 1943.3],
    ],
    [[0, 0], [10, 100], null],
  ])('%j against %j', (one, other, range) => {
    const found = ratioRange(one, other);
    expect(found?.map((end) => Math.round(end * 100) / 100) ?? null).toEqual(range);
  });
});

describe('rates', () => {
  test.each([
    [0, 0, null, 0, 1],
    [0, 10, 0, 0, 0.2775],
    [5, 10, 0.5, 0.2366, 0.7634],
    [10, 10, 1, 0.7225, 1],
  ])('%i bad of %i', (bad, known, share, low, high) => {
    const rate = rateOf({ changes: known, known, bad });
    expect(rate.share).toBe(share);
    expect(rate.low).toBeCloseTo(low, 3);
    expect(rate.high).toBeCloseTo(high, 3);
  });

  test('differ for certain only when there are enough of both', () => {
    const one = (bad: number, known: number) => rateOf({ changes: known, known, bad });
    expect(differenceOf(one(2, 10), one(1, 10))?.low).toBeLessThan(0);
    expect(differenceOf(one(200, 1000), one(100, 1000))?.low).toBeGreaterThan(0.05);
    expect(differenceOf(one(1, 10), one(0, 0))).toBeNull();
  });
});

test.each([
  ['fix: no crash', 'fix'],
  ['Fixes the cart', 'fix'],
  ['feat(cart): coupons', 'feature'],
  ['Add coupons', 'feature'],
  ['fix(deps): update zod', 'dependencies'],
  ['Bump zod', 'dependencies'],
  ['Revert "Add coupons"', 'revert'],
  ['docs: how to', 'documentation'],
  ['Speed up', 'other'],
])('%s is of the kind %s', (subject, kind) => {
  expect(kindOf(subject)).toBe(kind);
});

describe('a review', () => {
  const at = Date.UTC(2026, 0, 31) / 1000;
  const facts = [
    landed({ commit: 'a', landedAt: at, subject: 'feat: a', files: [fileOf('src/cart/a.ts', 10)] }),
    landed({
      commit: 'b',
      landedAt: at + 86_400,
      aiSeen: true,
      tools: [{ tool: 'codex', model: null }],
    }),
    landed({ commit: 'c', landedAt: at + 86_400, files: [fileOf('CHANGELOG.md', 3)] }),
  ];
  const outcomes = [
    outcome('a', { verdict: 'bad', kind: 'reverted', at: at + 7200, says: 'taken back' }),
    outcome('b'),
    outcome('c', { verdict: 'unknown' }),
  ];
  const review = reviewOf(facts, outcomes, [0, 3]);
  const effect = aiEffectIn(facts, outcomes, [0, 3]);

  test('counts by month, tool, area and kind, and leaves out what is not known yet', () => {
    expect(review.all).toMatchObject({ changes: 3, known: 2, bad: 1, share: 0.5 });
    expect(review.months.map(({ name, all }) => [name, all.known])).toEqual([
      ['2026-01', 1],
      ['2026-02', 1],
    ]);
    expect(review.tools).toMatchObject([{ name: 'codex', changes: 1, bad: 0 }]);
    expect(review.areas.map(({ name }) => name)).toEqual(['src', 'src/cart']);
    expect(review.kinds.find(({ name }) => name === 'feature')).toMatchObject({ bad: 1 });
  });

  test('names what was taken back within a day', () => {
    expect(review.nearMisses.map(({ fact, hours }) => [fact.commit, hours])).toEqual([['a', 2]]);
  });

  test('advises nothing on so little, but what went round the gate', () => {
    expect(adviceFrom({ review, effect, results: [], bypasses: 0 })).toEqual([]);
    expect(adviceFrom({ review, effect, results: [], bypasses: 2 })).toHaveLength(1);
  });

  test('measures risk on the last changes, and says nothing where nothing turned out bad', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      landed({
        commit: String(index),
        landedAt: at + index,
        files: [fileOf('src/a.ts', index % 10)],
      }),
    );
    const clean = many.map(({ commit }) => outcome(commit));
    expect(riskFigures(many, clean, { span: [0, 100] })).toMatchObject({
      auc: null,
      heldOut: 20,
      bad: 0,
    });
    const large = many.map(({ commit, files }) =>
      outcome(commit, (files[0]?.added ?? 0) > 8 ? { verdict: 'bad', at: 0 } : {}),
    );
    const { auc, model, baselines } = riskFigures(many, large, { span: [0, 100] });
    expect([auc, model, baselines.added.auc]).toEqual([1, 'default', 1]);
  });

  test('learns nothing from what was too young at the border, but what was known for bad', () => {
    const daily = Array.from({ length: 500 }, (_, index) =>
      landed({ commit: String(index), landedAt: at + index * 86_400 }),
    );
    const turns = daily.map(({ commit, landedAt }, index) =>
      outcome(commit, index % 5 === 0 ? { verdict: 'bad', at: landedAt + 86_400 } : {}),
    );
    const { says } = riskFigures(daily, turns, { span: [0, 500], observeDays: 60 });
    // 400 lie before the border; of the last 59 only the 11 bad ones were known by then.
    expect(says).toContain('352 changes, 80 of them bad');
  });
});
