// How long a coding agent waits for its hook: the resident gate and the cold start, against `sh -c :` and `node -e 0`
// in the same run. Only the ratios mean anything on another machine.
//   npm run bench -- --only hook [--calls N]
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface HookRow {
  readonly what: string;
  readonly p50_ms: number;
  readonly p95_ms: number;
  /** Against `sh -c :` for the resident gate, `node -e 0` for the cold start: p50 to p50 and p95 to p95. */
  readonly floor: 'sh -c :' | 'node -e 0';
  readonly p50_ratio: number;
  readonly p95_ratio: number;
}

interface Case {
  readonly what: string;
  readonly floor: HookRow['floor'];
  readonly command: string;
  readonly args: readonly string[];
  /** Made anew for each call, so that no call finds the answer of the one before. */
  readonly input: (call: number) => string;
  readonly env: Readonly<Record<string, string>>;
  /** What the answer must be, so that a hook that fails fast is not called fast. */
  readonly exitCode: number;
}

const dist = join(import.meta.dirname, '../dist');
const client = join(dist, 'hallmonitor-hook');
const program = join(dist, 'hallmonitor.js');

/** Measures the hook: `calls` of each case, taking turns. */
export function measureHook(calls: number, progress: (text: string) => void): readonly HookRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-bench-hook-'));
  const runDir = join(folder, 'run');
  const env = { HALLMONITOR_RUN_DIR: runDir, HALLMONITOR_NODE: process.execPath };
  try {
    const repository = buildRepository(folder);
    start(program, ['gate-server', 'start'], env);
    const cases = casesIn(repository, env);
    for (const one of cases) once(one, repository, -1);
    const times = cases.map(() => [] as number[]);
    for (let call = 0; call < calls; call += 1) {
      if (call % 20 === 0) progress(`hook: ${call} of ${calls} calls`);
      cases.forEach((one, index) => times[index]?.push(once(one, repository, call)));
    }
    return rowsOf(cases, times);
  } finally {
    start(program, ['gate-server', 'stop'], env);
    rmSync(folder, { recursive: true, force: true });
  }
}

function casesIn(repository: string, env: Readonly<Record<string, string>>): readonly Case[] {
  // The very line that `init` wrote into the agent's settings, run as the agent runs it.
  const resident = {
    command: 'sh',
    args: ['-c', installedCommand(repository)],
    env: { ...env, CLAUDE_PROJECT_DIR: repository },
    floor: 'sh -c :' as const,
  };
  const cold = {
    command: process.execPath,
    args: [program, 'hook', '--agent', 'claude-code', '--event', 'PreToolUse'],
    // As the client starts it: 10 is its word for letting the agent go on.
    env: { ...env, HALLMONITOR_GATE: 'off', HALLMONITOR_CLIENT: '1' },
    floor: 'node -e 0' as const,
  };
  const edit = (call: number): string => editOf(repository, call);
  const command = (call: number): string => commandOf(repository, call);
  const drop = (call: number): string => dropOf(repository, call);
  return [
    {
      what: 'sh -c :',
      floor: 'sh -c :',
      command: 'sh',
      args: ['-c', ':'],
      input: () => '',
      env: {},
      exitCode: 0,
    },
    {
      what: 'node -e 0',
      floor: 'node -e 0',
      command: process.execPath,
      args: ['-e', '0'],
      input: () => '',
      env: {},
      exitCode: 0,
    },
    { ...resident, what: 'resident, an edit of TypeScript', input: edit, exitCode: 0 },
    { ...resident, what: 'resident, a command', input: command, exitCode: 0 },
    { ...resident, what: 'resident, a dropped column refused', input: drop, exitCode: 2 },
    { ...cold, what: 'cold, an edit of TypeScript', input: edit, exitCode: 10 },
    { ...cold, what: 'cold, a command', input: command, exitCode: 10 },
    { ...cold, what: 'cold, a dropped column refused', input: drop, exitCode: 2 },
  ];
}

