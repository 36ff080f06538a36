import { existsSync } from 'node:fs';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readProject } from '../../../bench/defects.ts';
import { featureNames } from '../features.ts';
import { columnsOf } from './columns.ts';
import { chanceOf } from './calibration.ts';
import { effectsOf } from './effects.ts';
import { judgeModel } from './evaluate.ts';
import { fitRisk, predict } from './fit.ts';
import type { FittedRisk, RiskRow } from './fit.ts';
import { defaultLogit } from './members.ts';
import { areaUnderCurve } from './metrics.ts';
import { rollingOrigins } from './origins.ts';
import { diceOf } from './random.ts';

const at = (name: string): number => featureNames.indexOf(name as (typeof featureNames)[number]);

/** Changes whose fate hangs on lines added and on how old their files are, and on chance. */
function rows(count: number, seed = 1, chance = plainChance): readonly RiskRow[] {
  const dice = diceOf(seed);
  return Array.from({ length: count }, (_, index) => {
    const features = featureNames.map(() => Math.round(20 * dice() ** 3));
    features[at('la')] = Math.round(Math.exp(6 * dice()));
    features[at('age')] = Math.round(400 * dice());
    features[at('fix')] = dice() < 0.4 ? 1 : 0;
    return { features, bad: dice() < chance(features), at: 1_700_000_000 + 3600 * index };
  });
}

function plainChance(features: readonly number[]): number {
  return chanceOf(
    -2.5 + 0.5 * Math.log1p(features[at('la')] ?? 0) - (features[at('age')] ?? 0) / 200,
  );
}

function auc(model: FittedRisk, judged: readonly RiskRow[]): number {
  return areaUnderCurve(
    judged.map(({ features }) => predict(model, features)),
    judged.map(({ bad }) => bad),
  );
}

const history = rows(1200);
const learnt = fitRisk(history, { seed: 7 });

describe('a model fitted to a repository', () => {
  test('orders later changes better than lines added, and about as well as can be', () => {
    const later = rows(1500, 99);
    const { ours, linesAdded } = judgeModel(learnt, later, 1);
    const best = areaUnderCurve(
      later.map(({ features }) => plainChance(features)),
      later.map(({ bad }) => bad),
    );
    expect(ours.auc).toBeGreaterThan(linesAdded.auc);
    expect(ours.auc).toBeGreaterThan(best - 0.03);
    expect(ours.calibrationError).toBeLessThan(0.07);
  });

  test('is the same for the same rows and seed, and survives JSON', () => {
    const again = fitRisk(history, { seed: 7 });
    expect(again).toEqual(learnt);
    const read = JSON.parse(JSON.stringify(learnt)) as FittedRisk;
    for (const { features } of rows(50, 3)) {
      expect(predict(read, features)).toBe(predict(learnt, features));
    }
  });

  test('differs with the seed, but says about the same', () => {
    const other = fitRisk(history, { seed: 8 });
    expect(other.own?.fitted).not.toEqual(learnt.own?.fitted);
    expect(Math.abs(auc(other, rows(800, 4)) - auc(learnt, rows(800, 4)))).toBeLessThan(0.02);
  });

  test('says what it learnt from and how it did', () => {
    expect(learnt.order).toBe('blend');
    expect(learnt.says).toMatch(
      /^learnt from 1200 changes, \d+ of them bad; on the last \d+ \(\d+ bad\) it orders with AUC 0\.\d\d, lines added alone with 0\.\d\d$/,
    );
  });

  test('leaves rows without features out', () => {
    const holes = history.flatMap((row) => [row, { ...row, features: [], bad: !row.bad }]);
    expect(fitRisk(holes, { seed: 7 })).toEqual(learnt);
  });
});

test('the effects of a change name what sets it apart, and nothing where nothing does', () => {
  const usual: readonly number[] = featureNames.map((name) => (name === 'age' ? 200 : 2));
  const huge = usual.with(at('la'), 400);
  const [first] = effectsOf(learnt, huge, usual);
  expect(first?.name).toBe('la');
  expect(first?.effect).toBeGreaterThan(0.05);
  expect(effectsOf(learnt, usual, usual).every(({ effect }) => effect === 0)).toBe(true);
  expect(effectsOf(learnt, [], usual)).toHaveLength(featureNames.length);
});

