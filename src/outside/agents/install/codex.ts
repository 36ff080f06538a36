import type { AgentInstall, InstallWishes } from './agent-install.ts';
import { hookCommand } from './hook-command.ts';
import { claudeEvents, hooksFile, hookTimeoutSeconds, pathAt } from './hooks-file-of.ts';

/** Codex: a hooks file beside its configuration, so that no TOML is touched. */
export function codex(wishes: InstallWishes): AgentInstall {
  const path = pathAt(wishes, { project: '.codex/hooks.json', user: '.codex/hooks.json' });
  const hooks = claudeEvents.map((event) => {
    const command = hookCommand('codex', event, wishes);
    return { event, entry: { hooks: [{ type: 'command', command, timeout: hookTimeoutSeconds }] } };
  });
  return {
    agent: 'codex',
    level: wishes.level,
    files: [hooksFile(path, hooks)],
    failClosed: {
      by: 'none',
      sentence:
        'Codex lets a tool call go on when a hook breaks or takes too long; only a missing program is refused, by the command itself.',
    },
    after: [
      'Codex: run /hooks and trust each of these hooks; until then, and after each change of them, Codex skips them without a word.',
      ...(wishes.level === 'project'
        ? ['Codex: the project itself must be trusted too, or its .codex folder is not read.']
        : []),
    ],
  };
}
