import { httpSettings, httpSettingsPath, type HttpSettings } from '../server/gate-http.ts';
import { reachGate, socketPath } from '../server/gate-socket.ts';
import { probeOf } from '../outside/agents/install/probe.ts';
import { harmless } from './doctor-agents.ts';
import { drive } from './doctor-drive.ts';
import type { DoctorCheck } from './doctor-report.ts';

/** A gate makes hooks fast; without one they work all the same, except those that call it by HTTP. */
export async function gateCheck(top: string): Promise<DoctorCheck> {
  const socket = await reachGate(socketPath());
  socket?.destroy();
  const settings = httpSettings();
  const http = settings === null ? null : { ...settings, heard: await heardAt(settings, top) };
  return gateStanding(socket !== null, http);
}

/** What answers at the address: our gate, something else, or nothing. */
export type Heard = 'gate' | 'other' | 'nothing';

/** How the gate stands, from what answered by the socket and, where that is set up, by HTTP. */
export function gateStanding(
  runs: boolean,
  http: { readonly port: number; readonly heard: Heard } | null,
): DoctorCheck {
  const base = { subject: 'gate', advice: '', notChecked: [] };
  const start = 'Run: hallmonitor gate-server start';
  if (http?.heard === 'other') {
    const says = `Something else answers at 127.0.0.1:${http.port}, which agents call by HTTP, so they are refused everything.`;
    const advice = `End what holds that port and run: hallmonitor gate-server start. Or take another port: remove ${httpSettingsPath()} and run: hallmonitor init --http`;
    return { ...base, standing: 'bad', result: 'port-taken', says, advice };
  }
  if (runs && http?.heard === 'nothing') {
    const says = `A resident gate runs, but does not answer by HTTP at 127.0.0.1:${http.port}, as init --http set up.`;
    return { ...base, standing: 'bad', result: 'no-http', says, advice: start };
  }
  if (runs) {
    const says = `A resident gate answers${http === null ? '' : `, by HTTP at 127.0.0.1:${http.port}, too`}.`;
    return { ...base, standing: 'good', result: 'running', says };
  }
  const says =
    'No resident gate runs; agents start one with their next call, and each call is slower until then.';
  const advice = http === null ? '' : `Hooks that call it by HTTP need one. ${start}`;
  return { ...base, standing: 'unused', result: 'not-running', says, advice };
}

/** Longest wait for an answer, in milliseconds. */
const timeoutMs = 10_000;

/** Posts a harmless edit, as Claude Code does. Any answer in its form is the gate's, whatever that says. */
export async function heardAt({ port, token }: HttpSettings, top: string): Promise<Heard> {
  const agent = 'claude-code';
  const probe = probeOf(agent, top, harmless);
  const url = `http://127.0.0.1:${port}/hook/${agent}/${token}`;
  const end = await drive({ kind: 'http', url }, { agent, top, probe, timeoutMs });
  if (end.code !== 0) return end.stderr === '' ? 'other' : 'nothing';
  return isObject(end.stdout) ? 'gate' : 'other';
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false; // a page, or nothing
  }
}
