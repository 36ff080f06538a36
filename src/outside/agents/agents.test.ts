import { expect, test } from 'vitest';
import { answerProblems } from '../../../test/agents/legal-answers.ts';
import { fixtures } from '../../../test/agents/fixtures.ts';
import { agentNames } from '../../suggestion/event.ts';
import type { Phase, Verdict } from '../../suggestion/event.ts';
import { dialectOf } from './agents.ts';

const verdicts: readonly Verdict[] = [
  { decision: 'pass', reason: '', context: null },
  { decision: 'pass', reason: '', context: 'A word\nin two lines.' },
  { decision: 'ask', reason: 'Ask first.', context: null },
  { decision: 'deny', reason: 'No.', context: null },
  { decision: 'deny', reason: '', context: null },
  { decision: 'deny', reason: `${'long '.repeat(10_000)}\nline\u001b[31m`, context: 'x' },
  {
    decision: 'deny',
    reason: 'Remove ghp_abcdefghijklmnopqrstuvwxyz0123456789 first.',
    context: null,
  },
];

const read = fixtures().flatMap(({ name, agent, bytes, fixture }) => {
  const parsed = dialectOf(agent).parse(bytes, {
    cwd: '/here',
    ...(fixture.installed === undefined ? {} : { event: fixture.installed }),
  });
  return 'event' in parsed ? [{ name, agent, event: parsed.event }] : [];
});

test.each(read.map((one) => [one.name, one] as const))(
  'whatever is said at %s is legal there',
  (_, { agent, event }) => {
    for (const verdict of verdicts) {
      const answer = dialectOf(agent).render(verdict, { event, phase: event.phase });
      expect(answerProblems(agent, event.eventName, answer)).toEqual([]);
      expect(answer.stdout + answer.stderr).not.toContain('ghp_');
      expect(answer.stdout.length + answer.stderr.length).toBeLessThan(20_000);
      if (verdict.decision === 'deny' && event.phase === 'pre-tool')
        expect((answer.stdout + answer.stderr).length).toBeGreaterThan(2);
    }
  },
);

test.each(agentNames)(
  '%s refuses before a tool what it cannot read, and only speaks when it is too late',
  (agent) => {
    const dialect = dialectOf(agent);
    const deny: Verdict = { decision: 'deny', reason: 'Not understood.', context: null };
    const render = (phase: Phase | null) => dialect.render(deny, { event: null, phase });
    for (const phase of [null, 'pre-tool'] as const)
      expect(`${render(phase).stdout}${render(phase).exitCode}`).toMatch(
        /deny|block|"cancel":true|2$/,
      );
    for (const phase of [
      'post-tool',
      'prompt',
      'turn-end',
      'session-start',
      'session-end',
      'other',
    ] as const) {
      expect(render(phase).exitCode).toBe(0);
      expect(render(phase).stdout).not.toMatch(/deny|block|"cancel":true|"continue":false/);
      expect(render(phase).stdout + render(phase).stderr).toMatch(/Not understood|pass/);
    }
  },
);

test.each(agentNames)('%s answers a pass without any allowance', (agent) => {
  const pass: Verdict = { decision: 'pass', reason: '', context: null };
  for (const { event } of read.filter((one) => one.agent === agent)) {
    const { stdout, exitCode } = dialectOf(agent).render(pass, { event, phase: event.phase });
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(/"allow"|"approve"/);
  }
});

test('an event other than the one installed for is not believed', () => {
  const { claude, stop } = {
    claude: dialectOf('claude-code'),
    stop: new TextEncoder().encode('{"hook_event_name":"Stop","session_id":"s"}'),
  };
  expect(claude.parse(stop, { cwd: '/', event: 'PreToolUse' })).toMatchObject({
    phase: 'pre-tool',
  });
  expect(claude.parse(stop, { cwd: '/', event: 'Stop' })).toHaveProperty('event');
});

test('the same call has the same made-up id before and after it', () => {
  const copilot = dialectOf('copilot');
  const call = { sessionId: 's', toolName: 'create', toolArgs: { path: 'a', file_text: 'x' } };
  const id = (more: object): unknown => {
    const parsed = copilot.parse(new TextEncoder().encode(JSON.stringify({ ...call, ...more })), {
      cwd: '/',
    });
    return 'event' in parsed ? parsed.event.callId : parsed;
  };
  expect(id({})).toBe(id({ toolResult: { resultType: 'success' } }));
  expect(id({})).not.toBe(id({ sessionId: 't' }));
});

test('no event keeps what a person said', () => {
  for (const { event } of read) expect(JSON.stringify(event)).not.toContain('drop it');
});
