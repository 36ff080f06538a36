import { expect, test } from 'vitest';
import { measure, policyFrom, story } from '../../test/policies.ts';
import * as fc from 'fast-check';
import { explain } from './explain.ts';
import type { Policy } from './policy.ts';
import type { Someone, Subject } from './subject.ts';

const policy = policyFrom(`version: 1
who: { senior: { level: L5+ } }
areas: { pay: [ "pay/**" ], docs: [ "**/*.md" ] }
rules:
  - name: Everybody
    require: { approvals: 1 }
  - name: Docs need none
    when: { only: docs, ai: none }
    waives: Everybody
  - name: Juniors' AI work
    when: { ai: assisted, author: below senior }
    require: { approvals: 1, from: senior }
  - name: Risky
    when: { any: [ { risk: top 10% }, { ai_share: "> 50%", lines: "> 200" }, { touches: pay } ] }
    require: { approvals: 1, from: senior, checks: [ ci ] }
    rollout: canary
  - name: Found
    when: { finding: "sql/*" }
    require: { approvals: 2 }
  - name: Big
    when: { lines: "> 400", not: { author: senior } }
    require: { split: true, or: { approvals: 2 } }
`);

const dee: Someone = {
  email: 'dee@example.org',
  name: 'Dee',
  ids: new Set(['dee@example.org']),
  level: 3,
  teams: [],
  duties: [],
  unsure: null,
  knows: new Map(),
  owner: false,
};

function subject(
  told: Partial<Subject>,
  file = { path: 'a.ts', ai: 0, human: 0, unknown: 500 },
): Subject {
  const [some] = fc.sample(story, { numRuns: 1, seed: 7 });
  if (!some) throw new Error('no story');
  const calm: Partial<Subject> = {
    authors: [dee],
    riskPercentile: 12,
    findings: [],
    services: [],
    ai: {
      seen: false,
      linesDecide: false,
      advised: false,
      tools: [],
      evidence: ['e1'],
      missing: null,
    },
  };
  const files = [
    { ...file, oldPath: file.path, added: file.ai + file.human + file.unknown, deleted: 0 },
  ];
  return { ...measure(policy, { files, subject: some.subject }), ...calm, ...told };
}

function lines(from: Policy, about: Subject): string {
  return explain(from, about)
    .map(({ rule, state, why }) => `${rule}: ${state}: ${why}`)
    .join('\n');
}

test('a change of which little is known', () => {
  expect(lines(policy, subject({ riskPercentile: { unknown: 'only 12 earlier changes' } })))
    .toMatchInlineSnapshot(`
    "Everybody: applies: it applies to every change
    Docs need none: not_applicable: does not apply: only: docs (1 file elsewhere)
    Juniors' AI work: unknown: may apply, so it does: ai: assisted (nobody knows who wrote 500 of 500 added lines)
    Risky: unknown: may apply, so it does: risk: top 10% (its rank is not known: only 12 earlier changes); ai_share: > 50% (AI wrote 0% to 100% of the added lines, nobody knows more exactly)
    Found: not_applicable: does not apply: finding: sql/* (none found)
    Big: applies: lines: > 400 (500 lines); not author: senior (Dee is L3)"
  `);
});

test('an AI-assisted change to payments with a finding', () => {
  const ai = {
    seen: true,
    linesDecide: true,
    advised: false,
    tools: [{ tool: 'claude-code', model: null }],
    evidence: ['e1'],
    missing: null,
  };
  const findings = [{ guard: 'sql/drop-column', severity: 'block' as const, fingerprint: 'f1' }];
  const about = subject({ ai, findings }, { path: 'pay/a.ts', ai: 90, human: 30, unknown: 0 });
  expect(lines(policy, about)).toMatchInlineSnapshot(`
    "Everybody: applies: it applies to every change
    Docs need none: not_applicable: does not apply: only: docs (1 file elsewhere); ai: none (AI had a hand in 90 of 120 added lines (claude-code))
    Juniors' AI work: applies: ai: assisted (AI had a hand in 90 of 120 added lines (claude-code)); author: below senior (Dee is L3)
    Risky: applies: touches: pay (1 file in pay)
    Found: applies: finding: sql/* (sql/drop-column found something)
    Big: not_applicable: does not apply: lines: > 400 (120 lines)"
  `);
  expect(explain(policy, about).find(({ rule }) => rule === 'Found')?.evidence).toEqual(['f1']);
});

test('docs written by a person', () => {
  const ai = {
    seen: false,
    linesDecide: true,
    advised: false,
    tools: [],
    evidence: [],
    missing: null,
  };
  expect(lines(policy, subject({ ai }, { path: 'a.md', ai: 0, human: 10, unknown: 0 })))
    .toMatchInlineSnapshot(`
    "Everybody: waived: waived by "Docs need none"
    Docs need none: applies: only: docs (all files are there); ai: none (people wrote all of it)
    Juniors' AI work: not_applicable: does not apply: ai: assisted (people wrote all of it)
    Risky: not_applicable: does not apply: risk: top 10% (riskier than 12% of the last changes); ai_share: > 50% (AI wrote 0% of the added lines); lines: > 200 (10 lines); touches: pay (no file is there)
    Found: not_applicable: does not apply: finding: sql/* (none found)
    Big: not_applicable: does not apply: lines: > 400 (10 lines)"
  `);
});
