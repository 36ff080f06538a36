import { join } from 'node:path';
import type { AgentFile, InstallWishes } from './agent-install.ts';
import { withHooks, withoutHooks, type WantedHook } from './hooks-file.ts';

/** A JSON file of hooks, merged with what is there. */
export function hooksFile(
  path: string,
  hooks: readonly WantedHook[],
  beside: Readonly<Record<string, unknown>> = {},
): AgentFile {
  return {
    path,
    install: (now) => withHooks(now, { hooks, beside }),
    remove: (now) => withoutHooks(now, beside),
    whole: false,
    executable: false,
  };
}

/** The path of an agent's file at the level that is wished. */
export function pathAt(
  { level, places }: InstallWishes,
  { project, user }: { readonly project: string; readonly user: string },
): string {
  return level === 'project' ? join(places.top, project) : join(places.home, user);
}

/** Events of agents that took over Claude Code's form. */
export const claudeEvents = [
  'PreToolUse',
  'PostToolUse',
  'UserPromptSubmit',
  'Stop',
  'SubagentStart',
  'SubagentStop',
  'SessionStart',
  'SessionEnd',
] as const;

/** Time for a cold start on a busy machine, seconds; the resident gate answers in milliseconds. */
export const hookTimeoutSeconds = 30;
