// Measures how long a whole history takes to become facts, against `git log -p -M --first-parent` of the same
// repository in the same run, and how long a policy over facts from the cache takes.
//   node bench/replay.ts REPOSITORY... [--runs N]      or, on a made-up repository: npm run bench -- --only replay
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRepository } from './corpus.ts';
import { medianTimes, peakMemory } from './measure.ts';
import type { Subject } from './measure.ts';

export interface ReplayRow {
  readonly repository: string;
  readonly changes: number;
  readonly git_ms: number;
  readonly cold_ms: number;
  readonly warm_ms: number;
  readonly cold_ratio: number;
  readonly peak_mb: number;
}

const reader = join(import.meta.dirname, 'replay-reader.ts');
const madeUpChanges = 20_000;

/** One row for each repository: git's own time, facts from nothing, facts from the cache. */
export function measureReplay(repositories: readonly string[], runs: number): readonly ReplayRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-bench-replay-'));
  try {
    return repositories.map((repository) =>
      rowOf(repository, { cache: join(folder, 'cache'), runs }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same on a repository made for it. */
export async function measureMadeUp(runs: number): Promise<readonly ReplayRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-bench-history-'));
  try {
    return measureReplay([await buildRepository(folder, madeUpChanges)], runs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf(
  repository: string,
  { cache, runs }: { readonly cache: string; readonly runs: number },
): ReplayRow {
  const log: Subject = {
    command: 'git',
    args: ['log', '-p', '-M', '--first-parent', 'HEAD'],
    cwd: repository,
    // Where contents are missing git ends early, and its time says nothing.
    fine: [0],
  };
  const turns = Array.from({ length: runs }, () => {
    const [gitMs = NaN] = medianTimes([log], 1);
    rmSync(cache, { recursive: true, force: true });
    return { gitMs, coldMs: readingMs(repository, cache), warmMs: readingMs(repository, cache) };
  });
  const gitMs = middleOf(turns.map((turn) => turn.gitMs));
  const coldMs = middleOf(turns.map((turn) => turn.coldMs));
  const warmMs = middleOf(turns.map((turn) => turn.warmMs));
  const cold: Subject = {
    command: process.execPath,
    args: [reader, repository, cache],
    cwd: repository,
    before: () => rmSync(cache, { recursive: true, force: true }),
  };
  return {
    repository:
      basename(repository) === 'repo' ? basename(dirname(repository)) : basename(repository),
    changes: changesOf(repository),
    git_ms: Math.round(gitMs),
    cold_ms: Math.round(coldMs),
    warm_ms: Math.round(warmMs),
    cold_ratio: Math.round((100 * coldMs) / gitMs) / 100,
    peak_mb: Math.round(peakMemory(cold)),
  };
}

/** Without the start of the program: from the sources that takes a second, from the bundle a tenth of one. */
function readingMs(repository: string, cache: string): number {
  const { stdout } = spawnSync(process.execPath, [reader, repository, cache], { encoding: 'utf8' });
  return Number(stdout);
}

function middleOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[(numbers.length - 1) >> 1] ?? Number.NaN;
}

function changesOf(repository: string): number {
  const args = ['rev-list', '--count', '--first-parent', 'HEAD'];
  return Number(spawnSync('git', args, { cwd: repository, encoding: 'utf8' }).stdout);
}

/** Prints rows as a table. */
export function printReplay(rows: readonly ReplayRow[]): void {
  console.log('Facts of a whole history, against git log -p -M --first-parent in the same run\n');
  for (const row of rows)
    console.log(
      `  ${row.repository.padEnd(28)} ${row.changes.toLocaleString('en').padStart(8)} changes  git ${row.git_ms} ms  cold ${row.cold_ms} ms (${row.cold_ratio} ×)  from the cache ${row.warm_ms} ms  peak ${row.peak_mb} MB`,
    );
  console.log('');
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string', default: '1' } },
  });
  const runs = Math.max(1, Number(values.runs) || 1);
  printReplay(
    positionals.length === 0 ? await measureMadeUp(runs) : measureReplay(positionals, runs),
  );
}
