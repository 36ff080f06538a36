import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { featureNames } from '../features.ts';
import { aiEffect } from './ai-effect.ts';
import type { AiRow } from './ai-effect.ts';
import { binsOf } from './bins.ts';
import { averaged, boost, boostedScore } from './boosting.ts';
import { calibrate, calibrated, chanceOf } from './calibration.ts';
import { columnsOf, tableOf } from './columns.ts';
import { evaluate } from './evaluate.ts';
import { intervalOf } from './interval.ts';
import * as metrics from './metrics.ts';
import { diceOf } from './random.ts';
import { placeIn, standingOf } from './standing.ts';

const place = fc.double({ min: 0, max: 1, noNaN: true });
const seen = fc.array(fc.record({ place, bad: fc.boolean(), weight: fc.constantFrom(0.25, 1) }), {
  maxLength: 80,
});

describe('calibration', () => {
  property.prop([seen, place, place])('never falls as the place rises', (known, a, b) => {
    const calibration = calibrate(known);
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    expect(calibrated(calibration, low)).toBeLessThanOrEqual(calibrated(calibration, high));
  });

  test('says the rate that was seen', () => {
    const dice = diceOf(1);
    const known = Array.from({ length: 4000 }, () => {
      const at = dice();
      return { place: at, bad: dice() < 0.3 * at, weight: 1 };
    });
    const calibration = calibrate(known);
    expect(calibrated(calibration, 0.5)).toBeCloseTo(0.15, 1);
    const mean = known.reduce((sum, one) => sum + calibrated(calibration, one.place), 0) / 4000;
    expect(mean).toBeCloseTo(known.filter(({ bad }) => bad).length / 4000, 2);
  });
});

property.prop([
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
])('a higher score never stands lower, and every place is between 0 and 1', (scores, a, b) => {
  const standing = standingOf(Float64Array.from(scores));
  const low = placeIn(standing, Math.min(a, b));
  const high = placeIn(standing, Math.max(a, b));
  expect(low).toBeLessThanOrEqual(high + 1e-12);
  expect(low).toBeGreaterThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(1);
});

test('averaging trees with themselves changes no answer', () => {
  const dice = diceOf(2);
  const rows = Array.from({ length: 300 }, () => columnsOf(featureNames.map(() => 50 * dice())));
  const table = tableOf(rows);
  const bad = Float64Array.from(rows, (row) => (dice() < (row[4] ?? 0) / 5 ? 1 : 0));
  const lesson = { table, bins: binsOf(table), bad };
  const boosted = boost(lesson, { rounds: 30, columns: [0, 4, 9], dice });
  const twice = averaged([boosted, boosted]);
  for (const row of rows)
    expect(boostedScore(twice, row)).toBeCloseTo(boostedScore(boosted, row), 4);
  const scores = rows.map((row) => boostedScore(boosted, row));
  expect(metrics.areaUnderCurve(scores, Array.from(bad, Boolean))).toBeGreaterThan(0.7);
});

