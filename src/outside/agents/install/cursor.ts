import type { AgentInstall, InstallWishes } from './agent-install.ts';
import { hookCommand, isRefusable } from './hook-command.ts';
import { hooksFile, hookTimeoutSeconds, pathAt } from './hooks-file-of.ts';

// The shell and MCP events are there for versions, and for the command line, that fire no preToolUse for them.
const events = [
  'preToolUse',
  'beforeShellExecution',
  'beforeMCPExecution',
  'postToolUse',
  'afterFileEdit',
  'beforeSubmitPrompt',
  'subagentStart',
  'subagentStop',
  'stop',
  'sessionStart',
  'sessionEnd',
];

/** Cursor: a flat list of hooks by event. */
export function cursor(wishes: InstallWishes): AgentInstall {
  const path = pathAt(wishes, { project: '.cursor/hooks.json', user: '.cursor/hooks.json' });
  const hooks = events.map((event) => ({
    event,
    entry: {
      command: hookCommand('cursor', event, wishes),
      timeout: hookTimeoutSeconds,
      ...(isRefusable(event) ? { failClosed: true } : {}),
    },
  }));
  return {
    agent: 'cursor',
    level: wishes.level,
    files: [hooksFile(path, hooks, { version: 1 })],
    failClosed: {
      by: 'switch',
      sentence: 'failClosed: true refuses a tool call when the hook breaks or takes too long.',
    },
    after: [
      'Cursor: restart it, and look in Settings, Hooks, that the hooks are listed.',
      ...(wishes.level === 'project' ? ['Cursor: the folder must be a trusted workspace.'] : []),
    ],
  };
}
