import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutated, type Mutant } from '../behaviour/mutants.ts';
import type { Gap } from '../change/change.ts';
import { addWorkCopy } from '../outside/git/git.ts';
import { linkDependencies } from '../outside/tests/link-dependencies.ts';
import { foldersAbove, runnerFor, type Runner } from '../outside/tests/runners.ts';
import {
  leftMs,
  longestAllMs,
  prepare,
  run,
  type Asked,
  type Bench,
  type Numbered,
  type TrialOptions,
  type Work,
} from './mutants-bench.ts';
import type { Fate, TriedMutant, UsedRunner } from './mutants.ts';

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
    // Dependencies are those of the user's work tree, which may be of another commit.
    if (repository.workTree !== null)
      linkDependencies(repository.workTree, copy.folder, foldersOf(planned));
    const work: Work = {
      ...options,
      top: copy.folder,
      original: repository.workTree ?? copy.folder,
      notes: join(place, 'reached'),
      signal: stopping.signal,
      untilMs: performance.now() + options.budgetMs,
      gaps: [],
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

function foldersOf(planned: readonly Mutant[]): readonly string[] {
  return [...new Set(planned.flatMap(({ path }) => foldersAbove(path)))];
}

function nothing(planned: readonly Mutant[], why: string): Trial {
  const tried = planned.map((mutant): TriedMutant => ({ mutant, fate: 'not-run', runner: null }));
  return { tried, runners: [], gaps: [{ what: 'all mutants', why }] };
}

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

async function tryOne([number, mutant]: Numbered, bench: Bench, work: Work): Promise<Fate> {
  const { related, all, reached, limitMs } = bench;
  const missed = reached !== null && mutant.reached !== null && !reached.has(number);
  if (related === null || (missed && all === null)) return 'not-covered';
  if (work.signal.aborted || leftMs(work) < 2) return 'not-run';
  const file = join(work.top, mutant.path);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (text === null || text.slice(mutant.from, mutant.to) !== mutant.before) return 'not-run';
  writeFileSync(file, mutated(text, mutant));
  try {
    const first = missed ? 'not-covered' : await fateIn(related, limitMs, work);
    if (all === null || (first !== 'survived' && first !== 'not-covered')) return first;
    const second = await fateIn(all, longestAllMs * 2, work);
    return missed && second === 'survived' ? 'not-covered' : second;
  } finally {
    writeFileSync(file, text);
  }
}

async function fateIn(
  { command, passed: usual }: Asked,
  limitMs: number,
  work: Work,
): Promise<Fate> {
  const left = leftMs(work);
  const { ended, passed } = await run(command, Math.min(limitMs, left), work);
  // A mutant that ends the process with success has let tests go by: somebody would notice.
  const isShort = usual !== null && (passed === null || passed < usual);
  if (ended === 'passed') return isShort ? 'killed' : 'survived';
  if (ended === 'failed') return 'killed';
  if (ended === 'none') return 'not-covered';
  return work.signal.aborted || left < limitMs ? 'not-run' : 'timed-out';
}
