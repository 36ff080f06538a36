import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { misfits, shapesIn } from '../json-shape.ts';
import { checkOut, git, repo } from '../story.ts';
import { root, runCli } from './run-cli.ts';

const shapes = shapesIn(readFileSync(join(root, 'docs/json.md'), 'utf8'));
const manifest = (test: string) => `{ "type": "module", "scripts": { "test": "${test}" } }\n`;

const cart = `export function total(prices, limit) {
  const sum = prices.reduce((all, one) => all + one, 0);
  if (sum > limit) return sum - limit;
  return sum;
}
export function never(x) {
  return x > 1;
}
`;

function nodeTest(expected: number): string {
  return `import test from 'node:test';
import assert from 'node:assert';
import { total } from '../cart.js';
test('sums', () => {
  assert.equal(total([1, 2], 10), ${expected});
  assert.equal(total([10, 20], 10), 20);
});
`;
}

const claude = 'Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>';

interface Tried {
  readonly line: number;
  readonly operator: string;
  readonly after: string;
  readonly authorship: string;
  readonly fate: string;
}

interface Report {
  readonly counts: Readonly<Record<string, number>>;
  readonly mutants: readonly Tried[];
  readonly runners: readonly { readonly name: string }[];
  readonly notChecked: readonly { readonly what: string; readonly why: string }[];
}

function tried(
  folder: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly report: Report } {
  const ran = runCli(folder, ['mutants', ...args, '--format', 'json']);
  const report = JSON.parse(ran.stdout) as Report;
  expect(misfits(report, 'mutants', shapes)).toEqual([]);
  return { code: ran.code, report };
}

function project(test: string, files: Readonly<Record<string, string>>): string {
  return checkOut(
    repo([
      { says: 'Start', files: { 'package.json': manifest(test), 'cart.js': '' } },
      { says: `Totals\n\n${claude}`, files: { 'cart.js': cart, ...files } },
    ]),
  );
}

function fates(report: Report): readonly string[] {
  return report.mutants.map(({ line, after, fate }) => `${line} ${after} ${fate}`);
}

test('with node:test: what a test notices, what none notices, and where none comes', () => {
  const folder = project('node --test', { 'test/cart.test.js': nodeTest(3) });
  const leftBefore = copies();
  const { code, report } = tried(folder);
  expect(code).toBe(1);
  expect(fates(report)).toContain('3 >= survived');
  expect(fates(report)).toContain('3 (!(sum > limit)) killed');
  expect(fates(report)).toContain('4 return undefined; killed');
  expect(fates(report)).toContain('7 >= not-covered');
  expect(report.mutants.every(({ authorship }) => authorship === 'ai')).toBe(true);
  expect(report.runners.map(({ name }) => name)).toEqual(['node:test']);
  expect(git(folder, 'status', '--porcelain')).toBe('');
  expect(git(folder, 'worktree', 'list').split('\n')).toHaveLength(1);
  expect(copies()).toEqual(leftBefore);
});

function copies(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('hallmonitor-mutants-'));
}

test('a mutant that ends the process as if all were well is noticed: fewer tests came to their end', () => {
  const leave = `export function leave(isDone) {
  if (isDone) process.exit(0);
}
`;
  const leaves = `import test from 'node:test';
import { leave } from '../cart.js';
test('stays', () => leave(false));
test('stays again', () => leave(false));
`;
  const { report } = tried(
    project('node --test', { 'cart.js': leave, 'test/cart.test.js': leaves }),
  );
  expect(fates(report)).toContain('2 (!(isDone)) killed');
});

test('tests that fail anyway say nothing about mutants', () => {
  const folder = project('node --test', { 'test/cart.test.js': nodeTest(4) });
  const { code, report } = tried(folder);
  expect(code).toBe(0);
  expect(report.counts['notRun']).toBe(report.mutants.length);
  expect(report.notChecked.map(({ why }) => why).join()).toContain('they fail before any mutant');
});

test('a project whose tests nobody knows how to run is not checked', () => {
  const { code, report } = tried(project('make test', {}));
  expect(code).toBe(0);
  expect(report.notChecked.map(({ what }) => what)).toEqual(['cart.js']);
});

test('with Vitest, from the dependencies of the work tree', () => {
  const test = `import { expect, test } from 'vitest';
import { total } from './cart.js';
test('sums', () => expect(total([10, 20], 10)).toBe(20));
`;
  const folder = project('vitest run', { 'cart.test.js': test, '.gitignore': 'node_modules\n' });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  const { code, report } = tried(folder, '--max', '4');
  expect(report.notChecked).toEqual([]);
  expect(report.mutants).toHaveLength(4);
  expect(report.runners.map(({ name }) => name)).toEqual(['vitest']);
  expect(report.counts['killed']).toBeGreaterThan(0);
  expect(report.counts['notCovered']).toBeGreaterThan(0);
  expect(code).toBe(report.counts['survived'] === 0 ? 0 : 1);
  expect(readdirSync(join(folder, 'node_modules'))).toEqual(['vitest']);
});

test('the text names the place, the writer and the way, and the help says that it runs tests', () => {
  const folder = project('node --test', { 'test/cart.test.js': nodeTest(3) });
  const { stdout, code } = runCli(folder, ['mutants', 'HEAD']);
  expect(code).toBe(1);
  expect(stdout).toContain(
    'cart.js:3  written by an AI\n         replaced > by >=: no test noticed.',
  );
  expect(stdout).toContain('No test comes to\n  · cart.js: line 7\n');
  expect(runCli(folder, ['mutants', '--help']).stdout).toContain("runs the project's own tests");
});

test.each([
  [['--budget', 'soon'], '--budget'],
  [['--max', '0'], '--max'],
  [['nowhere'], 'nowhere'],
])('mistakes are told: %j', (args, word) => {
  const { code, stderr } = runCli(project('node --test', {}), ['mutants', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(word);
});
