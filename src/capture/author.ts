import { hash } from 'node:crypto';
import type { AgentName } from '../suggestion/event.ts';

/**
 * Who wrote a line, as the record knows it. `base`: it was there before anybody watched, or git brought it. `human`:
 * it changed while no agent was at work. `gap`: it changed while an agent, or what it left running, was at work, in no
 * call that was gated. `unknown`: nobody can say any more. `ai:s_…::t_…`: the session and call that wrote it.
 */
export type Author = 'base' | 'human' | 'unknown' | 'gap' | `ai:${string}`;

/** The words git-ai uses for agents; with them the same session gets the same id in both. */
const toolWords: Readonly<Record<AgentName, string>> = {
  'claude-code': 'claude',
  codex: 'codex',
  cursor: 'cursor',
  copilot: 'github-copilot',
  'gemini-cli': 'gemini',
  windsurf: 'windsurf',
  cline: 'cline',
  opencode: 'opencode',
  generic: 'generic',
};

/** An agent as git-ai names it. */
export function toolWord(agent: AgentName): string {
  return toolWords[agent];
}

/** Id of a session: `s_` and the start of SHA-256 over tool and conversation. */
export function sessionKey(agent: AgentName, conversation: string): string {
  return `s_${hash('sha256', `${toolWord(agent)}:${conversation}`).slice(0, 14)}`;
}

/** Id of one call in a session; made from the agent's own id of the call, so that it can be found again. */
export function traceKey(session: string, callId: string): string {
  return `t_${hash('sha256', `${session}:${callId}`).slice(0, 14)}`;
}

/** The same for a call that nobody was asked about before it ran. */
export function ungatedTraceKey(session: string, callId: string): string {
  return `t_u${traceKey(session, callId).slice(3)}`;
}

/** Whether an AI's lines came by a call that was gated. */
export function wasGated(author: Author): boolean {
  return !author.includes('::t_u');
}

/** The author of lines that one call of a session wrote. */
export function aiAuthor(session: string, trace: string): Author {
  return `ai:${session}::${trace}`;
}

/** The session of an AI author; null for everybody else. */
export function sessionOf(author: Author): string | null {
  return author.startsWith('ai:') ? (author.slice(3).split('::', 1)[0] ?? null) : null;
}

/** Any text as an author; what is not understood is unknown, never a person. */
export function readAuthor(text: unknown): Author {
  if (typeof text !== 'string') return 'unknown';
  if (text === 'base' || text === 'human' || text === 'gap') return text;
  return /^ai:s_[0-9a-z]{1,64}::t_[0-9a-z]{1,64}$/.test(text) ? (text as Author) : 'unknown';
}
