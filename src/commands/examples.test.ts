import { describe, expect, test } from 'vitest';
import { parseShell } from '../outside/parsers/shell.ts';
import { commandRules, judgeCommand } from './commands.ts';
import type { Place } from './commands.ts';
import { rules } from './rules/rules.ts';

const place: Place = {
  shell: 'posix',
  cwd: '/home/ann/shop',
  top: '/home/ann/shop',
  home: '/home/ann',
  parse: parseShell,
  protectedBranches: ['main', 'release/*', 'release'],
  currentBranch: 'feature/x',
  read: () => null,
};

function rulesThatFire(command: string) {
  return judgeCommand(command, place).dangers.map(({ rule }) => rule);
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(rule.caught)('catches: %s', (command) => {
    expect(rulesThatFire(command)).toContain(id);
  });

  test.each(rule.passed)('passes: %s', (command) => {
    expect(rulesThatFire(command)).not.toContain(id);
  });

  test.each(rule.caught)('says what is lost and what to do instead: %s', (command) => {
    for (const danger of judgeCommand(command, place).dangers) {
      expect(danger.says).toMatch(/^[A-Z].{5,200}\.$/);
      // It stands behind "What would be lost:".
      expect(danger.loses).toMatch(/^(?!what|that|which|who|it |unknown)[a-z][^;:]{3,120}[^.;:,]$/);
      expect(danger.instead).toMatch(/^[A-Z].{5,300}\.$/);
    }
  });
});

test('every rule has an id of its own and enough examples to be believed', () => {
  expect(new Set(commandRules.map(({ id }) => id)).size).toBe(commandRules.length);
  for (const { caught, passed, id } of commandRules) {
    expect(id).toMatch(/^commands\/[a-z-]+$/);
    expect(caught.length).toBeGreaterThanOrEqual(5);
    expect(passed.length).toBeGreaterThanOrEqual(4);
  }
});
