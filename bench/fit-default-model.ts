// Fits src/risk/default-model.ts from ../shared/fixtures/jit-defects and prints how well it orders later changes.
//   node bench/fit-default-model.ts           prints the figures of docs/risk.md
//   node bench/fit-default-model.ts --write   writes src/risk/default-model.ts as well
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Features, FeatureName } from '../src/change/past.ts';
import { featureNames } from '../src/risk/features.ts';
import { scaled, scoreOf } from '../src/risk/model.ts';
import type { Model } from '../src/risk/model.ts';
import { areaUnderCurve, captureAt } from './order.ts';

interface Row {
  readonly id: string;
  readonly bug: boolean;
  readonly features: Features;
}

const root = join(import.meta.dirname, '..');
const fixtures = join(root, '../shared/fixtures/jit-defects');
const projects = ['gerrit', 'jdt', 'platform'];

// What the literature expects of each feature. A weight of the other sign is noise of these projects, and
// would tell a reviewer that a change is safer for touching more files.
const direction: Readonly<Record<FeatureName, 1 | -1>> = {
  ns: 1,
  nd: 1,
  nf: 1,
  entropy: 1,
  la: 1,
  ld: 1,
  lt: 1,
  fix: 1,
  ndev: 1,
  age: -1,
  nuc: 1,
  exp: -1,
  rexp: -1,
  sexp: -1,
};
const ridge = 0.01;
const rounds = 60;
// The published counts of developers, touches and experience include the change itself.
const countsItself: readonly FeatureName[] = ['ndev', 'nuc', 'exp', 'rexp', 'sexp'];

const data = new Map(projects.map((project) => [project, split(project)]));
const model = fit(projects);
for (const project of projects) report(project);
if (process.argv.includes('--write')) write();

function split(project: string): { readonly train: readonly Row[]; readonly test: readonly Row[] } {
  const test = rowsOf(`${project}_test`);
  const held = new Set(test.map((row) => row.id));
  return { train: rowsOf(project).filter((row) => !held.has(row.id)), test };
}

function rowsOf(name: string): readonly Row[] {
  const text = gunzipSync(readFileSync(join(fixtures, `${name}.csv.gz`))).toString('utf8');
  const [head = '', ...lines] = text.trim().split('\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    function cell(column: string): string {
      return cells[columns.indexOf(column)] ?? '';
    }
    const entries = featureNames.map((feature) => {
      const value = Number(cell(feature === 'entropy' ? 'entrophy' : feature));
      return [feature, countsItself.includes(feature) ? Math.max(0, value - 1) : value] as const;
    });
    const features = Object.fromEntries(entries) as Record<FeatureName, number>;
    return { id: cell('_id'), bug: cell('bug') === '1', features };
  });
}

/** Ridge logistic regression by coordinate-wise Newton steps; each project has its own intercept and equal weight. */
function fit(names: readonly string[]): Model {
  const rows = names.flatMap((name, group) => {
    const { train } = data.get(name)!;
    return train.map((row) => ({
      group,
      bug: row.bug ? 1 : 0,
      weight: 1 / train.length / names.length,
      values: featureNames.map((feature) => scaled(feature, row.features[feature])),
    }));
  });
  const scales = featureNames.map((_, k) => {
    const mean = rows.reduce((sum, row) => sum + row.weight * row.values[k]!, 0);
    const variance = rows.reduce((sum, row) => sum + row.weight * (row.values[k]! - mean) ** 2, 0);
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  const z = rows.map((row) =>
    row.values.map((value, k) => (value - scales[k]!.mean) / scales[k]!.deviation),
  );
  const intercepts = names.map(() => 0);
  const weights = featureNames.map(() => 0);
  const logits = new Float64Array(rows.length);
  for (let round = 0; round < rounds; round++) {
    for (let group = 0; group < names.length; group++) {
      intercepts[group]! += step((index) => (rows[index]!.group === group ? 1 : 0));
    }
    for (let k = 0; k < weights.length; k++) {
      weights[k]! += step((index) => z[index]![k]!, k);
    }
  }
  const terms = featureNames.map((feature, k) => ({ feature, ...scales[k]!, weight: weights[k]! }));
  const intercept = intercepts.reduce((sum, value) => sum + value, 0) / names.length;
  return {
    kind: 'default',
    version: '1',
    intercept,
    terms: terms.filter((term) => term.weight !== 0),
    usual: usualOf(names),
  };

  function step(column: (index: number) => number, k?: number): number {
    const current = k === undefined ? 0 : weights[k]!;
    let gradient = k === undefined ? 0 : -ridge * current;
    let curvature = k === undefined ? 1e-9 : ridge;
    for (let index = 0; index < rows.length; index++) {
      const x = column(index);
      if (x === 0) continue;
      const row = rows[index]!;
      const p = 1 / (1 + Math.exp(-logits[index]!));
      gradient += row.weight * x * (row.bug - p);
      curvature += row.weight * x * x * Math.max(p * (1 - p), 0.02);
    }
    const wanted = current + gradient / curvature;
    const sign = k === undefined ? 0 : direction[featureNames[k]!];
    const next = sign === 0 ? wanted : sign * Math.max(0, sign * wanted);
    const change = next - current;
    for (let index = 0; index < rows.length; index++) logits[index]! += change * column(index);
    return change;
  }
}

function usualOf(names: readonly string[]): Features {
  const medians = featureNames.map((feature) => {
    const perProject = names.map((name) => {
      const values = data.get(name)!.train.map((row) => row.features[feature]);
      return values.sort((a, b) => a - b)[values.length >> 1]!;
    });
    return [feature, perProject.sort((a, b) => a - b)[names.length >> 1]!] as const;
  });
  return Object.fromEntries(medians) as Record<FeatureName, number>;
}

function report(project: string): void {
  const { test } = data.get(project)!;
  const labels = test.map((row) => row.bug);
  const stranger = fit(projects.filter((name) => name !== project));
  const orders = {
    'lines added': test.map((row) => row.features.la),
    'default model': test.map((row) => scoreOf(row.features, model)),
    'fitted without this project': test.map((row) => scoreOf(row.features, stranger)),
  };
  console.log(`${project}: ${test.length} later changes, ${labels.filter(Boolean).length} faulty`);
  for (const [name, scores] of Object.entries(orders)) {
    const captured = [0.05, 0.1, 0.2, 0.5].map((share) =>
      captureAt(scores, labels, share).toFixed(3),
    );
    const auc = areaUnderCurve(scores, labels).toFixed(3);
    console.log(
      `  ${name.padEnd(28)} AUC ${auc}  found in the riskiest 5/10/20/50 %: ${captured.join(' ')}`,
    );
  }
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

function write(): void {
  const rounded: Model = {
    ...model,
    intercept: round(model.intercept),
    terms: model.terms.map((term) => ({
      feature: term.feature,
      mean: round(term.mean),
      deviation: round(term.deviation),
      weight: round(term.weight),
    })),
    usual: Object.fromEntries(
      featureNames.map((feature) => [feature, round(model.usual[feature])]),
    ) as Record<FeatureName, number>,
  };
  const literal = JSON.stringify(rounded, null, 2)
    .replace(/"(\w+)":/g, '$1:')
    .replaceAll('"', "'");
  const text = `import type { Model } from './model.ts';

/**
 * The model a repository starts with: logistic regression fitted by bench/fit-default-model.ts on the changes of
 * gerrit, jdt and platform that Zeng et al. (ISSTA 2021) labelled. docs/risk.md says what its score means.
 */
export const defaultModel: Model = ${literal};
`;
  writeFileSync(join(root, 'src/risk/default-model.ts'), text);
}
