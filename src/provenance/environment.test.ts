import { expect, test } from 'vitest';
import { readEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';

function tools(
  environment: Environment,
  present: readonly string[] = [],
): readonly (string | null)[] {
  return readEnvironment(environment, present).map(({ tool }) => tool);
}

test.each<[Environment, string | null]>([
  [{ CLAUDECODE: '1' }, 'claude-code'],
  [{ CLAUDE_CODE_SESSION_ID: '3f2a' }, 'claude-code'],
  [{ CLAUDE_CODE_REMOTE: 'true' }, 'claude-code'],
  [{ CODEX_SANDBOX: 'seatbelt' }, 'codex'],
  [{ CODEX_SANDBOX_NETWORK_DISABLED: '1' }, 'codex'],
  [{ CODEX_THREAD_ID: 't-1' }, 'codex'],
  [{ CODEX_INTERNAL_ORIGINATOR_OVERRIDE: 'codex_web_agent' }, 'codex'],
  [{ CURSOR_AGENT: '1' }, 'cursor'],
  [{ CURSOR_AGENT: '1', HOSTNAME: 'cursor' }, 'cursor'],
  [{ GEMINI_CLI: '1' }, 'gemini'],
  [{ OPENCODE: '1' }, 'opencode'],
  [{ AI_AGENT: 'claude-code_2.1.132_agent' }, 'claude-code'],
  [{ AI_AGENT: 'newcomer_0.3_agent' }, 'newcomer'],
  [{ CLOUD_AGENT_ID: '7' }, null],
])('%o names %s', (environment, tool) => {
  expect(tools(environment)).toEqual([tool]);
});

test.each<[string, Environment]>([
  ['the terminal of a person in Cursor', { CURSOR_TRACE_ID: '3f2a', TERM_PROGRAM: 'vscode' }],
  ['a traced process', { traceparent: '00-1-2-01' }],
  ['a machine called cursor', { HOSTNAME: 'cursor' }],
  ['a variable switched off', { CLAUDECODE: '0', GEMINI_CLI: 'false', OPENCODE: '' }],
  ['an ordinary shell', { PATH: '/bin', HOME: '/root' }],
])('%s says nothing', (_name, environment) => {
  expect(tools(environment)).toEqual([]);
});

test('each agent is named once, whatever it sets', () => {
  expect(
    tools({ CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'x', AI_AGENT: 'claude-code_2_agent' }),
  ).toEqual(['claude-code']);
});

test('a machine of Devin has its file', () => {
  expect(tools({}, ['/opt/.devin/devin_id', '/etc/passwd', 'constructor'])).toEqual(['devin']);
});
