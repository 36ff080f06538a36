import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutated, withProbes, type Mutant } from '../behaviour/mutants.ts';
import type { Change, Gap } from '../change/change.ts';
import { addWorkCopy, type Repository } from '../outside/git/git.ts';
import { linkDependencies } from '../outside/tests/link-dependencies.ts';
import { runTests, type TestCommand, type TestRun } from '../outside/tests/run-tests.ts';
import { foldersAbove, runnerFor, type Runner } from '../outside/tests/runners.ts';
import type { Fate, TriedMutant, UsedRunner } from './mutants.ts';
import type { Progress } from './progress.ts';

interface TrialOptions {
  readonly repository: Repository;
  readonly change: Change;
  readonly budgetMs: number;
  readonly progress: Progress;
}

interface Trial {
  readonly tried: readonly TriedMutant[];
  readonly runners: readonly UsedRunner[];
  readonly gaps: readonly Gap[];
}

/** Tries mutants in a copy of the change's files; the user's own files are not touched. */
export async function tryMutants(
  planned: readonly Mutant[],
  options: TrialOptions,
): Promise<Trial> {
  if (planned.length === 0) return { tried: [], runners: [], gaps: [] };
  const { repository, change, progress } = options;
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const place = mkdtempSync(join(tmpdir(), 'hallmonitor-mutants-'));
  progress.long('copying the files of the change');
  const copy = await addWorkCopy(repository, change.head, join(place, 'copy'));
  try {
    if (typeof copy === 'string') return nothing(planned, `git made no copy of the files: ${copy}`);
    const bench = new Map<string, Bench>();
    const linked = link(planned, repository.workTree, copy.folder);
    const work: Work = {
      ...options,
      top: copy.folder,
      original: repository.workTree ?? copy.folder,
      notes: join(place, 'reached'),
      signal: stopping.signal,
      untilMs: performance.now() + options.budgetMs,
      gaps: [...linked],
      bench,
    };
    const tried = await tryAll(planned, work);
    return {
      tried,
      runners: [...bench.values()].flatMap(({ used }) => used ?? []),
      gaps: work.gaps,
    };
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    if (typeof copy !== 'string') await copy.remove();
    rmSync(place, { recursive: true, force: true });
    progress.end();
  }
}

function nothing(planned: readonly Mutant[], why: string): Trial {
  const tried = planned.map((mutant): TriedMutant => ({ mutant, fate: 'not-run', runner: null }));
  return { tried, runners: [], gaps: [{ what: 'all mutants', why }] };
}

/** Dependencies are those of the user's work tree, which may be of another commit. */
function link(planned: readonly Mutant[], workTree: string | null, copy: string): readonly Gap[] {
  if (workTree === null) return [];
  const folders = new Set(planned.flatMap(({ path }) => foldersAbove(path)));
  linkDependencies(workTree, copy, [...folders]);
  return [];
}

/** What is known of one runner in one package. */
interface Bench {
  readonly runner: Runner;
  readonly used: UsedRunner | null;
  /** Numbers of mutants that some test reaches; null where that could not be told. */
  readonly reached: ReadonlySet<number> | null;
  readonly limitMs: number;
  /** Whether all tests of the package pass and are quick enough to be asked about survivors. */
  readonly canAskAll: boolean;
}

interface Work extends TrialOptions {
  readonly top: string;
  readonly original: string;
  readonly notes: string;
  readonly signal: AbortSignal;
  readonly untilMs: number;
  readonly gaps: Gap[];
  readonly bench: Map<string, Bench>;
}

type Numbered = readonly [number, Mutant];

