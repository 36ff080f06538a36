// Fits the risk model to the earlier changes of projects whose faults are known and judges it on the later ones, beside
// lines added, a plain logistic regression, plain boosted trees, and the figures to beat.
//   npm run bench:risk -- [--data DIR] [--only PROJECT,...] [--format json] [--rolling]
// --rolling never opens the test rows: it stands at 60, 70, 80 and 90 % of the training rows and looks one tenth ahead,
// which is how every choice in src/risk/fit was made.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { featureNames } from '../src/risk/features.ts';
import { boost, boostedScore } from '../src/risk/fit/boosting.ts';
import { columnsOf } from '../src/risk/fit/columns.ts';
import { judgeModel } from '../src/risk/fit/evaluate.ts';
import type { Interval } from '../src/risk/fit/interval.ts';
import { fitRisk } from '../src/risk/fit/fit.ts';
import type { FittedRisk, RiskRow } from '../src/risk/fit/fit.ts';
import * as metrics from '../src/risk/fit/metrics.ts';
import { lessonOf } from '../src/risk/fit/origins.ts';
import { diceOf } from '../src/risk/fit/random.ts';
import { regress, regressionScore } from '../src/risk/fit/regression.ts';
import { projectsIn, readProject } from './defects.ts';
import type { Project } from './defects.ts';

interface Figures {
  readonly auc: number;
  readonly captured: readonly number[];
  readonly recall20Effort: number;
  readonly popt: number;
  readonly brier: number | null;
  readonly ece: number | null;
}

interface Line extends Figures {
  readonly order: string;
}

interface Result {
  readonly project: string;
  readonly learnt: number;
  readonly judged: number;
  readonly bad: number;
  readonly lines: readonly Line[];
  /** Processor time, which other work on the machine does not stretch. */
  readonly fitCpuMs: number;
  readonly aucOverLinesAdded: Interval | null;
  readonly says: string;
}

// AUC in thousandths of the published protocol (first 80 % learnt, last 20 % judged), measured elsewhere for this project.
const reference: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'logistic regression': { jdt: 707, gerrit: 691, openstack: 775 },
  'boosted trees': {
    qt: 751,
    openstack: 745,
    go: 747,
    gerrit: 763,
    platform: 809,
    jdt: 694,
  },
};
const seed = 1;

const { values } = parseArgs({
  options: {
    data: {
      type: 'string',
      default: join(import.meta.dirname, '../../shared/fixtures/jit-defects'),
    },
    only: { type: 'string' },
    format: { type: 'string', default: 'text' },
    rolling: { type: 'boolean', default: false },
  },
});

if (existsSync(values.data)) run();
else {
  console.error(`there is no folder ${values.data}; name one with --data`);
  process.exitCode = 2;
}

function run(): void {
  const wanted = values.only?.split(',');
  const names = projectsIn(values.data).filter((name) => wanted?.includes(name) ?? true);
  const results = names.flatMap((name) => {
    const project = readProject(values.data, name);
    const parts = values.rolling ? rolling(project) : [project];
    return parts.map(judge);
  });
  if (values.format === 'json') {
    const means = meanLines(results);
    console.log(
      JSON.stringify(
        { schema: 'hallmonitor/bench-risk/v1', seed, results, means, reference },
        null,
        2,
      ),
    );
    return;
  }
  for (const result of results) print(result);
  if (results.length > 1) printLines('mean', meanLines(results));
}

function rolling({ name, train }: Project): readonly Project[] {
  return [0.6, 0.7, 0.8, 0.9].map((from) => {
    const [low, high] = [Math.round(from * train.length), Math.round((from + 0.1) * train.length)];
    return {
      name: `${name} up to ${Math.round(100 * from)} %`,
      train: train.slice(0, low),
      test: train.slice(low, high),
    };
  });
}

function judge({ name, train, test }: Project): Result {
  const start = process.cpuUsage();
  const model = fitRisk(train, { seed });
  const { user, system } = process.cpuUsage(start);
  const evaluation = judgeModel(model, test, seed);
  const { linesAdded, fewestLines, random, ours, oursPerLine } = evaluation;
  const lines: Line[] = [
    { order: 'random', ...figuresFrom(random) },
    { order: 'lines added', ...figuresFrom(linesAdded) },
    ...plainModels(train, test),
    { order: 'ours: who needs a senior', ...figuresFrom(ours) },
    { order: 'fewest lines first', ...figuresFrom(fewestLines) },
    { order: 'ours: most found an hour', ...figuresFrom(oursPerLine) },
  ];
  const { aucOverLinesAdded } = evaluation;
  return {
    project: name,
    learnt: train.length,
    judged: test.length,
    bad: evaluation.bad,
    lines,
    fitCpuMs: Math.round((user + system) / 1000),
    aucOverLinesAdded,
    says: saysOf(model),
  };
}

