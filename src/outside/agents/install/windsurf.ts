import type { AgentInstall, InstallWishes } from './agent-install.ts';
import { hookCommand } from './hook-command.ts';
import { hooksFile, pathAt } from './hooks-file-of.ts';

const events = [
  'pre_write_code',
  'pre_run_command',
  'pre_mcp_tool_use',
  'post_write_code',
  'post_run_command',
  'post_mcp_tool_use',
  'pre_user_prompt',
  'post_cascade_response',
];

/** Windsurf: a flat list of hooks by event; there are no matchers, and no time limit can be set. */
export function windsurf(wishes: InstallWishes): AgentInstall {
  const path = pathAt(wishes, {
    project: '.windsurf/hooks.json',
    user: '.codeium/windsurf/hooks.json',
  });
  const hooks = events.map((event) => ({
    event,
    entry: { command: hookCommand('windsurf', event, wishes), show_output: false },
  }));
  return {
    agent: 'windsurf',
    level: wishes.level,
    files: [hooksFile(path, hooks)],
    failClosed: {
      by: 'none',
      sentence:
        'Windsurf stops only when a hook ends with exit code 2; a program that is missing or fails is made to end so by the command itself, but not one that is killed or takes too long.',
    },
    after: ['Windsurf: restart it, so that it reads the hooks.'],
  };
}