describe('with little to go by', () => {
  test.each([
    ['no rows', []],
    ['few rows', rows(150)],
    ['hardly any bad', rows(600, 1, () => 0.01)],
    ['hardly any good', rows(600, 1, () => 0.995)],
  ])('%s: the default model is used, and says so', (_, few) => {
    const model = fitRisk(few, { seed: 1 });
    expect(model).toMatchObject({ order: 'default', own: null, ownShare: 0 });
    expect(model.says).toContain('too few to learn from');
    const orders = rows(300, 5).map(({ features }) => [
      predict(model, features),
      defaultLogit(columnsOf(features)),
    ]);
    const byModel = orders.toSorted((a, b) => a[0]! - b[0]!);
    expect(byModel).toEqual(orders.toSorted((a, b) => a[1]! - b[1]!));
  });

  test('without any row the probability is the default model’s own', () => {
    const { features } = rows(1)[0]!;
    const byDefault = chanceOf(defaultLogit(columnsOf(features)));
    expect(predict(fitRisk([], { seed: 1 }), features)).toBeCloseTo(byDefault, 12);
  });

  test('the more bad changes there are, the more its own say counts', () => {
    const shares = [220, 400, 1200].map((count) => fitRisk(rows(count), { seed: 1 }).ownShare);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect(shares[0]).toBeLessThan(0.85);
  });
});

test('where lines added alone order the latest changes as well, they are used, and it says so', () => {
  const byLines = rows(900, 3, (features) => ((features[at('la')] ?? 0) > 60 ? 0.95 : 0.02));
  const misled = rows(1100, 4, (features) => ((features[at('age')] ?? 0) > 200 ? 0.9 : 0.1));
  const model = fitRisk([...misled, ...byLines.slice(0, 200)], { seed: 1 });
  expect(model.order).toBe('lines added');
  expect(model.says).toContain('so it is used');
  const scores = byLines.map(({ features }) => features[at('la')]!);
  const judged = scores.map((score, index) => [score, predict(model, byLines[index]!.features)]);
  const byOwn = model.own!;
  expect(byOwn.blend).toEqual([0, 0, 6, 0]);
  expect(judged.length).toBe(900);
});

describe('nothing is learnt from what comes later', () => {
  test('shuffling and flipping the rows behind an origin changes no score given before it', () => {
    const known = {
      columns: history.map(({ features }) => columnsOf(features)),
      outcome: history.map(({ bad }) => bad),
    };
    const border = Math.round(0.7 * history.length);
    const changed = {
      columns: [...known.columns.slice(0, border), ...known.columns.slice(border).toReversed()],
      outcome: [
        ...known.outcome.slice(0, border),
        ...known.outcome.slice(border).map((bad) => !bad),
      ],
    };
    const one = rollingOrigins(known, diceOf(1)).folds[0]!;
    const other = rollingOrigins(changed, diceOf(1)).folds[0]!;
    expect(other.fitted).toEqual(one.fitted);
    expect(other.plain).toEqual(one.plain);
  });

  test('the model judged on the held-out rows is the one fitted without them', () => {
    const model = fitRisk(history.slice(0, 900), { seed: 2 });
    const judged = judgeModel(model, history.slice(900), 1);
    expect(judged.model).toEqual(fitRisk(history.slice(0, 900), { seed: 2 }));
  });
});

const wild = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e308, -1, 0, Number.MAX_SAFE_INTEGER),
);

property.prop([fc.array(wild, { maxLength: 16 })])(
  'whatever the features are, the answer is a probability',
  (features) => {
    const chance = predict(learnt, features);
    expect(chance).toBeGreaterThanOrEqual(0);
    expect(chance).toBeLessThanOrEqual(1);
  },
);

test.each([
  ['all the same', () => 3],
  ['not a number', () => Number.NaN],
  ['endless', () => Infinity],
  ['huge and different', (dice: () => number) => 1e300 * dice()],
  ['negative', (dice: () => number) => -1000 * dice()],
])('features that are %s do no harm', (_, value) => {
  const dice = diceOf(5);
  const broken = Array.from({ length: 400 }, (_unused, index) => ({
    features: featureNames.map(() => value(dice)),
    bad: index % 3 === 0,
    at: index,
  }));
  const model = fitRisk(broken, { seed: 1 });
  expect(JSON.stringify(model)).not.toMatch(/null,null|NaN/);
  expect(predict(model, broken[0]!.features)).toBeGreaterThan(0);
  expect(predict(model, broken[0]!.features)).toBeLessThan(1);
});

const fixtures = new URL('../../../../shared/fixtures/jit-defects/', import.meta.url);

describe.runIf(existsSync(fixtures))('on labelled changes of real projects', () => {
  test('jdt: later changes are ordered as docs/risk.md says', () => {
    const project = readProject(fixtures.pathname, 'jdt');
    const { ours, linesAdded } = judgeModel(fitRisk(project.train, { seed: 1 }), project.test, 1);
    expect(ours.auc).toBeGreaterThan(0.71);
    expect(linesAdded.auc).toBeCloseTo(0.676, 3);
  }, 60_000);
});
