import type { InstalledAgent } from './agent-install.ts';

/** How a hook ended. */
export interface HookEnd {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal or the time limit ended it. */
  readonly code: number | null;
}

/** What an agent makes of it: does it stop, ask its person, or go on; `broken` when it goes on because the hook failed. */
export interface Understood {
  readonly effect: 'stops' | 'asks' | 'goes on' | 'broken';
  readonly reason: string;
}

/** Whether the hook has the agent's own switch that makes a broken hook refuse. */
export interface Switches {
  readonly failClosed: boolean;
}

/** Reads the end of a hook as the agent does that called it, by its documents and by what its program was seen to do. */
export function understood(agent: InstalledAgent, end: HookEnd, switches: Switches): Understood {
  const { code, stderr } = end;
  const said = jsonOf(end.stdout);
  const decision = said === null ? null : decisionIn(agent, said);
  if (agent === 'copilot' || agent === 'cline') {
    return code === 0 && decision !== null ? decision : open(end, { failClosed: false });
  }
  if (agent === 'gemini-cli') return ofGemini(end, decision);
  if (agent === 'windsurf') {
    return code === 2 ? stops(stderr) : open(end, switches);
  }
  if (code === 2) {
    const silent = stderr.trim() === '';
    if (agent === 'codex') {
      return silent ? { effect: 'broken', reason: 'it refused without a reason' } : stops(stderr);
    }
    return stops(decision?.reason ?? stderr);
  }
  if (code === 0) return decision ?? { effect: 'goes on', reason: '' };
  return open(end, switches);
}

function ofGemini(end: HookEnd, decision: Understood | null): Understood {
  const text = end.stdout.trim() === '' ? end.stderr.trim() : end.stdout.trim();
  if (decision !== null) return decision;
  if (end.code === 0) return { effect: 'goes on', reason: '' };
  if (end.code !== null && end.code >= 2 && text !== '') return stops(text);
  return open(end, { failClosed: false });
}

function open({ code, stderr }: HookEnd, { failClosed }: Switches): Understood {
  if (code === 0) return { effect: 'goes on', reason: '' };
  const how = code === null ? 'it took too long or was killed' : `it ended with code ${code}`;
  const reason = [how, stderr.trim()].filter((part) => part !== '').join(': ');
  return { effect: failClosed ? 'stops' : 'broken', reason };
}

function stops(reason: string): Understood {
  return { effect: 'stops', reason: reason.trim() };
}

function decisionIn(agent: InstalledAgent, said: Fields): Understood | null {
  switch (agent) {
    case 'claude-code':
    case 'codex': {
      const inner = fieldsOf(said['hookSpecificOutput']) ?? {};
      return ruled(inner['permissionDecision'], inner['permissionDecisionReason']);
    }
    case 'cursor':
      return ruled(said['permission'], said['agent_message'] ?? said['user_message']);
    case 'copilot':
      return ruled(said['permissionDecision'], said['permissionDecisionReason']);
    case 'gemini-cli':
    case 'opencode':
      return ruled(said['decision'], said['reason']);
    case 'cline':
      return said['cancel'] === true
        ? stops(text(said['errorMessage']))
        : { effect: 'goes on', reason: '' };
    case 'windsurf':
      return null;
  }
}

function ruled(decision: unknown, reason: unknown): Understood | null {
  if (decision === 'deny' || decision === 'block') return stops(text(reason));
  if (decision === 'ask') return { effect: 'asks', reason: text(reason) };
  return null;
}

type Fields = Readonly<Record<string, unknown>>;

function jsonOf(stdout: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(stdout));
  } catch {
    return null; // plain text is no decision
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
