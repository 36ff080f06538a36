import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyFrom } from '../test/policies.ts';
import { repo } from '../test/story.ts';
import { collectFacts } from './cli/facts.ts';
import type { Finding } from './guards/finding.ts';
import { judge, type Facts } from './judge.ts';
import { openRepository } from './outside/git/git.ts';

const strict = `version: 1
mode: enforce
rules:
  - name: One reviewer
    require: { approvals: 1 }
  - name: A warning needs two
    when: { severity: warn }
    require: { approvals: 2 }
  - name: AI needs two
    when: { ai: assisted }
    require: { approvals: 2 }
  - name: Human docs need none
    when: { only: ["**/*.md"], ai: none }
    waives: One reviewer
`;

const finding: fc.Arbitrary<Finding> = fc.record({
  guard: fc.constantFrom(
    'coverage/ungated-lines',
    'coverage/record-missing',
    'coverage/record-broken',
  ),
  severity: fc.constantFrom('warn', 'note'),
  path: fc.constantFrom('docs/a.md', 'elsewhere.ts'),
  line: fc.constant(1),
  endLine: fc.constant(1),
  message: fc.constant('lines went past the hook'),
  impact: fc.constant('nobody knows'),
  fix: fc.constant('look'),
  confidence: fc.constant(0.8),
  fingerprint: fc.string(),
  suppressed: fc.constant(null),
});

/** How much is owed: the most approvals that any open obligation asks for, and how many there are. */
function owed(facts: Facts): { readonly debts: number; readonly verdict: number } {
  const { decision } = judge(facts);
  const order = { land: 0, review: 1, block: 2 } as const;
  return { debts: decision.owed.length, verdict: order[decision.verdict] };
}

test('what is reported, a note that goes and a trailer that is cut never ask for less', async () => {
  const folder = repo([
    { files: { 'docs/a.md': 'a\n' } },
    {
      says: 'More\n\nAssisted-by: claude-code:claude-opus-5',
      files: { 'docs/a.md': 'a\nb\n' },
      notes:
        'docs/a.md\n  s_0123456789abcd::t_0123456789abcd 2\n---\n{"schema_version":"authorship/3.0.0","prompts":{},"sessions":{}}',
    },
  ]);
  const repository = await openRepository(folder);
  const collected = await collectFacts(repository, { kind: 'typed', text: 'HEAD' });
  const facts: Facts = { ...collected, policy: policyFrom(strict) };
  expect(facts.evidence.length).toBeGreaterThan(1);
  fc.assert(
    fc.property(
      fc.array(finding, { maxLength: 3 }),
      fc.subarray([...facts.evidence]),
      (reported, evidence) => {
        const bare = owed({ ...facts, evidence, reported: [] });
        const more = owed({ ...facts, evidence, reported });
        expect(more.debts).toBeGreaterThanOrEqual(bare.debts);
        expect(more.verdict).toBeGreaterThanOrEqual(bare.verdict);
        // Whatever evidence of an AI is taken away, what is asked stays what it is with all of it.
        expect(bare).toEqual(owed({ ...facts, reported: [] }));
      },
    ),
    { numRuns: 60 },
  );
});
