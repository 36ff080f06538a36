import { quotable } from '../../../change/redact.ts';
import type { HookAnswer, Phase, Verdict } from '../../../suggestion/event.ts';
import type { RenderContext } from './dialect.ts';

/** Longer reasons are cut: agents put them into the model's context, and some refuse long ones. */
export const reasonLimit = 1_500;
const contextLimit = 4_000;

/** A verdict as a dialect may say it: one line each, no secrets, never an empty reason. */
export interface Said {
  readonly refuses: boolean;
  readonly asks: boolean;
  readonly reason: string;
  readonly context: string | null;
}

/**
 * What is to be said, once it is clear what can be: `ask` refuses where nobody can be asked. What was not understood is
 * refused before a tool runs and where the phase is unknown, and only told where it is too late.
 */
export function say(verdict: Verdict, context: RenderContext, canAsk: boolean): Said {
  const reason = line(verdict.reason, reasonLimit);
  const unread = context.event === null && !isGate(context.phase);
  const said = reason === '' ? 'Hallmonitor refuses this and was given no reason to show.' : reason;
  if (verdict.decision !== 'pass' && unread)
    return { refuses: false, asks: false, reason: said, context: said };
  return {
    refuses: verdict.decision === 'deny' || (verdict.decision === 'ask' && !canAsk),
    asks: verdict.decision === 'ask' && canAsk,
    reason: said,
    context: verdict.context === null ? null : line(verdict.context, contextLimit) || null,
  };
}

/** Phases where a refusal stops something; an unknown phase may be one. */
function isGate(phase: Phase | null): boolean {
  return phase === null || phase === 'pre-tool';
}

function line(text: string, limit: number): string {
  return quotable(text, limit);
}

export const nothing: HookAnswer = { stdout: '', stderr: '', exitCode: 0 };

/** JSON for the agent, and nothing else. */
export function json(value: object): HookAnswer {
  return { stdout: `${JSON.stringify(value)}\n`, stderr: '', exitCode: 0 };
}

/** JSON, the reason on the other stream, and the exit code that refuses. */
export function refusal(value: object | null, reason: string): HookAnswer {
  const stdout = value === null ? '' : `${JSON.stringify(value)}\n`;
  return { stdout, stderr: `${reason}\n`, exitCode: 2 };
}

/** For people who look at the agent's log, where the agent has no place for it. */
export function aside(text: string | null): HookAnswer {
  return text === null ? nothing : { ...nothing, stderr: `${text}\n` };
}

/** True when a version is known and lower than another; unknown versions are taken for new ones. */
export function olderThan(version: string | null | undefined, other: string): boolean {
  const [mine, theirs] = [numbers(version ?? ''), numbers(other)];
  if (mine.length === 0) return false;
  for (const [at, number] of theirs.entries()) {
    const own = mine[at] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}

function numbers(version: string): readonly number[] {
  const [found = ''] = /\d{1,6}(?:\.\d{1,6}){0,3}/.exec(version) ?? [];
  return found === '' ? [] : found.split('.').map(Number);
}
