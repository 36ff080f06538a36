import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root, run, type Ran } from '../end-to-end/run-cli.ts';
import type { Place } from './drive.ts';
import type { RealAgent } from './install.ts';

/** Puts Hallmonitor in as its user does: `hallmonitor init` for one agent, in the project's files. */
export function hallmonitorGate(agent: RealAgent): (place: Place) => void {
  return ({ repository, env }) => {
    const said = built(repository, ['init', '--yes', '--agents', agent], env);
    if (said.code !== 0) throw new Error(`init did not install for ${agent}: ${said.stderr}`);
    // One gate, started here, so that it can be ended: hooks of a late event would start another.
    built(repository, ['gate-server', 'start'], { ...env, HALLMONITOR_GATE: undefined });
    onTestFinished(() => endGate(repository));
  };
}

/** Ends the gate, which first writes down what it was told. */
export function endGate(repository: string): void {
  built(repository, ['gate-server', 'stop'], {});
}

/** Runs the program as it is published: only that has the small client that asks the gate. */
function built(
  repository: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Ran {
  return run(repository, [process.execPath, join(root, 'dist/hallmonitor.js'), ...args], { env });
}
