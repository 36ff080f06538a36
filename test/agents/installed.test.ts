import { expect, test } from 'vitest';
import { dialectOf } from '../../src/outside/agents/agents.ts';
import type { InstallWishes } from '../../src/outside/agents/install/agent-install.ts';
import { agentInstall, installedAgents } from '../../src/outside/agents/install/install.ts';
import { probeOf } from '../../src/outside/agents/install/probe.ts';

const wishes: InstallWishes = {
  level: 'user',
  places: { top: '/repo', home: '/home/dev' },
  program: { words: ['/opt/h'] },
  http: null,
};

test.each(installedAgents)('%s: what is installed for, the dialect knows', (agent) => {
  const texts = agentInstall(agent, wishes).files.map((file) => {
    const done = file.install(null);
    return 'problem' in done ? '' : (done.text ?? '');
  });
  const events = Array.from(
    texts.join('\n').matchAll(/--event ([\w.]+)/g),
    ([, name = '']) => name,
  );
  expect(agent === 'opencode' || events.length > 0).toBe(true);
  for (const event of events) {
    // The payload cannot be read, so that only the installed name can say when it came.
    const parsed = dialectOf(agent).parse(new Uint8Array(), { cwd: '/', event });
    expect(parsed).toHaveProperty('malformed');
    expect('phase' in parsed ? parsed.phase : null).not.toBeNull();
  }
});

test.each(installedAgents)('%s: the edit that is tried after an installation is seen', (agent) => {
  const edit = { path: 'db/1.sql', content: 'DROP TABLE orders;\n' };
  const { event, payload } = probeOf(agent, '/repo', edit);
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  const parsed = dialectOf(agent).parse(bytes, { cwd: '/repo', event });
  expect(parsed).toMatchObject({ event: { phase: 'pre-tool', cwd: '/repo', unseen: null } });
  expect(JSON.stringify(parsed)).toContain('DROP TABLE orders');
});
