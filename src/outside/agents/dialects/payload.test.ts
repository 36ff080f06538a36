import { expect, test } from 'vitest';
import { dialectOf } from '../agents.ts';
import { payloadLimitBytes, readPayload } from './payload.ts';

function read(text: string): ReturnType<typeof readPayload> {
  return readPayload(new TextEncoder().encode(text));
}

test.each([
  ['a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
  ['Windows line ends', '{\r\n"a":1\r\n}\r\n', { a: 1 }],
  ['raw control characters in a text', '{"a":"x\n\ty\u0001"}', { a: 'x\n\ty\u0001' }],
  ['control characters beside escapes', '{"a":"\\"\n\\\\"}', { a: '"\n\\' }],
  ['a name given twice: the last one counts, as for the agents', '{"a":1,"a":2}', { a: 2 }],
  ['bytes that are no UTF-8', '{"a":"\uFFFD"}', { a: '\uFFFD' }],
])('%s does no harm', (_, text, fields) => {
  expect(read(text)).toEqual({ fields });
});

test.each([
  ['nothing', '', 'the payload is empty'],
  ['no JSON', 'hello', 'the payload is not a JSON object'],
  ['half of it', '{"a":', 'the payload is not a JSON object'],
  ['a list', '[{"a":1}]', 'the payload is not a JSON object'],
  ['two objects', '{"a":1}{"a":2}', 'the payload is not a JSON object'],
  [
    'much nesting',
    `{"a":${'['.repeat(300)}${']'.repeat(300)}}`,
    'the payload nests deeper than 200 levels',
  ],
  ['endless nesting', '['.repeat(1_000_000), 'the payload nests deeper than 200 levels'],
])('%s is malformed', (_, text, malformed) => {
  expect(read(text)).toEqual({ malformed });
});

test('brackets inside texts do not nest', () => {
  expect(read(`{"a":"${'['.repeat(1_000)}"}`)).toEqual({ fields: { a: '['.repeat(1_000) } });
});

test('a payload beyond the limit is not read', () => {
  expect(readPayload(new Uint8Array(payloadLimitBytes + 1))).toEqual({
    malformed: 'the payload has more than 32 MiB',
  });
});

test.each(['copilot', 'cursor', 'cline', 'claude-code'] as const)(
  '%s: nesting that hides in a text does not fell the reader',
  (agent) => {
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
    const payload = {
      hook_event_name: agent === 'cursor' ? 'beforeMCPExecution' : 'PreToolUse',
      hookName: 'PreToolUse',
      tool_name: 'write_file',
      tool_input: deep,
      preToolUse: { toolName: 'run_commands', parameters: { commands: deep } },
    };
    const bytes = new TextEncoder().encode(JSON.stringify(payload));
    expect(() => dialectOf(agent).parse(bytes, { cwd: '/' })).not.toThrow();
  },
);
