import type { AgentInstall, InstallWishes } from './agent-install.ts';
import { agentMark } from './hook-command.ts';
import { pathAt } from './hooks-file-of.ts';
import { opencodePlugin } from './opencode-plugin.ts';

/** opencode: a plug-in in the folder that it loads. */
export function opencode(wishes: InstallWishes): AgentInstall {
  const path = pathAt(wishes, {
    project: '.opencode/plugins/hallmonitor.ts',
    user: '.config/opencode/plugins/hallmonitor.ts',
  });
  const text = opencodePlugin(wishes);
  return {
    agent: 'opencode',
    level: wishes.level,
    files: [
      {
        path,
        install: () => ({ text }),
        remove: (now) => ({ text: now.includes(agentMark) ? null : now }),
        whole: true,
        executable: false,
      },
    ],
    failClosed: {
      by: 'switch',
      sentence:
        'The plug-in throws when the hook program is missing, breaks, takes too long or says something it does not know, and opencode refuses a tool call when a plug-in throws.',
    },
    after: [
      'opencode: start it anew; it loads plug-ins only then, and puts a package of its own beside them. With --pure it loads none.',
    ],
  };
}
