import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialectOf } from '../../src/outside/agents/agents.ts';
import { answerProblems } from './legal-answers.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/hook-json.md'), 'utf8');
const examples = Array.from(text.matchAll(/```json\n([\s\S]*?)```/g), ([, json = '']) => json);
const requests = examples.filter((json) => json.includes('"event"'));

test.each(requests)('the documented request is understood: %s', (json) => {
  const parsed = dialectOf('generic').parse(new TextEncoder().encode(json), { cwd: '/' });
  expect(parsed).toMatchObject({
    event: { agent: 'generic', unseen: null, cwd: '/home/dev/shop' },
  });
  const { tool } = JSON.parse(json) as { tool: { edits?: unknown; command?: unknown } };
  expect(parsed).toMatchObject({
    event: { edits: tool.edits ?? [], command: tool.command ?? null },
  });
});

test('the documented answer is the one that is given', () => {
  const [answer = ''] = examples.filter((json) => !json.includes('"event"'));
  const reason = 'Keep the column until nothing reads it.';
  const given = dialectOf('generic').render(
    { decision: 'deny', reason, context: null },
    { event: null, phase: 'pre-tool' },
  );
  expect(given).toMatchObject({ exitCode: 2, stderr: `${reason}\n` });
  expect(JSON.parse(given.stdout)).toEqual(JSON.parse(answer));
  expect(answerProblems('generic', 'pre-tool', given)).toEqual([]);
});

test('there are requests in the document', () => {
  expect(requests.length).toBeGreaterThan(2);
});
