import { expect, test } from 'vitest';
import { dialectOf } from '../../src/outside/agents/agents.ts';
import { answerProblems } from './legal-answers.ts';
import { fixtures } from './fixtures.ts';

const all = fixtures();

test.each(all.map((one) => [one.name, one] as const))('%s is read as it is meant', (_, one) => {
  const { agent, fixture, bytes } = one;
  const parsed = dialectOf(agent).parse(bytes, {
    cwd: '/here',
    ...(fixture.installed === undefined ? {} : { event: fixture.installed }),
  });
  if (fixture.malformed) expect(parsed).toMatchObject({ phase: fixture.malformed.phase });
  else expect(parsed).toMatchObject({ event: { agent, ...fixture.event } });
});

test.each(all.filter(({ fixture }) => fixture.answer).map((one) => [one.name, one] as const))(
  '%s is answered as it must be',
  (_, { agent, fixture, bytes }) => {
    const dialect = dialectOf(agent);
    const parsed = dialect.parse(bytes, {
      cwd: '/here',
      ...(fixture.installed === undefined ? {} : { event: fixture.installed }),
    });
    const context =
      'event' in parsed
        ? { event: parsed.event, phase: parsed.event.phase }
        : { event: null, phase: parsed.phase };
    const answer = dialect.render(fixture.verdict!, {
      ...context,
      ...(fixture.version === undefined ? {} : { version: fixture.version }),
    });
    const stdout: unknown = answer.stdout === '' ? '' : JSON.parse(answer.stdout);
    expect({ ...answer, stdout, stderr: answer.stderr.trim() }).toEqual(fixture.answer);
    expect(answerProblems(agent, context.event?.eventName ?? null, answer)).toEqual([]);
  },
);

test('every agent has a refused write among its fixtures', () => {
  const refused = new Set(
    all
      .filter(({ fixture }) => fixture.verdict?.decision === 'deny' && fixture.event?.edits)
      .map(({ agent }) => agent),
  );
  expect(refused.size).toBe(9);
});