function once(one: Case, cwd: string, call: number): number {
  const input = one.input(call);
  const begun = performance.now();
  const { status, error, stderr } = spawnSync(one.command, one.args, {
    cwd,
    input,
    env: { ...process.env, ...one.env },
  });
  const took = performance.now() - begun;
  if (error !== undefined) throw error;
  if (status !== one.exitCode)
    throw new Error(`${one.what} ended with ${status}: ${stderr.toString('utf8').slice(0, 400)}`);
  return took;
}

function start(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): void {
  spawnSync(process.execPath, [script, ...args], { env: { ...process.env, ...env } });
}

function rowsOf(cases: readonly Case[], times: readonly (readonly number[])[]): readonly HookRow[] {
  const at = (index: number, share: number): number => {
    const sorted = [...(times[index] ?? [])].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  };
  return cases.map(({ what, floor }, index) => {
    const base = cases.findIndex((one) => one.what === floor);
    return {
      what,
      floor,
      p50_ms: round(at(index, 0.5)),
      p95_ms: round(at(index, 0.95)),
      p50_ratio: round(at(index, 0.5) / at(base, 0.5)),
      p95_ratio: round(at(index, 0.95) / at(base, 0.95)),
    };
  });
}

function buildRepository(folder: string): string {
  const repository = join(folder, 'repository');
  mkdirSync(join(repository, 'src'), { recursive: true });
  mkdirSync(join(repository, 'db/migrations'), { recursive: true });
  writeFileSync(join(repository, 'src/cart.ts'), cart());
  const git = (...args: readonly string[]): void => {
    spawnSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args], {
      cwd: repository,
    });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=Cart');
  if (!existsSync(join(repository, '.git/HEAD')))
    throw new Error('git could not build the repository');
  mkdirSync(join(repository, 'node_modules/.bin'), { recursive: true });
  symlinkSync(client, join(repository, 'node_modules/.bin/hallmonitor-hook'));
  start(
    program,
    ['init', '--repo', repository, '--agents', 'claude-code', '--no-hooks', '--yes'],
    {},
  );
  return repository;
}

/** A file of usual make: 12 functions in 300 lines. */
function cart(): string {
  const body = Array.from({ length: 21 }, (_, at) => `  total = total + amount * ${at};`).join(
    '\n',
  );
  const lines = Array.from(
    { length: 12 },
    (_, at) =>
      `export function price${at}(amount: number): number {\n  let total = ${at};\n${body}\n  return total;\n}\n`,
  );
  return lines.join('\n');
}

interface Settings {
  readonly hooks: {
    readonly PreToolUse: readonly { readonly hooks: readonly { readonly command: string }[] }[];
  };
}

function installedCommand(repository: string): string {
  const text = readFileSync(join(repository, '.claude/settings.json'), 'utf8');
  const [group] = (JSON.parse(text) as Settings).hooks.PreToolUse;
  const command = group?.hooks[0]?.command;
  if (command === undefined) throw new Error('init installed no hook');
  return command;
}

function payload(repository: string, tool: string, input: object): string {
  return JSON.stringify({
    session_id: '00000000-0000-4000-8000-000000000000',
    transcript_path: join(repository, 'nowhere.jsonl'),
    cwd: repository,
    permission_mode: 'default',
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input,
    tool_use_id: 'toolu_00000000000000000000',
  });
}

function editOf(repository: string, call: number): string {
  return payload(repository, 'Edit', {
    file_path: join(repository, 'src/cart.ts'),
    old_string: '  let total = 5;',
    new_string: `  const start = ${call};\n  let total = start;`,
  });
}

function commandOf(repository: string, call: number): string {
  return payload(repository, 'Bash', {
    command: `npm test -- --run src/cart.test.ts 2>&1 | tail -${call + 20}`,
  });
}

function dropOf(repository: string, call: number): string {
  return payload(repository, 'Write', {
    file_path: join(repository, 'db/migrations/0002.sql'),
    content: `ALTER TABLE orders DROP COLUMN coupon${call + 1};\n`,
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
