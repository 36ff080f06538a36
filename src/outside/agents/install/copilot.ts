import type { AgentInstall, InstallWishes } from './agent-install.ts';
import { hookCommand, missingSentence } from './hook-command.ts';
import { hooksFile, hookTimeoutSeconds, pathAt } from './hooks-file-of.ts';

const events = [
  'preToolUse',
  'postToolUse',
  'postToolUseFailure',
  'userPromptSubmitted',
  'agentStop',
  'subagentStart',
  'subagentStop',
  'sessionStart',
  'sessionEnd',
];

/** It skips every hook that fails, whatever the exit code, so refusing needs words on standard output. */
const deny = `echo '${JSON.stringify({ permissionDecision: 'deny', permissionDecisionReason: missingSentence })}'`;

/** GitHub Copilot, command line and cloud agent: a file of our own in the folder that it reads. */
export function copilot(wishes: InstallWishes): AgentInstall {
  const path = pathAt(wishes, {
    project: '.github/hooks/hallmonitor.json',
    user: '.copilot/hooks/hallmonitor.json',
  });
  const hooks = events.map((event) => ({
    event,
    entry: {
      type: 'command',
      bash: hookCommand('copilot', event, { ...wishes, otherwise: deny }),
      timeoutSec: hookTimeoutSeconds,
    },
  }));
  return {
    agent: 'copilot',
    level: wishes.level,
    files: [hooksFile(path, hooks, { version: 1 })],
    failClosed: {
      by: 'none',
      sentence:
        'Copilot lets a tool call go on when a hook takes too long or prints something it does not know, and older versions also when it fails; a program that is missing or fails is refused by the command itself. On Windows without bash the hook does not run.',
    },
    after: [
      wishes.level === 'project'
        ? 'Copilot: trust this folder, or it reads no hooks of it, and start a new session.'
        : 'Copilot: start a new session.',
      ...(wishes.level === 'project'
        ? [
            'Copilot cloud agent: it reads the hooks of the default branch, and refuses everything there until hallmonitor is in devDependencies and installed by its setup steps.',
          ]
        : []),
    ],
  };
}