function saysOf(model: FittedRisk): string {
  const kilobytes = Math.round(JSON.stringify(model).length / 1024);
  const blend = model.own?.blend.join(':') ?? 'none';
  return `${model.says}; blend ${blend}, ${kilobytes} KB`;
}

type Evaluated = ReturnType<typeof judgeModel>['ours'];

function figuresFrom(measures: Evaluated): Figures {
  return {
    auc: measures.auc,
    captured: measures.captured,
    recall20Effort: measures.recallAtFifthOfEffort,
    popt: measures.popt,
    brier: measures.brier,
    ece: measures.calibrationError,
  };
}

/** What anybody would try first: one logistic regression, and 150 trees, on the fourteen features alone. */
function plainModels(train: readonly RiskRow[], test: readonly RiskRow[]): readonly Line[] {
  const known = {
    columns: train.map(({ features }) => columnsOf(features)),
    outcome: train.map(({ bad }) => bad),
  };
  const lesson = lessonOf(known, 0, 1);
  const columns = featureNames.map((_, index) => index);
  const regression = regress(lesson, columns);
  const boosted = boost(lesson, { rounds: 150, columns, dice: diceOf(seed) });
  const rows = test.map(({ features }) => columnsOf(features));
  return [
    lineOf(
      'logistic regression',
      test,
      rows.map((row) => regressionScore(regression, row)),
    ),
    lineOf(
      'boosted trees',
      test,
      rows.map((row) => boostedScore(boosted, row)),
    ),
  ];
}

function lineOf(order: string, test: readonly RiskRow[], logits: readonly number[]): Line {
  const judged = test.map(({ features, bad }, index) => ({
    score: 1 / (1 + Math.exp(-logits[index]!)),
    bad,
    lines: features[featureNames.indexOf('la')]! + features[featureNames.indexOf('ld')]!,
  }));
  return {
    order,
    auc: metrics.areaUnderCurve(
      logits,
      test.map(({ bad }) => bad),
    ),
    captured: [0.05, 0.1, 0.2, 0.5].map((share) => metrics.capturedAt(judged, share)),
    recall20Effort: metrics.recallAtFifthOfEffort(judged),
    popt: metrics.popt(judged),
    brier: metrics.brierScore(judged),
    ece: metrics.calibrationError(judged),
  };
}

function meanLines(results: readonly Result[]): readonly Line[] {
  const orders = results[0]?.lines.map(({ order }) => order) ?? [];
  return orders.map((order) => {
    const lines = results.map((result) => result.lines.find((line) => line.order === order)!);
    function mean(pick: (line: Line) => number | null): number {
      return lines.reduce((sum, line) => sum + (pick(line) ?? Number.NaN), 0) / lines.length;
    }
    function meanOrNull(pick: (line: Line) => number | null): number | null {
      return lines.some((line) => pick(line) === null) ? null : mean(pick);
    }
    return {
      order,
      auc: mean(({ auc }) => auc),
      captured: [0, 1, 2, 3].map((index) => mean(({ captured }) => captured[index]!)),
      recall20Effort: mean((line) => line.recall20Effort),
      popt: mean((line) => line.popt),
      brier: meanOrNull(({ brier }) => brier),
      ece: meanOrNull(({ ece }) => ece),
    };
  });
}

function print(result: Result): void {
  const { project, learnt, judged, bad, fitCpuMs, aucOverLinesAdded } = result;
  console.log(
    `${project}: ${judged} later changes, ${bad} bad; fitted to ${learnt} in ${fitCpuMs} ms`,
  );
  console.log(`  ${result.says}`);
  if (aucOverLinesAdded !== null) {
    const { value, low, high } = aucOverLinesAdded;
    console.log(
      `  AUC over lines added: ${signed(value)} (95 %: ${signed(low)} to ${signed(high)})`,
    );
  }
  printLines(project, result.lines);
}

function printLines(project: string, lines: readonly Line[]): void {
  const head = ['AUC', '@5', '@10', '@20', '@50', 'R@20%E', 'Popt', 'Brier', 'ECE'];
  console.log(`  ${project.padEnd(26)}${head.map((name) => name.padStart(8)).join('')}`);
  for (const line of lines) {
    const { auc, captured, recall20Effort, popt, brier, ece } = line;
    const cells = [auc, ...captured, recall20Effort, popt, brier, ece];
    console.log(`  ${line.order.padEnd(26)}${cells.map(cellOf).join('')}`);
  }
  for (const [order, areas] of Object.entries(reference)) {
    const area = areas[project];
    if (area !== undefined)
      console.log(`  ${`${order}, reference`.padEnd(26)}${cellOf(area / 1000)}`);
  }
  console.log('');
}

function cellOf(value: number | null): string {
  return (value === null ? '–' : value.toFixed(3)).padStart(8);
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
}
