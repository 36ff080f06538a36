import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { userEnvironment } from '../end-to-end/run-cli.ts';
import { storyEnvironment } from '../story.ts';
import { fakeModel } from './fake-model/fake-model.ts';
import type { ModelRequest, Turn, Wire } from './fake-model/script.ts';
import { starterOf, type RealAgent } from './install.ts';

/** Where an agent runs: the repository it works in and a home folder of its own. */
export interface Place {
  readonly repository: string;
  readonly home: string;
  /** What the agent and everything it starts has as environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One session of a real agent with a played model. */
export interface Session {
  readonly repository: string;
  /** Puts the hook in, as a user's installer does. */
  readonly install: (place: Place) => void | Promise<void>;
  readonly turns: readonly Turn[];
}

/** What came of a session. */
export interface Transcript {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What the agent answered to each tool call, as the model got it, in the order of the calls. */
  readonly answers: readonly string[];
  readonly requests: readonly ModelRequest[];
  /** Files of the work tree afterwards, by path. */
  readonly tree: Readonly<Record<string, string>>;
  readonly place: Place;
}

/** What differs between agents. */
export interface Driver {
  readonly agent: RealAgent;
  readonly wire: Wire;
  /** Settings in the home folder and environment that make the agent talk to the fake model and to nobody else. */
  readonly prepare: (
    place: Place,
    url: string,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** What the person at the agent does once the hook is in, such as trusting it. */
  readonly settle?: (place: Place, command: readonly string[]) => Promise<void>;
  readonly args: readonly string[];
  readonly answersIn: (request: ModelRequest) => readonly string[];
}

const sessionTimeoutMs = 60_000;
const maxFiles = 1000;

/** Runs an agent through a session; null when its package is not installed. */
export async function drive(driver: Driver, session: Session): Promise<Transcript | null> {
  const command = starterOf(driver.agent);
  if (command === null) return null;
  const model = await fakeModel(driver.wire, session.turns);
  try {
    const bare = { repository: session.repository, home: homeFolder(), env: agentEnvironment() };
    const env = { ...bare.env, HOME: bare.home, ...(await driver.prepare(bare, model.url)) };
    const place = { ...bare, env };
    await session.install(place);
    await driver.settle?.(place, command);
    const ended = await run(place, [...command, ...driver.args]);
    return {
      ...ended,
      answers: model.requests.map(driver.answersIn).reduce(longest, []),
      requests: model.requests,
      tree: treeOf(session.repository),
      place,
    };
  } finally {
    await model.close();
  }
}

/** Writes files under a folder, making folders as needed. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: 0o755 });
  }
}

// Each request repeats the whole conversation; the last one has most answers.
function longest(one: readonly string[], other: readonly string[]): readonly string[] {
  return other.length > one.length ? other : one;
}

// An agent that was stopped may still write its last lines: removal tries again.
function homeFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'agent-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  return home;
}

function agentEnvironment(): Record<string, string | undefined> {
  const who = Object.entries(storyEnvironment).filter(([name]) => name.startsWith('GIT_'));
  return {
    ...userEnvironment,
    ...Object.fromEntries(who),
    TERM: 'dumb',
    NO_COLOR: '1',
    // Hooks start no gate by themselves: it would outlive the test.
    HALLMONITOR_GATE: 'off',
  };
}

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(place: Place, [program = '', ...args]: readonly string[]): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: place.repository,
    env: place.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (part: Buffer) => (said.stdout += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (said.stderr += part.toString('utf8')));
  const timer = setTimeout(() => endGroup(child.pid), sessionTimeoutMs);
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { exitCode, ...said };
  } finally {
    clearTimeout(timer);
  }
}

// The whole group, because the agent's own programs must not outlive it.
function endGroup(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

function treeOf(repository: string): Record<string, string> {
  const files = readdirSync(repository, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(repository.length + 1))
    .filter((path) => !path.startsWith('.git/'));
  if (files.length > maxFiles) throw new Error(`the agent left ${files.length} files`);
  return Object.fromEntries(
    files.map((path) => [path, readFileSync(join(repository, path), 'utf8')]),
  );
}
