import { spawn } from 'node:child_process';

/** Leaves a gate running in the background, unless one answers already; never waits for it. */
export function startGate(): void {
  const script = process.argv[1];
  if (process.platform === 'win32' || process.env['HALLMONITOR_GATE'] === 'off') return;
  if (script === undefined) return;
  const child = spawn(process.execPath, [script, 'gate-server', 'run'], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
    env: { ...withoutAgent(process.env), NODE_OPTIONS: '' },
  });
  // No process to be had means no gate; the call at hand is answered all the same.
  child.on('error', () => undefined);
  child.unref();
}

/** The gate serves all agents: what one of them set for its own processes is not its own. */
function withoutAgent(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(?:CLAUDE|CODEX|CURSOR|GEMINI|OPENCODE|COPILOT|AI_AGENT|GIT_)/.test(name),
    ),
  );
}
