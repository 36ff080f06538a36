import { homedir } from 'node:os';
import type { InstalledAgent, Places } from '../outside/agents/install/agent-install.ts';
import { detectAgents, type FoundAgent } from '../outside/agents/install/detect.ts';
import { installedAgents } from '../outside/agents/install/install.ts';
import { understood, type Understood } from '../outside/agents/install/probe-answer.ts';
import { probeOf, type ProbeEdit } from '../outside/agents/install/probe.ts';
import { quotable } from '../change/redact.ts';
import { drive } from './doctor-drive.ts';
import { hooksOf, type AgentHooks, type FoundHook } from './doctor-hooks.ts';
import type { DoctorCheck } from './doctor-report.ts';
import { machineFacts } from './init-agent-wishes.ts';

/** An edit that every policy in force refuses: instances that still run the old code fail on it. Nobody writes it. */
const dangerous: ProbeEdit = {
  path: 'db/migrations/99991231235959_hallmonitor_doctor.sql',
  content: 'ALTER TABLE orders DROP COLUMN coupon;\n',
};

/** One that nothing speaks against. */
export const harmless: ProbeEdit = { path: 'docs/hallmonitor-doctor.md', content: '# A note\n' };

/** Longest part of a hook's words that is repeated, in characters; a fault needs more than a refusal as it should be. */
const longest = { fault: 400, refusal: 100 };

/** Drives the hooks of every agent that is installed or in use. Nothing is written. */
export async function agentChecks(top: string): Promise<readonly DoctorCheck[]> {
  const places: Places = { top, home: homedir() };
  const found = detectAgents(machineFacts, places);
  const checks: DoctorCheck[] = [];
  for (const agent of installedAgents) {
    const sign = found.find((one) => one.agent === agent) ?? null;
    const check = await agentCheck(agent, places, sign);
    if (check !== null) checks.push(check);
  }
  return checks;
}

async function agentCheck(
  agent: InstalledAgent,
  places: Places,
  sign: FoundAgent | null,
): Promise<DoctorCheck | null> {
  const probe = probeOf(agent, places.top, dangerous);
  const state = hooksOf(agent, places, probe);
  const early = withoutDriving(agent, state, sign);
  if (early !== null || state.hooks.length === 0) return early;
  const refused = await asked(agent, places, { edit: dangerous, hooks: state.hooks });
  const passed = await asked(agent, places, { edit: harmless, hooks: state.hooks });
  return judged({ agent, refused, passed, state });
}

/** What can be said without running anything; null when the hooks are to be driven, or there is nothing to say. */
function withoutDriving(
  agent: InstalledAgent,
  { hooks, outdated, off, problems, notChecked }: AgentHooks,
  sign: FoundAgent | null,
): DoctorCheck | null {
  const base = { subject: agent, standing: 'bad' as const, notChecked };
  const [problem] = problems;
  if (problem !== undefined) {
    return {
      ...base,
      standing: 'unknown',
      result: 'unreadable',
      says: `${problem}.`,
      advice: 'Repair it and run init again.',
    };
  }
  const [old] = outdated;
  if (old !== undefined) {
    return {
      ...base,
      result: 'outdated',
      says: `${old}, or the script it calls, is not what this version writes, so it was not run.`,
      advice: 'Run: hallmonitor init',
    };
  }
  if (hooks.length === 0) return sign === null ? null : noHook(agent, sign);
  const [why] = off;
  if (why === undefined) return null;
  const result = why.startsWith('Codex does not trust') ? 'untrusted' : 'off';
  return { ...base, result, says: `The hook is there but does not run: ${why}.`, advice: '' };
}

function noHook(agent: InstalledAgent, { where, sign }: FoundAgent): DoctorCheck {
  const inProject = where === 'project';
  return {
    subject: agent,
    standing: inProject ? 'bad' : 'unused',
    result: 'no-hook',
    says: inProject
      ? `This project is set up for it (${sign}), but it has no hook.`
      : `It is on this machine (${sign}) and has no hook here.`,
    advice: `Run: hallmonitor init --agents ${agent}`,
    notChecked: [],
  };
}

/** Asks all hooks, as the agent does: one that stops is enough. */
async function asked(
  agent: InstalledAgent,
  { top }: Places,
  { edit, hooks }: { readonly edit: ProbeEdit; readonly hooks: readonly FoundHook[] },
): Promise<Understood> {
  const probe = probeOf(agent, top, edit);
  let worst: Understood | null = null;
  for (const { start, timeoutMs, failClosed } of hooks) {
    const end = await drive(start, { agent, top, probe, timeoutMs });
    const now = understood(agent, end, { failClosed });
    if (now.effect === 'stops' || now.effect === 'asks') return now;
    if (worst === null || now.effect === 'broken') worst = now;
  }
  return worst ?? { effect: 'goes on', reason: '' };
}

interface Driven {
  readonly agent: InstalledAgent;
  readonly refused: Understood;
  readonly passed: Understood;
  readonly state: AgentHooks;
}

function judged({ agent, refused, passed, state }: Driven): DoctorCheck {
  const base = { subject: agent, standing: 'bad' as const, notChecked: state.notChecked };
  const reason = quotable(refused.reason, longest.refusal);
  if (refused.effect === 'broken') {
    return {
      ...base,
      result: 'broken',
      says: `The hook fails, and the agent goes on: ${quotable(refused.reason, longest.fault)}`,
      advice: 'Run: hallmonitor init',
    };
  }
  if (refused.effect === 'goes on') {
    return {
      ...base,
      result: 'not-refused',
      says: 'The hook runs, but let an edit through that drops a column.',
      advice: 'See whether the policy says agents: enforce, and what it waives.',
    };
  }
  if (passed.effect !== 'goes on') {
    const why = quotable(passed.reason, longest.fault);
    const byHttp = state.hooks.some(({ start }) => start.kind === 'http');
    const advice = byHttp ? 'Run: hallmonitor gate-server start' : '';
    return {
      ...base,
      result: 'refuses-everything',
      says: `The hook refuses a harmless edit, too: ${why}`,
      advice,
    };
  }
  return {
    ...base,
    standing: 'good',
    result: refused.effect === 'asks' ? 'asked' : 'refused',
    says: `It refused an edit that drops a column, and no harmless one: ${reason}`,
    advice: '',
  };
}
