import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withProbes, type Mutant } from '../behaviour/mutants.ts';
import type { Change, Gap } from '../change/change.ts';
import type { Repository } from '../outside/git/git.ts';
import { runTests, type TestCommand, type TestRun } from '../outside/tests/run-tests.ts';
import type { Runner } from '../outside/tests/runners.ts';
import type { UsedRunner } from './mutants.ts';
import type { Progress } from './progress.ts';

/** What is tried, and for how long. */
export interface TrialOptions {
  readonly repository: Repository;
  readonly change: Change;
  readonly budgetMs: number;
  readonly progress: Progress;
}

/** A command with the number of tests that pass in it without a mutant. */
export interface Asked {
  readonly command: TestCommand;
  readonly passed: number | null;
}

/** What is known of one runner in one package. */
export interface Bench {
  readonly runner: Runner;
  readonly related: Asked | null;
  readonly used: UsedRunner | null;
  /** Numbers of mutants that some test reaches; null where that could not be told. */
  readonly reached: ReadonlySet<number> | null;
  readonly limitMs: number;
  /** All tests of the package, where they pass and are quick enough to be asked about survivors. */
  readonly all: Asked | null;
}

/** Everything that trying needs. */
export interface Work extends TrialOptions {
  readonly top: string;
  readonly original: string;
  readonly notes: string;
  readonly signal: AbortSignal;
  readonly untilMs: number;
  readonly gaps: Gap[];
  readonly bench: Map<string, Bench>;
}

/** A mutant with its number in the order of trying. */
export type Numbered = readonly [number, Mutant];

/** The tests must pass as they are; then it is looked at which mutants they come to at all. */
export async function prepare(
  runner: Runner,
  mutants: readonly Numbered[],
  work: Work,
): Promise<Bench | null> {
  const paths = [...new Set(mutants.map(([, { path }]) => path))];
  const what = `tests of ${runner.folder === '' ? 'the repository' : runner.folder} (${runner.name})`;
  const command = runner.related(paths);
  const none: Bench = {
    runner,
    related: null,
    used: null,
    reached: new Set(),
    limitMs: 0,
    all: null,
  };
  if (command === null) {
    work.gaps.push({ what, why: 'there are none' });
    return none;
  }
  work.progress.long(`running the ${what} without a mutant`);
  const plain = await run(command, leftMs(work), work);
  if (plain.ended === 'none') return none;
  if (plain.ended !== 'passed') {
    work.gaps.push({ what, why: whyNot(plain, work) });
    return null;
  }
  const reached = await reachedBy(command, mutants, work);
  if (reached?.size === 0)
    work.gaps.push({
      what,
      why: 'no changed line was reached; it may be that the tests load built or installed files instead',
    });
  const limitMs = plain.ms * 3 + 10_000;
  const all = await allOf(runner, command, work);
  const used = { name: runner.name, folder: runner.folder, ms: Math.round(plain.ms) };
  return { runner, related: { command, passed: plain.passed }, used, reached, limitMs, all };
}

/** Time that is left of the budget. */
export function leftMs({ untilMs }: Work): number {
  return Math.max(1, untilMs - performance.now());
}

/** Runs tests in the copy. */
export function run(command: TestCommand, limitMs: number, { signal }: Work): Promise<TestRun> {
  return runTests(command, limitMs, signal);
}

function whyNot({ ended, tail }: TestRun, { signal }: Work): string {
  if (signal.aborted) return 'it was interrupted';
  if (ended === 'late') return 'they did not end within the time budget, before any mutant';
  const lines = tail
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const telling =
    lines.find((line) =>
      /^✖ (?!failing)|\w*Error: |no module named|cannot find|not ok|command not found/i.test(line),
    ) ?? lines.find((line) => /error|fail/i.test(line));
  return `they fail before any mutant: ${(telling ?? lines.at(-1) ?? 'no word why').slice(0, 200)}`;
}

/** Runs the tests once with notes in every mutated place; null where the notes themselves break something. */
async function reachedBy(
  command: TestCommand,
  mutants: readonly Numbered[],
  work: Work,
): Promise<ReadonlySet<number> | null> {
  const byPath = Map.groupBy(mutants, ([, { path }]) => path);
  writeFileSync(work.notes, '');
  const texts = new Map(
    [...byPath.keys()].map((path) => [path, readFileSync(join(work.top, path), 'utf8')]),
  );
  for (const [path, text] of texts)
    writeFileSync(
      join(work.top, path),
      withProbes(path, text, { mutants: byPath.get(path) ?? [], file: work.notes }),
    );
  const noted = await run(command, leftMs(work), work);
  for (const [path, text] of texts) writeFileSync(join(work.top, path), text);
  if (noted.ended !== 'passed') return null;
  return new Set(readFileSync(work.notes, 'utf8').split('\n').filter(Boolean).map(Number));
}

/** Tests of a whole package that take longer than this are not asked again about each survivor. */
export const longestAllMs = 30_000;

async function allOf(runner: Runner, related: TestCommand, work: Work): Promise<Asked | null> {
  const command = runner.all?.();
  if (command === undefined || command.args.length === related.args.length) return null;
  const { ended, passed } = await run(command, Math.min(longestAllMs, leftMs(work)), work);
  return ended === 'passed' ? { command, passed } : null;
}
