import { write, type Driver } from './drive.ts';
import { anthropic } from './fake-model/anthropic.ts';
import { field } from './fake-model/script.ts';

/** Claude Code in print mode. It asks for no trust there, and runs the hooks of the project and of the user. */
export const claudeCode: Driver = {
  agent: 'claude-code',
  wire: anthropic,
  prepare: ({ home }, url) => {
    write(home, { '.claude.json': JSON.stringify({ hasCompletedOnboarding: true }) });
    return {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'nobody',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      DISABLE_TELEMETRY: '1',
      // It refuses to run without asking as root, which tests in a container are.
      IS_SANDBOX: '1',
    };
  },
  args: ['--print', 'Do it.', '--permission-mode', 'bypassPermissions'],
  answersIn: ({ body }) =>
    list(field(body, 'messages'))
      .flatMap((message) => list(field(message, 'content')))
      .filter((part) => field(part, 'type') === 'tool_result')
      .map((part) => JSON.stringify(field(part, 'content'))),
};

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
