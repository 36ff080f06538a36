import { expect, test } from 'vitest';
import { UserError } from '../change/problems.ts';
import { toolError, toolResult } from './mcp-answer.ts';
import type { McpAnswer } from './mcp-tool.ts';

interface Sent {
  readonly text: string;
  readonly data: Record<string, unknown>;
}

function sent(answer: McpAnswer): Sent {
  const { content, structuredContent = {} } = toolResult(answer);
  const [first] = content;
  return { text: first?.type === 'text' ? first.text : '', data: structuredContent };
}

const token = `ghp_${'a1B2'.repeat(9)}`;

test('an ordinary answer arrives as it is', () => {
  const data = { schema: 's', list: [1, 2], nested: { text: 'a\tb\n', none: null } };
  expect(sent({ text: 'a\n\tb\n', data })).toEqual({ text: 'a\n\tb', data });
});

test('secrets are taken out, and what hides or reorders is spelled out, however deep', () => {
  const hostile = `${token} x\u202egpj \u{e0041} \u001b[2J`;
  const { text, data } = sent({ text: hostile, data: { a: [{ b: hostile }] } });
  for (const said of [text, JSON.stringify(data)]) {
    expect(said).toContain('[GitHub token removed] x');
    // oxlint-disable-next-line no-control-regex -- controls are what must not appear
    expect(said).not.toMatch(/ghp_|[\u202e\u{e0041}\u001b]/u);
  }
});

test.each([
  [
    'many entries',
    { list: Array.from({ length: 60 }, (_, at) => at) },
    'list has 50 of 60 entries',
  ],
  [
    'large entries',
    { list: Array.from({ length: 40 }, () => ({ text: 'word '.repeat(1_000) })) },
    'list has 6 of 40 entries',
  ],
  ['a long text', { text: 'word '.repeat(4_000) }, 'text has 16000 of 20000 characters'],
  [
    'lists in lists',
    { outer: Array.from({ length: 60 }, () => Array.from({ length: 60 }, () => 'x'.repeat(50))) },
    'outer has 25 of 60 entries',
  ],
])('%s are cut, and it is said', (_, data, cut) => {
  const { text, data: kept } = sent({ text: 'short', data });
  expect(kept['cut']).toContain(cut);
  expect(text).toContain(cut);
  expect(JSON.stringify(kept).length).toBeLessThan(50_000);
});

test('a long text ends at a line', () => {
  const { text } = sent({ text: 'a line of words\n'.repeat(5_000), data: {} });
  expect(text.length).toBeLessThan(12_100);
  expect(text).toMatch(/words\n… The rest of this text is left out; .+\.$/);
});

test.each([
  [new UserError('no such thing', 'Name another.'), 'usage', 'no such thing\nName another.'],
  [
    new Error(`bad ${token}`),
    'failure',
    'failed, so nothing was judged: bad [GitHub token removed]',
  ],
])('%s is an answer with advice', (error, kind, says) => {
  const { isError, content, structuredContent } = toolError(error);
  expect(isError).toBe(true);
  expect(content).toMatchObject([{ text: expect.stringContaining(says) }]);
  expect(structuredContent).toMatchObject({ schema: 'hallmonitor/error/v1', kind });
});
