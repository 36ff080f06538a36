import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { noGit } from './problems.ts';

/** Where and with what environment git runs. */
export interface Place {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface GitOutput {
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Exit code; null when it was stopped because it said more than the limit. */
  readonly code: number | null;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  /** Longest output that is kept; what goes beyond ends the process. */
  readonly limitBytes?: number;
  /** Longest time that is waited; then the process is ended. */
  readonly limitMs?: number;
}

export interface StreamOptions {
  readonly input?: string | Uint8Array;
  /** Hears each piece of output; answers false to end the process. */
  readonly onChunk: (chunk: Buffer) => boolean;
  readonly limitMs?: number;
}

const standardLimitBytes = 256 * 2 ** 20;
const keptErrorBytes = 16_384;

// A repository's own configuration must not make git run anything, or print in another form.
const configuration: readonly string[] = [
  'core.quotePath=false',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.bigFileThreshold=32m',
  'diff.external=',
  'diff.autoRefreshIndex=true',
  'diff.mnemonicPrefix=false',
  'diff.noprefix=false',
  'log.showSignature=false',
  'log.showRoot=true',
  'protocol.allow=never',
  'gc.auto=0',
].flatMap((setting) => ['-c', setting]);

/** Options for every command that shows a diff: the same form whatever is configured, and nothing else runs. */
export const diffOptions: readonly string[] = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-relative',
  '--submodule=short',
  '--full-index',
];

/** The same for commands that show lines: no context, and the algorithm that is git's own default. */
export const lineOptions: readonly string[] = [
  ...diffOptions,
  '--patch',
  '--unified=0',
  '--inter-hunk-context=0',
  '--diff-algorithm=myers',
  '--indent-heuristic',
];

/**
 * What every git gets: no prompt, no pager, no optional locks, no network. Objects missing from a partial clone
 * are not fetched: older versions know no switch for that, but all obey the list of allowed protocols. Replaced
 * objects and grafted parents are off, or what is judged could differ from what lands.
 */
export function gitEnvironment(
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const environment = { ...given };
  for (const name of unwanted) delete environment[name];
  return {
    ...environment,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
    LANGUAGE: '',
  };
}

const unwanted = [
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
  'GIT_PAGER',
  'GIT_EDITOR',
  'GIT_ATTR_SOURCE',
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_TRACE',
  'GIT_REF_PARANOIA',
];

/** Runs git to its end and gives what it said. The one place that starts git, with no shell between. */
export async function runGit(
  place: Place,
  args: readonly string[],
  { input, limitBytes = standardLimitBytes, limitMs }: RunOptions = {},
): Promise<GitOutput> {
  const chunks: Buffer[] = [];
  let size = 0;
  const { code, stderr } = await streamGit(place, args, {
    ...(input === undefined ? {} : { input }),
    ...(limitMs === undefined ? {} : { limitMs }),
    onChunk(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      return size <= limitBytes;
    },
  });
  return { stdout: Buffer.concat(chunks), stderr, code };
}

/** Runs git and hands its output on as it comes. */
export function streamGit(
  place: Place,
  args: readonly string[],
  { input, onChunk, limitMs }: StreamOptions,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawnGit(place, args);
  return new Promise((resolve, reject) => {
    const stderr = keepErrors(child);
    let stopped = false;
    const patience =
      limitMs === undefined
        ? null
        : setTimeout(() => {
            stopped = true;
            child.kill();
          }, limitMs);
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? noGit() : error),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      if (stopped || onChunk(chunk)) return;
      stopped = true;
      child.kill();
    });
    child.on('close', (code) => {
      if (patience !== null) clearTimeout(patience);
      resolve({ code: stopped ? null : code, stderr: stderr() });
    });
    // Git may end before it has read everything; its exit code tells why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Starts a git that stays for questions. Its complaints go nowhere; a closed pipe would end it at the first one. */
export function startGit(place: Place, args: readonly string[]): ChildProcess {
  return spawn('git', ['--no-pager', ...configuration, ...args], {
    cwd: place.cwd,
    env: place.environment,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
}

function spawnGit(place: Place, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', ['--no-pager', ...configuration, ...args], {
    cwd: place.cwd,
    env: place.environment,
    stdio: 'pipe',
    windowsHide: true,
  });
}

/** Longest answer that is waited for, in bytes. */
const shortAnswerBytes = 5_000_000;

/** Runs git for a short answer and waits for it, for callers that cannot; null when it fails or says too much. */
export function runGitNow(place: Place, args: readonly string[]): Buffer | null {
  const { stdout, status } = spawnSync('git', ['--no-pager', ...configuration, ...args], {
    cwd: place.cwd,
    env: place.environment,
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: shortAnswerBytes,
    windowsHide: true,
  });
  return status === 0 ? stdout : null;
}

/** What git said at once, and its exit code; null where it was ended because it took too long or said too much. */
export function askGitNow(
  place: Place,
  args: readonly string[],
  { input, limitBytes = shortAnswerBytes, limitMs }: RunOptions,
): { readonly stdout: Buffer; readonly code: number | null } {
  const { stdout, status } = spawnSync('git', ['--no-pager', ...configuration, ...args], {
    cwd: place.cwd,
    env: place.environment,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
    ...(input === undefined ? {} : { input }),
    maxBuffer: limitBytes,
    windowsHide: true,
    ...(limitMs === undefined ? {} : { timeout: limitMs }),
  });
  return { stdout: stdout ?? Buffer.alloc(0), code: status };
}

function keepErrors(child: ChildProcessWithoutNullStreams): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  child.stderr.on('data', (chunk: Buffer) => {
    if (size < keptErrorBytes) chunks.push(chunk);
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