async function tryAll(planned: readonly Mutant[], work: Work): Promise<readonly TriedMutant[]> {
  const fates = new Map<number, TriedMutant>();
  const groups = grouped(planned, work);
  for (const [key, { runner, mutants }] of groups) {
    const bench = await prepare(runner, mutants, work);
    if (bench !== null) work.bench.set(key, bench);
    for (const [number, mutant] of mutants) {
      work.progress.step('trying mutants', fates.size, planned.length);
      const fate = bench === null ? 'not-run' : await tryOne([number, mutant], bench, work);
      fates.set(number, { mutant, fate, runner: bench === null ? null : runner.name });
    }
  }
  const tried = planned.map(
    (mutant, number): TriedMutant => fates.get(number) ?? { mutant, fate: 'not-run', runner: null },
  );
  const late = tried.filter(({ fate, runner }) => fate === 'not-run' && runner !== null).length;
  if (late > 0) {
    const why = work.signal.aborted ? 'it was interrupted' : 'the time budget was used up';
    work.gaps.push({ what: `${late} of ${planned.length} mutants`, why });
  }
  return tried;
}

interface Group {
  readonly runner: Runner;
  readonly mutants: Numbered[];
}

function grouped(planned: readonly Mutant[], work: Work): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const refused = new Map<string, string>();
  for (const [number, mutant] of planned.entries()) {
    const runner = runnerFor(work.top, mutant.path, work.original);
    if (typeof runner === 'string') {
      refused.set(mutant.path, runner);
      continue;
    }
    const key = `${runner.name} ${runner.folder}`;
    const group = groups.get(key) ?? { runner, mutants: [] };
    group.mutants.push([number, mutant]);
    groups.set(key, group);
  }
  for (const [what, why] of refused) work.gaps.push({ what, why });
  return groups;
}

/** The tests must pass as they are; then it is looked at which mutants they come to at all. */
async function prepare(
  runner: Runner,
  mutants: readonly Numbered[],
  work: Work,
): Promise<Bench | null> {
  const paths = [...new Set(mutants.map(([, { path }]) => path))];
  const what = `tests of ${runner.folder === '' ? 'the repository' : runner.folder} (${runner.name})`;
  const command = runner.related(paths);
  const none: Bench = { runner, used: null, reached: new Set(), limitMs: 0, canAskAll: false };
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
  const canAskAll = await allPass(runner, command, work);
  const used = { name: runner.name, folder: runner.folder, ms: Math.round(plain.ms) };
  return { runner, used, reached, limitMs, canAskAll };
}

function leftMs({ untilMs }: Work): number {
  return Math.max(1, untilMs - performance.now());
}

function run(command: TestCommand, limitMs: number, { signal }: Work): Promise<TestRun> {
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
      /\w*Error: |no module named|cannot find|not ok|command not found/i.test(line),
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
const longestAllMs = 30_000;

async function allPass(runner: Runner, related: TestCommand, work: Work): Promise<boolean> {
  const all = runner.all?.();
  if (all === undefined || all.args.length === related.args.length) return false;
  const { ended } = await run(all, Math.min(longestAllMs, leftMs(work)), work);
  return ended === 'passed';
}

async function tryOne([number, mutant]: Numbered, bench: Bench, work: Work): Promise<Fate> {
  const { runner, reached, limitMs, canAskAll } = bench;
  const known = reached !== null && mutant.reached !== null;
  const missed = known && !reached.has(number);
  if (bench.used === null || (missed && !canAskAll)) return 'not-covered';
  if (work.signal.aborted || leftMs(work) < 2) return 'not-run';
  const file = join(work.top, mutant.path);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (text === null || text.slice(mutant.from, mutant.to) !== mutant.before) return 'not-run';
  writeFileSync(file, mutated(text, mutant));
  try {
    const command = missed ? null : runner.related([mutant.path]);
    const first = command === null ? 'not-covered' : await fateIn(command, limitMs, work);
    if (first === 'killed' || first === 'timed-out' || first === 'not-run' || !canAskAll)
      return first;
    const all = runner.all?.();
    const second = all === undefined ? first : await fateIn(all, longestAllMs * 2, work);
    return missed && second === 'survived' ? 'not-covered' : second;
  } finally {
    writeFileSync(file, text);
  }
}

async function fateIn(command: TestCommand, limitMs: number, work: Work): Promise<Fate> {
  const left = leftMs(work);
  const { ended } = await run(command, Math.min(limitMs, left), work);
  if (ended === 'passed') return 'survived';
  if (ended === 'failed') return 'killed';
  if (ended === 'none') return 'not-covered';
  return work.signal.aborted || left < limitMs ? 'not-run' : 'timed-out';
}
