import { describe, expect, test } from 'vitest';
import type { ChangeFact, FactTraces } from './fact.ts';
import { mentionsIn, sortOf, subjectOf } from './mentions.ts';
import { outcomesOf } from './outcomes.ts';
import type { OutcomeOptions } from './outcomes.ts';

const day = 86_400;
const ann = { name: 'Ann', email: 'ann@example.com' };
const bob = { name: 'Bob', email: 'bob@example.com' };

/** One change of a made-up history; what is not said is usual. */
interface Told {
  readonly says: string;
  /** Days after the first one. */
  readonly day?: number;
  readonly by?: typeof ann;
  readonly path?: string;
  readonly lines?: number;
  readonly request?: number;
  /** Places of those whose lines it took out, most lines first. */
  readonly blames?: readonly number[];
  readonly beside?: readonly number[];
  readonly undoes?: number;
}

function idOf(place: number): string {
  return `${place}`.padStart(8, 'abcd0000').padEnd(40, 'e');
}

function factsOf(told: readonly Told[]): readonly ChangeFact[] {
  return told.map((one, place) => ({
    commit: idOf(place),
    landing: one.request === undefined ? 'direct' : 'squash',
    request: one.request ?? null,
    subject: subjectOf(one.says),
    landedAt: 1_700_000_000 + (one.day ?? place) * day,
    author: one.by ?? ann,
    committer: one.by ?? ann,
    reviewers: [],
    files: [
      {
        path: one.path ?? 'src/cart.ts',
        oldPath: one.path ?? 'src/cart.ts',
        added: one.lines ?? 5,
        deleted: 1,
        generated: false,
      },
    ],
    lines: { ai: 0, mixed: 0, human: 0, unknown: one.lines ?? 5 },
    tools: [],
    aiSeen: false,
    advised: false,
    features: [],
    findings: null,
    traces: tracesOf(one),
  }));
}

function tracesOf({ says, by, blames = [], beside = [], undoes }: Told): FactTraces {
  return {
    merged: [],
    repairs: /\bfix|revert/i.test(says),
    sort: sortOf(subjectOf(says), by ?? ann),
    mentions: mentionsIn(says, true),
    blamed: [
      ...blames.map((place, at) => ({ commit: idOf(place), lines: 9 - at, how: 'lines' as const })),
      ...beside.map((place) => ({ commit: idOf(place), lines: 1, how: 'beside' as const })),
    ],
    undone: undoes === undefined ? [] : [{ commit: idOf(undoes), share: 1, own: 1 }],
  };
}

function told(changes: readonly Told[], options: OutcomeOptions = {}): readonly string[] {
  const end: Told = { says: 'End', day: 400, path: 'end.md' };
  return outcomesOf(factsOf([...changes, end]), options)
    .slice(0, changes.length)
    .map(({ verdict, kind, sort, confidence }) =>
      [verdict, kind, sort === 'product' ? null : sort, verdict === 'clean' ? null : confidence]
        .filter((part) => part !== null)
        .join(' '),
    );
}

const feature: Told = { says: 'feat: carts (#1)', request: 1 };

describe('a change is reverted', () => {
  test.each<[string, readonly Told[], string]>([
    [
      'by id',
      [feature, { says: `Revert "x"\n\nThis reverts commit ${idOf(0)}.` }],
      'bad reverted 0.95',
    ],
    ['by number', [feature, { says: 'Revert #1' }], 'bad reverted 0.95'],
    ['by subject', [feature, { says: 'Revert "feat: carts"' }], 'bad reverted 0.95'],
    ['in part', [feature, { says: 'Revert partially "feat: carts"' }], 'bad reverted 0.7'],
    ['by its lines', [feature, { says: 'Simplify', undoes: 0 }], 'bad reverted 0.7'],
    [
      'by its lines and with the word',
      [feature, { says: 'revert carts', undoes: 0 }],
      'bad reverted 0.9',
    ],
    ['also late', [feature, { says: 'Revert #1', day: 300 }], 'bad reverted 0.95'],
    [
      'and put back soon',
      [feature, { says: 'Revert #1 (#2)', request: 2 }, { says: 'Reapply "feat: carts"' }],
      'bad reverted 0.6',
    ],
    [
      'and its revert is reverted',
      [feature, { says: 'Revert #1 (#2)', request: 2 }, { says: 'Revert #2' }],
      'bad reverted 0.6',
    ],
    [
      'as a release',
      [{ says: 'chore: release 1.2.3' }, { says: 'Revert "chore: release 1.2.3"' }],
      'unknown release 0.95',
    ],
    [
      'as a dependency',
      [{ says: 'Bump carts from 1 to 2' }, { says: 'Revert "Bump carts from 1 to 2"' }],
      'unknown dependencies 0.95',
    ],
    [
      'as an experiment',
      [{ says: 'try: carts' }, { says: 'Revert "try: carts"' }],
      'unknown experiment 0.95',
    ],
    [
      'the same day by the same hand',
      [
        { says: 'carts' },
        { says: 'Revert "carts of old"\n\nThis reverts commit ' + idOf(0), day: 0.3 },
      ],
      'unknown noise 0.95',
    ],
    [
      'the same day by another',
      [feature, { says: 'Revert #1', day: 0.3, by: bob }],
      'bad reverted 0.95',
    ],
    [
      'because it was merged by mistake',
      [feature, { says: 'Revert #1, merged by mistake' }],
      'unknown noise 0.95',
    ],
  ])('%s', (_, changes, expected) => {
    expect(told(changes)[0]).toBe(expected);
  });

  test('and the revert itself is not bad because it was taken back', () => {
    expect(told([feature, { says: 'Revert #1 (#2)', request: 2 }, { says: 'Revert #2' }])[1]).toBe(
      'clean',
    );
  });

  test('only by what landed after it', () => {
    expect(told([{ says: 'Revert #1' }, { ...feature }])).toEqual(['clean', 'clean']);
  });
});

