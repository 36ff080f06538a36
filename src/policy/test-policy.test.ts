import { expect, test } from 'vitest';
import { policyFrom } from '../../test/policies.ts';
import { failureLines, testPolicy } from './test-policy.ts';

const rules = `version: 1
who: { senior: { level: L5+ }, expert: { any: [ changed the file at least 1 time ] } }
areas: { tier-1: [ "pay/**" ], docs: [ "**/*.md" ] }
rules:
  - { name: Everybody, require: { approvals: 1 } }
  - { name: Docs, when: { only: docs, ai: none }, waives: Everybody }
  - { name: AI, when: { ai: assisted }, require: { approvals: 1, from: expert } }
  - { name: Juniors, when: { ai: assisted, author: below senior }, require: { approvals: 1, from: senior and expert } }
  - { name: Tier 1, when: { touches: tier-1 }, require: { approvals: 2, one_from: senior }, rollout: staged }
  - { name: Risky, when: { risk: top 10% }, require: { approvals: 1, checks: [ ci ] } }
  - { name: Big, when: { lines: "> 400" }, require: { split: true, or: { approvals: 2 } } }
  - { name: Found, when: { severity: warn }, require: { approvals: 1, from: senior, change_record: true } }
`;

function results(given: string, expected: string): ReturnType<typeof testPolicy> {
  return testPolicy(
    policyFrom(`${rules}tests:\n  - { given: { ${given} }, expect: { ${expected} } }\n`),
  );
}

test.each<[string, string, string]>([
  [
    'nothing in particular',
    'lines: 10',
    'approvals: 1, from: anyone, rollout: none, checks: [], split: false, rules: Everybody',
  ],
  ['docs by a person', 'ai: none, only: docs', 'approvals: 0, rules: Docs'],
  ['docs by path', 'paths: [ docs/a.md, README.md ]', 'approvals: 0'],
  ['docs by nobody knows whom', 'ai: unknown, only: docs', 'approvals: 1, from: expert'],
  ['AI', 'ai: assisted', 'approvals: 1, from: expert, one_from: expert'],
  ['advice', 'ai: advised', 'from: expert'],
  ['a share', 'ai_share: 80%', 'from: expert'],
  ['a tool', 'tool: claude-code', 'from: expert'],
  [
    'a junior',
    'ai: mostly, author: L3',
    'approvals: 1, from: senior and expert, one_from: expert and senior',
  ],
  ['a junior by kind', 'ai: assisted, author: below senior', 'from: senior and expert'],
  ['a senior', 'ai: assisted, author: senior', 'from: expert'],
  ['an author nobody knows', 'ai: assisted, unknown: author', 'from: senior and expert'],
  ['tier 1', 'touches: tier-1', 'approvals: 2, from: anyone, one_from: senior, rollout: staged'],
  ['tier 1 by path', 'paths: pay/a.ts', 'approvals: 2'],
  ['risk', 'risk: top 10%', 'checks: ci'],
  ['less risk', 'risk: top 11%', 'checks: []'],
  ['missing risk', 'unknown: risk', 'checks: [ ci ]'],
  ['size', 'lines: 401', 'approvals: 1, split: true, or: { approvals: 2 }'],
  ['size where two approve anyway', 'lines: 401, touches: tier-1', 'split: false'],
  ['a finding', 'finding: sql/drop-column', 'change_record: true, one_from: senior'],
  ['a note', 'severity: note', 'change_record: false'],
])('%s', (_, given, expected) => {
  expect(results(given, expected).flatMap(failureLines)).toEqual(
    expect.arrayContaining([expect.stringContaining('in all it owes')]),
  );
  expect(results(given, expected).filter(({ passed }) => !passed)).toEqual([]);
});

test('a failure says what was expected, what came, and which rules spoke', () => {
  const [result] = results(
    'ai: assisted, author: L3, touches: tier-1, lines: 500',
    'approvals: 1, from: expert, checks: [ ci ], split: true, rollout: canary',
  );
  if (!result) throw new Error('no result');
  expect(failureLines(result).join('\n')).toMatchInlineSnapshot(`
    "line 14: ai: assisted, author: L3, touches: tier-1, lines: 500
      approvals: expected 1, got 2
      from: expected 1 from expert, got 1 from senior and expert
      checks: expected ci, got none
      split: expected true, got false
      rollout: expected canary, got staged
      in all it owes: 2 approvals, 1 approval from senior and expert, rollout staged
      rules that applied: "Everybody", "AI", "Juniors", "Tier 1", "Big""
  `);
});
