// Measures `hallmonitor check` against `git diff` plus the start of a process, both in the same run: only the ratio
// means anything on another machine.
//   npm run bench -- [--runs N] [--calls N] [--format json] [--only changes|repositories|hook|replay|guards] [--repo DIR]
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureGuards, printGuards } from './guards.ts';
import { measureHook, type HookRow } from './hook.ts';
import { branchOf, buildRepository, changeSizes } from './corpus.ts';
import { medianTimes, peakMemory } from './measure.ts';
import { measureMadeUp, printReplay } from './replay.ts';
import type { Subject } from './measure.ts';

interface Row {
  readonly commits: number;
  readonly lines: number;
  /** `git diff` plus `node -e 0`. */
  readonly baseline_ms: number;
  readonly warm_ms: number;
  readonly cold_ms: number;
  readonly warm_ratio: number;
  readonly cold_ratio: number;
  readonly peak_mb: number;
}

const program = join(import.meta.dirname, '../dist/hallmonitor.js');
const typicalRepository = 2_000;
const typicalChange = 400;
const repositorySizes = [100, 2_000, 20_000];

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    calls: { type: 'string', default: '100' },
    format: { type: 'string', default: 'text' },
    only: { type: 'string' },
    repo: { type: 'string', default: join(import.meta.dirname, '..') },
  },
});
const runs = Math.max(1, Number(values.runs) || 5);

if (existsSync(program)) await measure();
else {
  console.error('not built: dist/hallmonitor.js is missing. Run npm run build first.');
  process.exitCode = 2;
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-bench-'));
  try {
    const wanted = (part: string): boolean => (values.only ?? part) === part;
    const hook = wanted('hook')
      ? measureHook(Math.max(1, Number(values.calls) || 100), progress)
      : [];
    const changes = wanted('changes') ? await byChange(folder) : [];
    const repositories = wanted('repositories') ? await byRepository(folder) : [];
    if (wanted('replay')) progress('reading a whole history');
    const replay = wanted('replay') ? await measureMadeUp(1) : [];
    if (wanted('guards')) progress('asking the guards about changes that landed');
    const asked = wanted('guards') ? await measureGuards(values.repo, 40) : null;
    if (values.format === 'json') {
      const node = process.version;
      const result = {
        schema: 'hallmonitor/bench/v1',
        node,
        runs,
        hook,
        changes,
        repositories,
        replay,
        guards: asked,
      };
      console.log(JSON.stringify(result, null, 2));
      return;
    }
    printHook(hook);
    if (replay.length > 0) printReplay(replay);
    if (asked !== null) printGuards(asked);
    if (changes.length + repositories.length === 0) return;
    print(`By size of change (lines), ${typicalRepository} commits`, 'lines', changes);
    print(
      `By size of repository (commits), a change of ${typicalChange} lines`,
      'commits',
      repositories,
    );
    console.log(
      `Medians of ${runs} runs. Warm: the history is in the cache. Cold: there is no cache yet.`,
    );
    console.log('Peak: memory of the cold check itself, in MB, git not included.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function byChange(folder: string): Promise<readonly Row[]> {
  progress(`building ${typicalRepository} commits`);
  const repository = await buildRepository(folder, typicalRepository);
  return changeSizes.map((lines) => rowOf(repository, { commits: typicalRepository, lines }));
}

async function byRepository(folder: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const commits of repositorySizes) {
    progress(`building ${commits} commits`);
    const repository = await buildRepository(join(folder, 'by-repository'), commits);
    rows.push(rowOf(repository, { commits, lines: typicalChange }));
  }
  return rows;
}

function rowOf(
  cwd: string,
  { commits, lines }: { readonly commits: number; readonly lines: number },
): Row {
  progress(`measuring ${lines} lines on ${commits} commits`);
  const range = `main..${branchOf(lines)}`;
  const cache = join(cwd, 'hallmonitor');
  const check: Subject = {
    command: process.execPath,
    args: [program, 'check', range, '--repo', cwd, '--format', 'json'],
    cwd,
    fine: [0, 1],
  };
  const nothing: Subject = { command: process.execPath, args: ['-e', '0'], cwd };
  const diff: Subject = { command: 'git', args: ['diff', '--no-ext-diff', range], cwd };
  const cold: Subject = { ...check, before: () => rmSync(cache, { recursive: true, force: true }) };
  const [diffMs = NaN, nothingMs = NaN, coldMs = NaN, warmMs = NaN] = medianTimes(
    [diff, nothing, cold, check],
    runs,
  );
  const baselineMs = diffMs + nothingMs;
  return {
    commits,
    lines,
    baseline_ms: round(baselineMs),
    warm_ms: round(warmMs),
    cold_ms: round(coldMs),
    warm_ratio: round(warmMs / baselineMs),
    cold_ratio: round(coldMs / baselineMs),
    peak_mb: Math.round(peakMemory(cold)),
  };
}

function print(title: string, size: 'lines' | 'commits', rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const head = [size, 'diff + start', 'warm', '×', 'cold', '×', 'peak'];
  const cells = rows.map((row) => [
    row[size].toLocaleString('en'),
    `${row.baseline_ms.toFixed(0)} ms`,
    `${row.warm_ms.toFixed(0)} ms`,
    row.warm_ratio.toFixed(1),
    `${row.cold_ms.toFixed(0)} ms`,
    row.cold_ratio.toFixed(1),
    `${row.peak_mb} MB`,
  ]);
  const widths = head.map((name, column) =>
    Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  console.log(`${title}\n`);
  for (const row of [head, ...cells]) {
    console.log(`  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}`);
  }
  console.log('');
}

function printHook(rows: readonly HookRow[]): void {
  if (rows.length === 0) return;
  console.log('What a coding agent waits for its hook (p50 and p95, against the floor named)\n');
  for (const { what, floor, ...row } of rows) {
    const ratios =
      what === floor ? '' : `${row.p50_ratio.toFixed(1)} ×  ${row.p95_ratio.toFixed(1)} × ${floor}`;
    console.log(
      `  ${what.padEnd(36)} ${row.p50_ms.toFixed(1).padStart(7)} ms ${row.p95_ms.toFixed(1).padStart(7)} ms  ${ratios}`,
    );
  }
  console.log('');
}

function progress(text: string): void {
  if (process.stderr.isTTY) console.error(`… ${text}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
