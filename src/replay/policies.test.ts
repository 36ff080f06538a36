import { test as property, fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { askingRule, blocksOf, policyFrom, policyOf, ruleSet } from '../../test/policies.ts';
import { fileOf, groundFor, landed } from '../../test/replay-facts.ts';
import type { Policy } from '../policy/policy.ts';
import type { ChangeFact } from './fact.ts';
import { replayPolicy } from './policies.ts';
import type { Hold } from './policies.ts';

const policy = policyFrom(`version: 1
who: { expert: { any: [ changed the file at least 1 time ] } }
areas: { core: [ "src/core/**" ], docs: [ "**/*.md" ] }
rules:
  - name: One reviewer
    require: { approvals: 1 }
  - name: Docs by people need none
    when: { only: docs, ai: none }
    waives: One reviewer
  - name: Core needs an expert
    when: { touches: core }
    require: { approvals: 1, from: expert }
  - name: Big ones are split
    when: { lines: "> 400" }
    require: { split: true, or: { approvals: 2 } }
`);

function held(fact: ChangeFact, others: readonly ChangeFact[] = []): readonly [Hold, boolean] {
  const owed = replayPolicy(policy, groundFor([...others, fact])).get(others.length);
  return [owed?.hold ?? 'free', owed?.certain ?? false];
}

function human(files: ChangeFact['files']): ChangeFact {
  const added = files.reduce((sum, file) => sum + file.added, 0);
  return landed({ commit: 'a', files, lines: { ai: 0, mixed: 0, human: added, unknown: 0 } });
}

describe('what a policy would have done with a change', () => {
  test.each<readonly [string, ChangeFact, Hold, boolean]>([
    ['a small one', landed({ commit: 'a' }), 'ordinary', true],
    ['documentation by a person', human([fileOf('docs/a.md', 9)]), 'free', true],
    [
      'documentation of which nobody knows who wrote it',
      landed({ commit: 'a', files: [fileOf('docs/a.md', 9)] }),
      'ordinary',
      true,
    ],
    ['one in a guarded area', human([fileOf('src/core/a.ts', 1)]), 'escalated', true],
    [
      'one that moved out of a guarded area',
      human([{ ...fileOf('src/b.ts', 0), oldPath: 'src/core/b.ts' }]),
      'escalated',
      true,
    ],
    ['a large one', human([fileOf('src/b.ts', 500)]), 'escalated', true],
    [
      'a large generated one',
      human([{ ...fileOf('src/b.ts', 500), generated: true }]),
      'ordinary',
      true,
    ],
    [
      'one with a finding that blocks',
      landed({
        commit: 'a',
        findings: [{ guard: 'sql/drop-column', severity: 'block', path: 'a.sql' }],
      }),
      'stopped',
      true,
    ],
  ])('%s', (_, fact, hold, certain) => {
    expect(held(fact)).toEqual([hold, certain]);
  });

  test('says when only not knowing escalates', () => {
    const careful = policyFrom(`version: 1
rules:
  - name: Two for AI
    when: { ai: assisted }
    require: { approvals: 2 }
`);
    const ai = landed({
      commit: 'b',
      aiSeen: true,
      lines: { ai: 10, mixed: 0, human: 0, unknown: 0 },
    });
    const owed = replayPolicy(careful, groundFor([landed({ commit: 'a' }), ai]));
    expect([...owed.values()].map(({ hold, certain }) => [hold, certain])).toEqual([
      ['escalated', false],
      ['escalated', true],
    ]);
  });

  test('takes guards that were not asked about one change for a gap, and about none for a choice', () => {
    const asked = landed({ commit: 'b', findings: [] });
    const warned = policyFrom(`version: 1
rules:
  - name: Two for a warning
    when: { severity: warn }
    require: { approvals: 2 }
`);
    const alone = replayPolicy(warned, groundFor([landed({ commit: 'a' })]));
    const beside = replayPolicy(warned, groundFor([landed({ commit: 'a' }), asked]));
    expect(alone.get(0)?.hold).toBe('free');
    expect([...beside.values()].map(({ hold }) => hold)).toEqual(['escalated', 'free']);
  });

  test('ranks the risk among the changes that came before it, and says nothing before there are fifty', () => {
    const risky = policyFrom(`version: 1
rules:
  - name: Two for the riskiest
    when: { risk: top 10% }
    require: { approvals: 2 }
`);
    const small = Array.from({ length: 60 }, (_, at) => landed({ commit: `s${at}` }));
    const large = landed({ commit: 'l', files: [fileOf('src/a.ts', 3000)] });
    const owed = replayPolicy(risky, groundFor([...small, large, landed({ commit: 'z' })]));
    expect(owed.get(10)).toMatchObject({ hold: 'escalated', certain: false });
    expect(owed.get(60)).toMatchObject({ hold: 'escalated', certain: true });
    expect(owed.get(61)).toMatchObject({ hold: 'free' });
  });
});

const anyFact: fc.Arbitrary<ChangeFact> = fc
  .record({
    paths: fc.uniqueArray(
      fc.constantFrom('src/core/a.ts', 'src/b.ts', 'docs/c.md', 'lib/d.ts', 'README.md'),
      { minLength: 1 },
    ),
    added: fc.nat(300),
    deleted: fc.nat(50),
    who: fc.constantFrom('ai', 'human', 'unknown'),
    author: fc.constantFrom('ann', 'bob', 'cy'),
    severity: fc.option(fc.constantFrom('block', 'warn', 'note')),
  })
  .map(({ paths, added, deleted, who, author, severity }) => {
    const files = paths.map((path) => fileOf(path, added, deleted));
    const total = added * paths.length;
    return landed({
      commit: `${paths.join()} ${added}`,
      files,
      author: { name: author, email: `${author}@example.org` },
      lines: {
        ai: who === 'ai' ? total : 0,
        mixed: 0,
        human: who === 'human' ? total : 0,
        unknown: who === 'unknown' ? total : 0,
      },
      aiSeen: who === 'ai',
      findings: severity === null ? null : [{ guard: 'sql/drop-column', severity, path: 'a' }],
    });
  });
const history = fc.array(anyFact, { minLength: 1, maxLength: 6 });

function escalatedBy(one: Policy, facts: readonly ChangeFact[]): readonly boolean[] {
  return [...replayPolicy(one, groundFor(facts)).values()].map(
    ({ hold }) => hold === 'escalated' || hold === 'stopped',
  );
}

describe('whatever the rules', () => {
  property.prop([fc.array(askingRule, { minLength: 1, maxLength: 3 }), askingRule, history])(
    'another rule never lets a change go that was held',
    (rules, more, facts) => {
      const before = policyOf([...blocksOf({ rules, waivers: [] })]);
      const after = policyOf([...blocksOf({ rules: [...rules, more], waivers: [] })]);
      if (before === null || after === null) return;
      const held = escalatedBy(after, facts);
      for (const [at, was] of escalatedBy(before, facts).entries())
        if (was) expect(held[at]).toBe(true);
    },
  );

  property.prop([ruleSet, history])('their order makes no difference', (rules, facts) => {
    const blocks = blocksOf(rules);
    const forwards = policyOf(blocks);
    const backwards = policyOf(blocks.toReversed());
    if (forwards === null || backwards === null) return;
    expect(escalatedBy(backwards, facts)).toEqual(escalatedBy(forwards, facts));
  });

  property.prop([ruleSet, history])('the same facts give the same answer', (rules, facts) => {
    const one = policyOf(blocksOf(rules));
    if (one === null) return;
    expect([...replayPolicy(one, groundFor(facts))]).toEqual([
      ...replayPolicy(one, groundFor(facts)),
    ]);
  });

  property.prop([ruleSet, history])('what came later changes nothing', (rules, facts) => {
    const one = policyOf(blocksOf(rules));
    if (one === null) return;
    const asked = facts.map((fact) => ({ ...fact, findings: fact.findings ?? [] }));
    const first = [...replayPolicy(one, groundFor(asked.slice(0, 1))).values()];
    expect([...replayPolicy(one, groundFor(asked)).values()][0]).toEqual(first[0]);
  });
});