describe('a change is fixed forward', () => {
  const other: Told = { says: 'feat: other', path: 'src/other.ts' };
  test.each<[string, readonly Told[], readonly string[]]>([
    [
      'as developers say',
      [feature, { says: 'fix: carts, regression from #1', day: 9 }],
      ['bad fixed 0.85', 'clean'],
    ],
    [
      'as its lines say',
      [feature, { says: 'fix: carts', day: 9, blames: [0] }],
      ['bad fixed 0.6', 'clean'],
    ],
    [
      'the most recent of several',
      [feature, other, { says: 'fix: both', day: 9, blames: [0, 1] }],
      ['clean', 'bad fixed 0.5', 'clean'],
    ],
    [
      'beside its lines: a hint',
      [feature, { says: 'fix: carts', day: 9, beside: [0] }],
      ['unknown 0.3', 'clean'],
    ],
    [
      'too late to tell',
      [feature, { says: 'fix: carts', day: 200, blames: [0] }],
      ['unknown 0.3', 'clean'],
    ],
    [
      'late, but as developers say',
      [feature, { says: 'fix: broke in #1', day: 200 }],
      ['bad fixed 0.85', 'clean'],
    ],
    [
      'not by what is no repair',
      [feature, { says: 'feat: more', day: 9, blames: [0] }],
      ['clean', 'clean'],
    ],
    [
      'not by a rewrite',
      [feature, { says: 'fix: all', day: 9, lines: 900, blames: [0] }],
      ['clean', 'clean'],
    ],
    [
      'not in tests',
      [feature, { says: 'fix: test', day: 9, path: 'test/cart.ts', blames: [0] }],
      ['clean', 'clean'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(told(changes)).toEqual(expected);
  });
});

describe('a small repair of the same files within days', () => {
  test.each<[string, readonly Told[], string]>([
    ['is a hint', [feature, { says: 'fix: carts', day: 1 }], 'unknown 0.35'],
    [
      'is more when it is called a hotfix',
      [feature, { says: 'hotfix: fix carts', day: 1 }],
      'bad hotfixed 0.6',
    ],
    ['is nothing after a week', [feature, { says: 'fix: carts', day: 8 }], 'clean'],
    [
      'is nothing in other files',
      [feature, { says: 'fix: carts', day: 1, path: 'src/x.ts' }],
      'clean',
    ],
  ])('%s', (_, changes, expected) => {
    expect(told(changes)[0]).toBe(expected);
  });
});

describe('the window of observation', () => {
  test.each([
    [59, 'unknown'],
    [61, 'clean'],
  ])('after %i days a change counts as %s', (days, expected) => {
    const facts = factsOf([feature, { says: 'End', day: days, path: 'x.md' }]);
    expect(outcomesOf(facts)[0]?.verdict).toBe(expected);
  });

  test('does not grow by a commit whose clock runs ahead', () => {
    const facts = factsOf([feature, { says: 'Soon', day: 10, path: 'x.md' }]);
    const ahead = factsOf([feature, { says: 'Soon', day: 40_000, path: 'x.md' }]);
    const now = 1_700_000_000 + 20 * day;
    expect([facts, ahead].map((one) => outcomesOf(one, { now })[0]?.verdict)).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  test('can be set, and the history be cut', () => {
    const facts = factsOf([
      feature,
      { says: 'Revert #1', day: 20 },
      { says: 'End', day: 30, path: 'x.md' },
    ]);
    const until = 1_700_000_000 + 15 * day;
    expect(outcomesOf(facts, { until, observeDays: 10 })[0]?.verdict).toBe('clean');
    expect(outcomesOf(facts, { observeDays: 10 })[0]?.verdict).toBe('bad');
  });
});

test('no facts have no outcomes', () => {
  expect(outcomesOf([])).toEqual([]);
});