describe('measures', () => {
  const judged = [
    { score: 0.9, bad: true, lines: 80 },
    { score: 0.6, bad: false, lines: 10 },
    { score: 0.4, bad: true, lines: 5 },
    { score: 0.1, bad: false, lines: 5 },
  ];

  test.each([
    [
      'area under the curve',
      metrics.areaUnderCurve([0.9, 0.6, 0.4, 0.1], [true, false, true, false]),
      0.75,
    ],
    ['area of equal scores', metrics.areaUnderCurve([1, 1, 1], [true, false, true]), 0.5],
    ['area with one kind only', metrics.areaUnderCurve([1, 2], [true, true]), 0.5],
    ['captured in the riskiest half', metrics.capturedAt(judged, 0.5), 0.5],
    [
      'captured among equals is what chance finds',
      metrics.capturedAt(
        judged.map((one) => ({ ...one, score: 1 })),
        0.25,
      ),
      0.25,
    ],
    ['lift', metrics.liftAt(judged, 0.25), 2],
    ['Brier', metrics.brierScore(judged), (0.01 + 0.36 + 0.36 + 0.01) / 4],
    ['found by reading a fifth, riskiest first', metrics.recallAtFifthOfEffort(judged), 0],
    [
      'found by reading a fifth, most risk a line first',
      metrics.recallAtFifthOfEffort(metrics.perLine(judged)),
      0.5,
    ],
    [
      'Popt of the best order',
      metrics.popt(
        judged.map((one) => ({ ...one, score: one.bad ? 1000 - one.lines : -one.lines })),
      ),
      1,
    ],
    [
      'Popt of the worst order',
      metrics.popt(
        judged.map((one) => ({ ...one, score: one.bad ? one.lines - 1000 : one.lines })),
      ),
      0,
    ],
    ['no changes', metrics.popt([]), 0.5],
    [
      'calibration error when the rate is right',
      metrics.calibrationError(
        Array.from({ length: 100 }, (_, index) => ({ score: 0.5, bad: index % 2 === 0, lines: 1 })),
      ),
      0,
    ],
  ])('%s', (_, value, expected) => {
    expect(value).toBeCloseTo(expected, 10);
  });

  test('an interval holds the value and narrows with more changes', () => {
    const few = Array.from({ length: 40 }, (_, index) => index % 4);
    const many = Array.from({ length: 4000 }, (_, index) => index % 4);
    const [wide, narrow] = [few, many].map((items) =>
      intervalOf(items, (some) => some.reduce((sum, value) => sum + value, 0) / some.length, {
        dice: diceOf(1),
        rounds: 200,
      }),
    );
    expect(wide!.low).toBeLessThan(1.5);
    expect(wide!.high).toBeGreaterThan(1.5);
    expect(narrow!.high - narrow!.low).toBeLessThan((wide!.high - wide!.low) / 5);
  });
});

describe('an evaluation', () => {
  test('of random outcomes finds nothing, and the interval says so', () => {
    const dice = diceOf(3);
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      features: featureNames.map(() => Math.round(100 * dice())),
      bad: dice() < 0.3,
      at: index,
    }));
    const { heldOut, auc, random, aucOverLinesAdded } = evaluate(rows, { seed: 1 });
    expect(heldOut).toBe(200);
    expect(auc.low).toBeLessThan(0.5);
    expect(auc.high).toBeGreaterThan(0.5);
    expect(aucOverLinesAdded.low).toBeLessThan(0);
    expect(random.popt).toBeCloseTo(0.5, 1);
  });
});

describe('the effect of AI', () => {
  /** Bigger changes are worse, and with AI they are bigger; `extra` is what AI adds of its own, in log odds. */
  function rows(count: number, extra: number): readonly AiRow[] {
    const dice = diceOf(11);
    return Array.from({ length: count }, () => {
      const ai = dice() < 0.3;
      const size = (ai ? 2 : 0) + 4 * dice();
      const features = featureNames.map((name) => (name === 'la' ? Math.round(Math.exp(size)) : 1));
      return { features, ai, bad: dice() < chanceOf(size - 4 + (ai ? extra : 0)) };
    });
  }

  test('is none where AI changes are only larger', () => {
    const found = aiEffect(rows(4000, 0));
    const rate = ({ changes, bad }: { changes: number; bad: number }): number => bad / changes;
    expect(rate(found.withAi) - rate(found.withoutAi)).toBeGreaterThan(0.2);
    expect(found.verdict).toBe('cannot tell');
    expect(found.says).toMatch(
      /^cannot tell whether AI makes a difference: bad changes are between/,
    );
  });

  test.each([
    [1, 'more often'],
    [-1, 'less often'],
  ] as const)('of %s in log odds is found, and no cause is claimed', (extra, verdict) => {
    const found = aiEffect(rows(4000, extra));
    expect(found.verdict).toBe(verdict);
    expect(found.says).toContain('proves no cause');
    expect(Math.sign(found.low!)).toBe(Math.sign(found.high!));
  });

  test.each([
    ['nothing', []],
    ['few changes with AI', rows(40, 0)],
    ['no bad change', rows(500, 0).map((row) => ({ ...row, bad: false }))],
    ['no change without AI', rows(500, 0).map((row) => ({ ...row, ai: true }))],
  ])('of %s cannot be told', (_, some) => {
    expect(aiEffect(some)).toMatchObject({ verdict: 'cannot tell', difference: null });
    expect(aiEffect(some).says).toContain('too few');
  });

  test('stays finite where no change with AI was bad', () => {
    const found = aiEffect(rows(2000, 0).map((row) => ({ ...row, bad: row.bad && !row.ai })));
    expect(found.verdict).toBe('less often');
    expect(Number.isFinite(found.low)).toBe(true);
  });
});
