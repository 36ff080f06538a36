import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A command to measure, with what is to be done before each run. */
export interface Subject {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly before?: () => void;
  /** Exit codes that are an answer and no failure. */
  readonly fine?: readonly number[];
}

/** Median time of each subject in milliseconds; the subjects take turns, so that all see the same machine. */
export function medianTimes(subjects: readonly Subject[], runs: number): readonly number[] {
  const times = subjects.map(() => [] as number[]);
  for (let run = 0; run < runs; run++) {
    subjects.forEach((subject, index) => times[index]?.push(timeOf(subject)));
  }
  return times.map(medianOf);
}

function timeOf(subject: Subject): number {
  subject.before?.();
  const start = performance.now();
  run(subject, {});
  return performance.now() - start;
}

function run({ command, args, cwd, fine = [0] }: Subject, more: NodeJS.ProcessEnv): void {
  const { status, error, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (!fine.includes(status ?? -1)) {
    const said = stderr.toString('utf8').trim().slice(0, 500);
    throw new Error(`${command} ${args.join(' ')} ended with ${status ?? 'a signal'}: ${said}`);
  }
}

/**
 * Highest memory a Node program held, in megabytes: it says so itself when it ends, which works on every system.
 * What git holds beside it is not in the number.
 */
export function peakMemory(subject: Subject): number {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-bench-memory-'));
  try {
    const report = join(folder, 'peak');
    const reporter = join(folder, 'reporter.mjs');
    const path = JSON.stringify(report);
    writeFileSync(
      reporter,
      `import { writeFileSync } from 'node:fs';
process.once('exit', () => writeFileSync(${path}, String(process.resourceUsage().maxRSS)));\n`,
    );
    subject.before?.();
    run(subject, { NODE_OPTIONS: `--import=${JSON.stringify(reporter)}` });
    return Number(readFileSync(report, 'utf8')) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}
