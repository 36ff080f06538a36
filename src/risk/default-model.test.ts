import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { areaUnderCurve } from '../../bench/order.ts';
import type { Features } from '../change/past.ts';
import { defaultModel } from './default-model.ts';
import { featureNames } from './features.ts';
import { scoreOf } from './model.ts';

const fixtures = new URL('../../../shared/fixtures/jit-defects/', import.meta.url);

interface Row {
  readonly features: Features;
  readonly bug: boolean;
}

function rowsOf(project: string): readonly Row[] {
  const bytes = readFileSync(new URL(`${project}_test.csv.gz`, fixtures));
  const [head = '', ...lines] = gunzipSync(bytes).toString('utf8').trim().split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const entries = featureNames.map((name) => {
      const column = columns.indexOf(name === 'entropy' ? 'entrophy' : name);
      return [name, Number(cells[column])] as const;
    });
    return {
      features: Object.fromEntries(entries) as Features,
      bug: cells[columns.indexOf('bug')] === '1',
    };
  });
}

describe.runIf(existsSync(fixtures))('on changes made after those it learnt from', () => {
  test.each([
    ['gerrit', 0.745, 0.75],
    ['jdt', 0.69, 0.676],
    ['platform', 0.76, 0.746],
  ])('of %s the model orders as docs/risk.md says', (project, atLeast, byLines) => {
    const rows = rowsOf(project);
    const bad = rows.map((row) => row.bug);
    const added = rows.map(({ features }) => features.la);
    const scores = rows.map(({ features }) => scoreOf(features, defaultModel));
    expect(areaUnderCurve(scores, bad)).toBeGreaterThan(atLeast);
    expect(areaUnderCurve(added, bad)).toBeCloseTo(byLines, 3);
  });
});

test('no weight tells a reviewer the opposite of what is known', () => {
  const expected = { age: -1, exp: -1, rexp: -1, sexp: -1 } as Readonly<Record<string, number>>;
  for (const { feature, weight } of defaultModel.terms) {
    expect(Math.sign(weight)).toBe(expected[feature] ?? 1);
  }
});
