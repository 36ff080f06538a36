import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Change, FileChange } from '../change/change.ts';
import { noPast, type Features, type Past } from '../change/past.ts';
import { defaultModel } from './default-model.ts';
import { featureNames } from './features.ts';
import { fitRisk } from './fit/fit.ts';
import { scoreOf } from './model.ts';
import { assess } from './risk.ts';
import { emptyCatalogue } from './services.ts';

const usual: Features = {
  ns: 1, nd: 1, nf: 2, entropy: 0.5, la: 10, ld: 4, lt: 500, fix: 0,
  ndev: 5, age: 20, nuc: 30, exp: 100, rexp: 50, sexp: 20,
}; // prettier-ignore

const past: Past = {
  ...noPast([]),
  usual,
  changes: 1000,
  at: 100 * 86_400,
  scores: Array.from({ length: 100 }, (_, index) => index / 100),
};

function change(files: readonly Partial<FileChange>[], message = 'feat: x'): Change {
  const person = { name: 'Ann', email: 'ann@x' };
  return {
    base: 'b',
    head: 'h',
    gaps: [],
    commits: [
      {
        sha: 'c',
        parents: ['p'],
        author: person,
        committer: person,
        authoredAt: 0,
        committedAt: 0,
        message,
      },
    ],
    files: files.map((file, index) => ({
      path: `src/cart/${index}.ts`,
      oldPath: file.path ?? `src/cart/${index}.ts`,
      status: 'modified',
      content: 'text',
      oldMode: '100644',
      newMode: '100644',
      generated: null,
      hunks: [],
      added: 10,
      deleted: 4,
      before: 'x'.repeat(9000),
      after: '',
      unread: null,
      origins: [],
      ...file,
    })),
  };
}

const nothing = { provenance: { lines: { ai: 0, mixed: 0, human: 0, unknown: 0 }, tools: [], files: [], evidence: [], advised: false }, findings: [], catalogue: emptyCatalogue } as const; // prettier-ignore

function check(asked: Change, known: Past = past): ReturnType<typeof assess> {
  return assess(asked, { ...nothing, past: known });
}

describe('the rank of a change', () => {
  test('is among the scores of this repository', () => {
    const risk = check(change([{ added: 300 }, {}, {}]));
    expect(risk.percentile).toBeCloseTo(risk.score * 100, -0.5);
    expect(risk).toMatchObject({ compared: 100, model: 'default', gaps: [] });
  });

  test('equals count half', () => {
    const { score } = check(change([{}]));
    const scores = Array.from({ length: 60 }, () => score);
    expect(check(change([{}]), { ...past, scores }).percentile).toBe(50);
  });

  test('is not given, and the reason is, when there is too little to compare with', () => {
    const risk = check(change([{}]), { ...past, scores: [0.1, 0.2] });
    expect(risk.percentile).toBeNull();
    expect(risk.gaps?.map(({ why }) => why)).toEqual([
      'only 2 earlier changes to compare with; 50 are needed',
    ]);
  });
});

describe('the factors', () => {
  function says(asked: Change, known: Past = past): readonly string[] {
    return check(asked, known).factors.map((factor) => factor.says);
  }

  test('say both values, strongest first', () => {
    const many = Array.from({ length: 14 }, (_, index) => ({
      path: `src/${index % 6}/f${index}.ts`,
      added: 59,
      deleted: 0,
    }));
    expect(says(change(many, 'fix: carts'))).toMatchInlineSnapshot(`
      [
        "adds 826 lines; the usual change here adds 10",
        "says it repairs something; repairs more often need another repair",
        "touches 14 files in 6 folders; the usual change here touches 2",
      ]
    `);
  });

  test('speak of the author and the files when these stand out', () => {
    const touches = [
      { sha: 'a', ago: 3, at: 99.9 * 86_400, authors: ['bob@x'], reviewers: [], lines: 2 },
    ];
    const known = { ...past, files: new Map([['src/cart/0.ts', touches]]) };
    const usualSize = change([{ path: 'src/cart/0.ts' }, {}]);
    expect(says(usualSize, known)).toMatchInlineSnapshot(`
      [
        "adds 20 lines; the usual change here adds 10",
        "its files last changed less than a day ago, by one person in all; the usual change here comes after 20 days",
        "the author has landed nothing in the last 1,000 changes",
      ]
    `);
  });

  test('compare with where the model learnt when there is no past here', () => {
    expect(says(change([{ added: 400 }]), noPast([]))[0]).toBe(
      'adds 400 lines; the usual change elsewhere adds 10',
    );
  });

  test('say when nothing in the change counts', () => {
    expect(says(change([{ generated: 'lock-file' }]))).toEqual([
      'changes only what does not count here: lock, generated or vendored files, release notes',
    ]);
  });

  test('are at most three, and lowering ones are told too', () => {
    const { factors } = check(change([{ added: 1, deleted: 0, before: '' }]));
    expect(factors.length).toBeLessThanOrEqual(3);
    expect(factors[0]?.effect).toBeLessThan(0);
  });
});

test('what a fault would cost is kept apart from how likely it is', () => {
  const asked = change([{ path: 'pay/a.ts' }]);
  const catalogue = {
    services: [{ name: 'pay', tier: 1, paths: ['/pay/'], owner: null }],
    problems: [],
  };
  const critical = assess(asked, { ...nothing, past, catalogue });
  expect(critical.services.map(({ name }) => name)).toEqual(['pay']);
  expect(critical.score).toBe(check(asked).score);
});

describe('a model fitted to this repository', () => {
  const rows = Array.from({ length: 400 }, (_, index) => {
    const old = index % 2 === 0;
    const features = featureNames.map((name) => (name === 'age' ? (old ? 300 : 2) : index % 7));
    return { features, bad: old === index % 10 < 8, at: index };
  });

  test('scores in place of the default, and ranks among its own scores', () => {
    const fitted = fitRisk(rows, { seed: 1 });
    const risk = assess(change([{}]), { ...nothing, past, fitted });
    expect(risk).toMatchObject({ model: 'fitted', compared: 180, gaps: [] });
    expect(risk.score).not.toBe(check(change([{}])).score);
    expect(risk.percentile).toBeGreaterThanOrEqual(0);
    expect(risk.percentile).toBeLessThanOrEqual(100);
  });

  test('with too little to go by leaves the score to the default', () => {
    const fitted = fitRisk(rows.slice(0, 50), { seed: 1 });
    expect(assess(change([{}]), { ...nothing, past, fitted })).toEqual(check(change([{}])));
  });
});

const amount = fc.nat(100_000);
const anyFeatures = fc.record(
  Object.fromEntries(featureNames.map((name) => [name, amount])) as Record<
    keyof Features,
    typeof amount
  >,
);

property.prop([anyFeatures, fc.constantFrom('ns', 'nd', 'nf', 'la', 'ld', 'lt'), amount])(
  'a change never gets less risky by being larger',
  (features, name, more) => {
    const larger = { ...features, [name]: features[name as 'la'] + more };
    expect(scoreOf(larger, defaultModel)).toBeGreaterThanOrEqual(scoreOf(features, defaultModel));
  },
);

property.prop([anyFeatures])('a score is a probability', (features) => {
  const score = scoreOf(features, defaultModel);
  expect(score).toBeGreaterThanOrEqual(0);
  expect(score).toBeLessThanOrEqual(1);
});
