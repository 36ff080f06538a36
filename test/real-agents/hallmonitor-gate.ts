import { onTestFinished } from 'vitest';
import { runCli } from '../end-to-end/run-cli.ts';
import type { Place } from './drive.ts';
import type { RealAgent } from './install.ts';

/** Puts Hallmonitor in as its user does: `hallmonitor init` for one agent, in the project's files. */
export function hallmonitorGate(agent: RealAgent): (place: Place) => void {
  return ({ repository, env }) => {
    const said = runCli(repository, ['init', '--yes', '--agents', agent], { env });
    if (said.code !== 0) throw new Error(`init did not install for ${agent}: ${said.stderr}`);
    // One gate, started here, so that it can be ended: hooks of a late event would start another.
    runCli(repository, ['gate-server', 'start'], { env: { ...env, HALLMONITOR_GATE: undefined } });
    onTestFinished(() => void runCli(repository, ['gate-server', 'stop'], { env }));
  };
}
