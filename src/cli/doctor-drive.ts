import { spawnSync } from 'node:child_process';
import type { InstalledAgent } from '../outside/agents/install/agent-install.ts';
import type { HookEnd } from '../outside/agents/install/probe-answer.ts';
import type { Probe } from '../outside/agents/install/probe.ts';

/** What an agent starts for its hook. */
export type Startable =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'plugin'; readonly text: string }
  | { readonly kind: 'http'; readonly url: string };

export interface Drive {
  readonly agent: InstalledAgent;
  readonly top: string;
  readonly probe: Probe;
  readonly timeoutMs: number;
}

/** Longest answer of a hook that is read, in bytes. */
const longestAnswer = 4_000_000;

/** Starts a hook as its agent does, gives it the payload, and says how it ended. */
export async function drive(startable: Startable, driven: Drive): Promise<HookEnd> {
  switch (startable.kind) {
    case 'command':
      return started(shellOf(driven.agent, startable.command), driven);
    case 'file':
      return started(['sh', startable.path], driven);
    case 'plugin':
      return started(
        [process.execPath, '--input-type=module', '-e', pluginRun(startable.text)],
        driven,
      );
    case 'http':
      return posted(startable.url, driven);
  }
}

/** The shell that an agent runs command lines with. */
function shellOf(agent: InstalledAgent, command: string): readonly string[] {
  if (agent === 'codex') return [process.env['SHELL'] ?? '/bin/sh', '-lc', command];
  if (agent === 'copilot' || agent === 'gemini-cli') return ['bash', '-c', command];
  return ['sh', '-c', command];
}

function started([program = '', ...args]: readonly string[], driven: Drive): HookEnd {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: driven.top,
    env: { ...process.env, ...driven.probe.env },
    input: JSON.stringify(driven.probe.payload),
    encoding: 'utf8',
    timeout: driven.timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: longestAnswer,
  });
  if (error === undefined) return { stdout, stderr, code: status };
  return { stdout: '', stderr: error.message, code: null };
}

async function posted(url: string, { probe, timeoutMs }: Drive): Promise<HookEnd> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(probe.payload),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const stdout = await response.text();
    return { stdout, stderr: '', code: response.ok ? 0 : 1 };
  } catch (error) {
    // The address holds a secret, so the message must not repeat it.
    const why =
      error instanceof Error && error.name === 'TimeoutError' ? 'took too long' : 'failed';
    return { stdout: '', stderr: `the call to the gate ${why}`, code: 1 };
  }
}

/**
 * A program that loads the plug-in as opencode does, asks it before a tool call, and prints what an exception says in
 * the form of a refusal.
 */
function pluginRun(text: string): string {
  const address = `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`;
  return `
    const { text } = await import('node:stream/consumers');
    const asked = JSON.parse(await text(process.stdin));
    const loaded = await import(${JSON.stringify(address)});
    const [plugin] = Object.values(loaded);
    const hooks = await plugin({ directory: asked.cwd, worktree: asked.cwd });
    const { tool, sessionID, callID, args } = asked;
    try {
      await hooks['tool.execute.before']({ tool, sessionID, callID }, { args });
      process.stdout.write('{}');
    } catch (error) {
      process.stdout.write(JSON.stringify({ decision: 'deny', reason: String(error.message) }));
    }
  `;
}
