import type { AgentInstall, HttpGate, InstallWishes } from './agent-install.ts';
import { hookCommand, isRefusable, quoted } from './hook-command.ts';
import { claudeEvents, hooksFile, hookTimeoutSeconds, pathAt } from './hooks-file-of.ts';
import type { WantedHook } from './hooks-file.ts';

/** Claude Code: groups of hooks in its settings; without a matcher they run for every tool. */
export function claudeCode(wishes: InstallWishes): AgentInstall {
  const { http } = wishes;
  const project = http === null ? '.claude/settings.json' : '.claude/settings.local.json';
  const path = pathAt(wishes, { project, user: '.claude/settings.json' });
  const hooks = http === null ? commandHooks(wishes) : httpHooks(http);
  return {
    agent: 'claude-code',
    level: wishes.level,
    files: [hooksFile(path, hooks)],
    failClosed: {
      by: 'switch',
      sentence:
        'onFailure: "block" refuses a tool call when the hook breaks or takes too long; versions that do not know it let the call go on, except when the program is missing.',
    },
    after: [
      'Claude Code: start a new session; /hooks lists the hooks.',
      ...(http !== null && wishes.level === 'project'
        ? [
            'Claude Code: keep .claude/settings.local.json out of git; it names a secret address of this machine.',
          ]
        : []),
    ],
  };
}

function commandHooks(wishes: InstallWishes): readonly WantedHook[] {
  return claudeEvents.map((event) => {
    const command = hookCommand('claude-code', event, { ...wishes, folder: '$CLAUDE_PROJECT_DIR' });
    return group(event, { type: 'command', command, timeout: hookTimeoutSeconds });
  });
}

/** Answers come from the resident gate itself; a command at the start of a session starts it. */
function httpHooks({ port, token, start }: HttpGate): readonly WantedHook[] {
  const url = `http://127.0.0.1:${port}/hook/claude-code/${token}`;
  const starting = {
    type: 'command',
    command: start.map(quoted).join(' '),
    timeout: hookTimeoutSeconds,
  };
  return [
    group('SessionStart', starting),
    ...claudeEvents.map((event) =>
      group(event, { type: 'http', url, timeout: hookTimeoutSeconds }),
    ),
  ];
}

function group(event: string, hook: Readonly<Record<string, unknown>>): WantedHook {
  const failure = isRefusable(event) ? { onFailure: 'block' } : {};
  return { event, entry: { hooks: [{ ...hook, ...failure }] } };
}
