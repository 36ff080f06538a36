import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { storyEnvironment, temporaryFolder } from '../story.ts';

export const root: string = join(import.meta.dirname, '..', '..');

/** What a program said and how it ended; the code is null when a signal ended it. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  /** On top of the environment; `undefined` takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A home without a file in it. */
const home: string = temporaryFolder();

/**
 * What a user's shell has, and nothing of the machine that tests: no agent, CI or colour variables. The compiled
 * code is kept between runs, which halves the time of each.
 */
export const userEnvironment: Readonly<Record<string, string | undefined>> = {
  ...Object.fromEntries(
    Object.entries(storyEnvironment).filter(([name]) => /^(?:GIT_.*|LC_ALL|TZ|TMPDIR)$/.test(name)),
  ),
  // Hooks are started by git: they find the Node that runs the tests first.
  PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
  HOME: home,
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
};

/** Runs `hallmonitor` in a folder, from its source, as a user does. */
export function runCli(folder: string, args: readonly string[], options: RunOptions = {}): Ran {
  return run(folder, [process.execPath, join(root, 'src/cli/bin.ts'), ...args], options);
}

/** Runs git in a folder and gives what it said, also when it failed: pushes are meant to. */
export function runGit(folder: string, args: readonly string[], options: RunOptions = {}): Ran {
  return run(folder, ['git', ...args], options);
}

/** Runs any program, without a shell. */
export function run(
  folder: string,
  [program = '', ...args]: readonly string[],
  { input, env = {} }: RunOptions = {},
): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: { ...userEnvironment, ...env },
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
    input: input ?? '',
  });
  if (error !== undefined) throw error;
  return { code: status, stdout, stderr };
}
