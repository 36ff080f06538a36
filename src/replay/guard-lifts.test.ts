import { expect, test } from 'vitest';
import { groundFor, landed } from '../../test/replay-facts.ts';
import type { ChangeFact, Outcome } from './fact.ts';
import { guardLifts } from './policies-result.ts';

const day = 86_400;

/** So many bad and clean changes, on the first of each of which a guard spoke; the last clean one closes the window. */
function history(spoke: { readonly bad: number; readonly clean: number }): {
  readonly facts: readonly ChangeFact[];
  readonly outcomes: readonly Outcome[];
} {
  const all = (['bad', 'clean'] as const).flatMap((verdict) =>
    Array.from({ length: 20 }, (_, at) => ({ verdict, fires: at < spoke[verdict] })),
  );
  return {
    facts: all.map(({ fires }, at) =>
      landed({
        commit: String(at),
        landedAt: at * day,
        findings: fires ? [{ guard: 'sql/drop-column', severity: 'warn', path: 'a.sql' }] : [],
      }),
    ),
    outcomes: all.map(({ verdict }, at) => ({
      commit: String(at),
      verdict,
      kind: verdict === 'bad' ? 'fixed' : null,
      confidence: 1,
      by: null,
      at: null,
      sort: null,
      says: '',
    })),
  };
}

test.each([
  ['twice as often on bad ones, which may be chance', { bad: 8, clean: 4 }, 2, [true, true]],
  ['much more often on bad ones, which is none', { bad: 18, clean: 2 }, 9, [false, true]],
  ['never on a clean one: no number, but a range', { bad: 10, clean: 0 }, null, [false, true]],
  ['never on a bad one', { bad: 0, clean: 10 }, 0, [true, false]],
])('a guard spoke %s', (_, spoke, lift, [lowUnderOne, highOverOne]) => {
  const { facts, outcomes } = history(spoke);
  const [row] = guardLifts({ ground: groundFor(facts), outcomes, span: [0, facts.length] });
  expect(row).toMatchObject({
    guard: 'sql/drop-column',
    fired: spoke.bad + spoke.clean,
    firedOnBad: spoke.bad,
    firedOnClean: spoke.clean,
    lift,
  });
  const [low, high] = row?.liftRange ?? [];
  expect([Number(low) < 1, Number(high) > 1]).toEqual([lowUnderOne, highOverOne]);
  if (lift !== null) expect(lift >= Number(low) && lift <= Number(high)).toBe(true);
});

test('changes the guards were not asked about, and those too young to judge, count for nothing', () => {
  const { facts, outcomes } = history({ bad: 5, clean: 5 });
  const half = facts.map((fact, at) => (at % 2 === 0 ? fact : { ...fact, findings: null }));
  const [row] = guardLifts({ ground: groundFor(half), outcomes, span: [0, 40] });
  expect(row).toMatchObject({ fired: 6, firedOnBad: 3, firedOnClean: 3, lift: 1 });
  const unheard = outcomes.map((one, at) =>
    at < 5 || (at >= 20 && at < 25) ? { ...one, verdict: 'unknown' as const } : one,
  );
  expect(
    guardLifts({ ground: groundFor(facts), outcomes: unheard, span: [0, 40] })[0]?.liftRange,
  ).toBeNull();
  const young = outcomes.map((one) => ({ ...one, verdict: 'unknown' as const }));
  const [unjudged] = guardLifts({ ground: groundFor(facts), outcomes: young, span: [0, 40] });
  expect(unjudged).toMatchObject({ fired: 10, firedOnBad: 0, lift: null, liftRange: null });
});
