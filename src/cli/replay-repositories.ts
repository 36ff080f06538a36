import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { mostJobs, wholeNumber } from './replay-history.ts';
import type { RepositoryRow } from './replay-json.ts';
import type { ReplayJson } from './replay-json.ts';
import type { ReplayOptions } from './replay-one.ts';
import type { Progress } from './progress.ts';

/** Longest answer of one repository, in bytes. */
const longestAnswer = 64 * 2 ** 20;

/**
 * Replays many repositories, one process each and as many at a time as there are cores: a history that breaks one
 * process costs nobody else's answer.
 */
export async function replayRepositories(
  folders: readonly string[],
  options: ReplayOptions,
  progress: Progress,
): Promise<readonly RepositoryRow[]> {
  const jobs = wholeNumber(options.jobs, '--jobs', [1, mostJobs]) ?? availableParallelism();
  const rows: RepositoryRow[] = [];
  const waiting = folders.map((folder, index) => ({ folder, index }));
  let done = 0;
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      rows[next.index] = { folder: next.folder, result: await replayed(next.folder, options) };
      done += 1;
      progress.step('replaying repositories', done, folders.length);
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, folders.length) }, work));
  progress.end();
  return rows;
}

function replayed(folder: string, options: ReplayOptions): Promise<ReplayJson | Error> {
  const script = process.argv[1] ?? '';
  const args = [script, 'replay', '--repo', folder, '--format', 'json', ...passedOn(options)];
  return new Promise((settle) => {
    execFile(process.execPath, args, { maxBuffer: longestAnswer }, (error, stdout) => {
      settle(answerOf(stdout, error));
    });
  });
}

function answerOf(stdout: string, error: Error | null): ReplayJson | Error {
  try {
    const said = JSON.parse(stdout) as ReplayJson | { schema: string; message: string };
    return 'message' in said ? new Error(said.message) : said;
  } catch {
    return error ?? new Error('it gave no answer');
  }
}

/** The options that hold for each repository. */
function passedOn(options: ReplayOptions): readonly string[] {
  const { since, observe, cache, guards, readingSpeed, policy } = options;
  const named: readonly (readonly [string, string | undefined])[] = [
    ['--since', since],
    ['--observe', observe],
    ['--cache', cache],
    ['--catch', options.catch],
    ['--reading-speed', readingSpeed],
    ...policy.map((file) => ['--policy', file] as const),
  ];
  return [
    ...named.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
    // The cores are busy with repositories already.
    ...(guards === true ? ['--guards', '--jobs', '1'] : []),
  ];
}
