import type { AgentInstall, InstallWishes } from './agent-install.ts';
import { hookCommand } from './hook-command.ts';
import { hooksFile, hookTimeoutSeconds, pathAt } from './hooks-file-of.ts';

const events = [
  'BeforeTool',
  'AfterTool',
  'BeforeAgent',
  'AfterAgent',
  'SessionStart',
  'SessionEnd',
];

/** Gemini CLI: groups of hooks in its settings, with times in milliseconds. */
export function geminiCli(wishes: InstallWishes): AgentInstall {
  const path = pathAt(wishes, { project: '.gemini/settings.json', user: '.gemini/settings.json' });
  const hooks = events.map((event) => {
    const command = hookCommand('gemini-cli', event, wishes);
    const timeout = hookTimeoutSeconds * 1000;
    // Its /hooks command switches hooks by name.
    return {
      event,
      entry: { hooks: [{ name: `hallmonitor-${event}`, type: 'command', command, timeout }] },
    };
  });
  return {
    agent: 'gemini-cli',
    level: wishes.level,
    files: [hooksFile(path, hooks)],
    failClosed: {
      by: 'none',
      sentence:
        'Gemini CLI goes on when a hook takes too long or breaks; a program that is missing or fails is refused by the command itself.',
    },
    after: [
      'Gemini CLI: start it in the top folder of the project, trust the folder, and accept the hooks when it warns that they are new; /hooks panel shows them.',
    ],
  };
}
