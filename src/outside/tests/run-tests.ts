import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** How a run of tests ended. */
export interface TestRun {
  /** `none`: the runner found no test to run. */
  readonly ended: 'passed' | 'failed' | 'none' | 'late';
  readonly ms: number;
  /** How many tests the runner says have passed; null where it does not say. Code that ends the process early passes fewer. */
  readonly passed: number | null;
  /** The end of what it printed. */
  readonly tail: string;
}

export interface TestCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Exit code with which the runner says that there was no test. */
  readonly noneCode: number | null;
  /** Finds the number of passed tests in what the runner prints last. */
  readonly passedIn: RegExp;
}

const tailLength = 4_000;

/** Runs a test command to its end, or kills it and everything it started when it is late. */
export function runTests(
  { program, args, cwd, env, noneCode, passedIn }: TestCommand,
  limitMs: number,
  signal: AbortSignal,
): Promise<TestRun> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let tail = '';
    let isLate = false;
    function hear(chunk: Buffer): void {
      tail = (tail + chunk.toString('utf8')).slice(-tailLength);
    }
    function stop(): void {
      isLate = true;
      killGroup(child.pid);
    }
    const patience = setTimeout(stop, limitMs);
    signal.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    function end(code: number | null, why = ''): void {
      clearTimeout(patience);
      signal.removeEventListener('abort', stop);
      const ms = performance.now() - start;
      const ended = isLate ? 'late' : code === 0 ? 'passed' : code === noneCode ? 'none' : 'failed';
      const plain = stripVTControlCharacters(tail);
      const told = passedIn.exec(plain)?.[1];
      const passed = told === undefined ? null : Number(told);
      resolve({ ended, ms, passed, tail: `${plain}${why}` });
    }
    child.on('error', (error) => end(null, error.message));
    child.on('exit', (code) => {
      // What a test left running keeps the pipes open; nobody waits for it.
      killGroup(child.pid);
      setImmediate(() => end(code));
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
