import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Longest time one question may take before the process is ended, and longest answer. */
const answerMs = 20_000;
const answerBytes = 2_000_000;

/** A process without rights that answers questions, one after the other. */
export interface IsolatedProcess {
  /** The answer as text; null when there was none in time. */
  readonly ask: (question: string) => Promise<string | null>;
  readonly end: () => void;
}

interface Running {
  readonly child: ChildProcess;
  readonly answers: AsyncIterator<string>;
}

/**
 * Starts the program itself again with everything taken away: it may read its own code and nothing else, write
 * nothing, start nothing, see no environment and, where Linux allows it, no network. It is killed when it is slow.
 */
export function isolatedProcess(script: string, command: string): IsolatedProcess {
  let running: Running | null = null;
  const argv = commandLine(script, command);
  function end(): void {
    running?.child.kill('SIGKILL');
    running = null;
  }
  return {
    end,
    async ask(question) {
      running ??= start(argv);
      const { child, answers } = running;
      const patience = setTimeout(end, answerMs);
      child.stdin?.write(`${question}\n`);
      const answer = await answers.next();
      clearTimeout(patience);
      if (answer.done !== true) return answer.value;
      end();
      return null;
    },
  };
}

function start([program = '', ...args]: readonly string[]): Running {
  const child = spawn(program, args, {
    cwd: '/',
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  let heard = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.length;
    if (heard > answerBytes) child.kill('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout });
  lines.on('line', () => {
    heard = 0;
  });
  return { child, answers: lines[Symbol.asyncIterator]() };
}

function commandLine(script: string, command: string): readonly string[] {
  const node = [
    process.execPath,
    '--permission',
    ...ownFolders(script).map((folder) => `--allow-fs-read=${folder}`),
    '--no-addons',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    '--max-old-space-size=512',
    realpathSync(script),
    command,
  ];
  return [...withoutNetwork(), ...node];
}

/** The folder of the bundle; of the sources, the whole package. */
function ownFolders(script: string): readonly string[] {
  const folder = dirname(realpathSync(script));
  const isBundle = !existsSync(join(folder, 'main.ts'));
  const top = isBundle ? dirname(folder) : dirname(dirname(folder));
  return isBundle ? [folder, join(top, 'package.json')] : [top];
}

/** Linux can start a program in a network of its own, without any connection; not everywhere it is allowed. */
function withoutNetwork(): readonly string[] {
  const unshare = '/usr/bin/unshare';
  if (process.platform !== 'linux' || !existsSync(unshare)) return [];
  const args = ['--net', '--map-root-user', '--'];
  const trial = spawnSync(unshare, [...args, '/bin/true'], {
    env: {},
    stdio: 'ignore',
    timeout: 5_000,
  });
  return trial.status === 0 ? [unshare, ...args] : [];
}
