import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkOut, git, repo, temporaryFolder } from '../story.ts';
import { root, run, userEnvironment, type Ran } from './run-cli.ts';

// The client belongs to the bundle, so this needs `npm run build`, which installing does.
const client = join(root, 'dist/hallmonitor-hook');
const program = join(root, 'dist/hallmonitor.js');

let shop = '';
let runDir = '';

beforeEach(() => {
  shop = checkOut(repo([{ files: { 'cart.ts': 'export const a = 1;\n' } }]));
  runDir = join(temporaryFolder(), 'run');
});

afterEach(() => {
  gate('stop');
});

function environment(): Readonly<Record<string, string | undefined>> {
  return { HALLMONITOR_RUN_DIR: runDir, HALLMONITOR_NODE: process.execPath };
}

function gate(action: string, more: readonly string[] = []): Ran {
  return run(shop, [process.execPath, program, 'gate-server', action, ...more], {
    env: environment(),
  });
}

function status(): { readonly running: boolean; readonly pid?: number; readonly served?: number } {
  return JSON.parse(gate('status', ['--format', 'json']).stdout) as ReturnType<typeof status>;
}

function payload(content: string, folder: string = shop): string {
  return JSON.stringify({
    session_id: 's',
    transcript_path: '',
    cwd: folder,
    hook_event_name: 'PreToolUse',
    tool_name: 'Write',
    tool_input: { file_path: join(folder, 'db/migrations/2.sql'), content },
    tool_use_id: 't',
  });
}

const drop = 'ALTER TABLE orders DROP COLUMN coupon;\n';
const add = 'ALTER TABLE orders ADD COLUMN coupon text;\n';

function ask(input: string, more: Readonly<Record<string, string>> = {}): Ran {
  return run(shop, [client, '--agent', 'claude-code', '--event', 'PreToolUse'], {
    input,
    env: { ...environment(), ...more },
  });
}

test('without a gate the program itself judges, and leaves a gate for the next call', async () => {
  expect(ask(payload(drop)).code).toBe(2);
  await expect.poll(() => status().running, { timeout: 20_000 }).toBe(true);
  const before = status().served ?? 0;
  expect(ask(payload(drop))).toMatchObject({ code: 2 });
  expect(ask(payload(add))).toMatchObject({ code: 0, stdout: '' });
  expect((status().served ?? 0) - before).toBeGreaterThanOrEqual(3);
});

test('where a gate may not be started, each call is answered all the same', () => {
  expect(ask(payload(drop), { HALLMONITOR_GATE: 'off' }).code).toBe(2);
  expect(readdirSync(runDir).filter((name) => name.endsWith('.sock'))).toEqual([]);
});

describe('with a gate', () => {
  beforeEach(() => {
    expect(gate('start').code).toBe(0);
  });

  test('only this user can reach it', () => {
    expect(statSync(runDir).mode & 0o777).toBe(0o700);
    const [name = ''] = readdirSync(runDir);
    expect(statSync(join(runDir, name)).mode & 0o777).toBe(0o600);
  });

  test('a second one is not started', () => {
    const { pid } = status();
    expect(gate('run').code).toBe(1);
    expect(status().pid).toBe(pid);
  });

  test('one that is killed leaves nothing in the way', async () => {
    process.kill(status().pid ?? 0, 'SIGKILL');
    expect(ask(payload(drop)).code).toBe(2);
    await expect.poll(() => status().running, { timeout: 20_000 }).toBe(true);
  });

  test('a folder that others can write to is not trusted', () => {
    chmodSync(runDir, 0o777);
    const { served } = status();
    expect(served).toBeUndefined();
    expect(ask(payload(drop), { HALLMONITOR_GATE: 'off' }).code).toBe(2);
    chmodSync(runDir, 0o700);
  });

  test('many agents in many repositories are served at once', async () => {
    const others = [
      shop,
      ...[1, 2, 3].map((one) => checkOut(repo([{ says: `${one}`, files: { 'a.ts': '' } }]))),
    ];
    const calls = others.flatMap((folder) =>
      [drop, add, drop, add].map((text) => ({ folder, text })),
    );
    const codes = await Promise.all(calls.map(({ folder, text }) => askInBackground(folder, text)));
    expect(codes).toEqual(calls.map(({ text }) => (text === drop ? 2 : 0)));
    expect(status().running).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['another language', 'GET / HTTP/1.1\r\n\r\n'],
    ['a head without an end', 'x'.repeat(5_000)],
    ['a payload of unbelievable length', 'hallmonitor/1 hook codex - 0 999999999\n'],
    ['half a request', 'hallmonitor/1 hook codex - 1 100\n/{'],
  ])('%s over the socket does not end it', async (_, text) => {
    const [name = ''] = readdirSync(runDir);
    await new Promise<void>((done) => {
      const socket = connect(join(runDir, name));
      socket.on('error', () => done());
      socket.on('close', () => done());
      socket.resume();
      socket.end(text);
    });
    expect(status().running).toBe(true);
    expect(ask(payload(drop)).code).toBe(2);
  });
});

test('a program that cannot be started is a refusal in the form of each agent', () => {
  const refused = (agent: string, event: string): Ran =>
    run(shop, [client, '--agent', agent, '--event', event], {
      input: '{}',
      env: { ...environment(), HALLMONITOR_NODE: join(runDir, 'no-such-node') },
    });
  expect(refused('claude-code', 'PreToolUse')).toMatchObject({ code: 2, stdout: '' });
  expect(refused('codex', 'PreToolUse').stderr).toContain('cannot judge');
  expect(JSON.parse(refused('copilot', 'preToolUse').stdout)).toMatchObject({
    permissionDecision: 'deny',
  });
  expect(JSON.parse(refused('cline', 'PreToolUse').stdout)).toMatchObject({ cancel: true });
  expect(JSON.parse(refused('cursor', 'preToolUse').stdout)).toMatchObject({ permission: 'deny' });
  // The end of a turn cannot be refused, only complained about.
  expect(refused('claude-code', 'Stop')).toMatchObject({ code: 1, stdout: '' });
});

test('a program that crashes is a refusal', () => {
  const broken = join(temporaryFolder(), 'node');
  writeFileSync(broken, '#!/bin/sh\nexit 139\n', { mode: 0o755 });
  const { code, stderr } = run(shop, [client, '--agent', 'claude-code'], {
    input: payload(add),
    env: { ...environment(), HALLMONITOR_NODE: broken },
  });
  expect(code).toBe(2);
  expect(stderr).toContain('hallmonitor doctor');
});

test('what was recorded after an answer is on the disk once the gate was drained', () => {
  expect(gate('start').code).toBe(0);
  ask(payload(drop));
  // A commit waits for the gate before it reads what was recorded.
  git(shop, 'status');
  expect(gate('stop').code).toBe(0);
  const journal = join(shop, '.git/hallmonitor');
  expect(readdirSync(journal).join()).toContain('refusals.json');
  expect(readFileSync(join(journal, 'refusals.json'), 'utf8')).not.toContain('DROP');
});

function askInBackground(folder: string, content: string): Promise<number | null> {
  return new Promise((settle, fail) => {
    const child = spawn(client, ['--agent', 'claude-code', '--event', 'PreToolUse'], {
      cwd: folder,
      env: { ...userEnvironment, ...environment() },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.on('error', fail);
    child.on('close', settle);
    child.stdin.end(payload(content, folder));
  });
}
