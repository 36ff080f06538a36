import { describe, expect, test } from 'vitest';
import { policyFrom } from '../../test/policies.ts';
import { change, expertise, facts, finding, member } from '../../test/facts.ts';
import { defaultPolicyText } from '../policy/default-policy.ts';
import type { Decision, Facts } from './gate.ts';
import { decide } from './gate.ts';

const senior = policyFrom(`version: 1
mode: enforce
who:
  senior: { level: L5+ }
  expert: { any: [ changed the file at least 1 time ] }
areas: { tier-1: [ "pay/**" ] }
rules:
  - name: Everybody
    require: { approvals: 1 }
  - name: AI needs a senior expert
    when: { ai: assisted }
    require: { approvals: 1, from: senior and expert }
  - name: Payments need two
    when: { touches: tier-1 }
    require: { approvals: 2, one_from: senior }
    rollout: staged
attention: { too_fast: faster than 1500 lines/hour since the last push, stale: when a push changes reviewed lines, reviewer_budget: 800 lines/day per person, answer_within: 4 working hours }
break_glass:
  who: [ on-call ]
  needs: [ incident-id, reason ]
  allows: 1 approval from anyone, canary only
  review_after: { within: 24 hours, from: senior and expert, if_missed: freeze the team }
`);

const team: Partial<Facts> = {
  roster: {
    members: [
      member('Ann', { level: 6 }),
      member('Bob', { level: 5 }),
      member('Cy', { level: 3, duties: ['on-call'] }),
      member('Dee', { level: 2 }),
    ],
  },
  experts: new Map([['expert', [expertise('Bob', 0.9), expertise('Cy', 0.6)]]]),
};

function owedBy(decision: Decision): readonly string[] {
  return decision.owed.map(
    ({ kind, count, from }) => `${count} ${kind}${from === '' ? '' : ` ${from}`}`,
  );
}

describe('an AI-assisted change by Dee', () => {
  const base = facts({ ...team, change: change({ by: 'Dee', ai: true, lines: 100 }) });

  test('owes a senior who knows the files, and names the one there is', () => {
    const decision = decide(senior, base);
    expect(decision).toMatchObject({ verdict: 'review', enforced: true });
    expect(owedBy(decision)).toEqual(['1 approval senior and expert']);
    expect(decision.owed[0]).toMatchObject({
      rule: 'AI needs a senior expert',
      candidates: ['Bob <bob@example.org>'],
      why: 'ai: assisted (AI had a hand in 100 of 100 added lines (claude-code))',
      people: [{ why: 'L5, knows 90% of the changed lines' }],
    });
    expect(decision.unblock?.says).toBe('one approval, from Bob <bob@example.org>, would do');
  });

  test.each<[string, string, Decision['verdict']]>([
    ['Bob, a senior who knows them', 'bob@example.org', 'land'],
    ['Bob by his login', '@bob', 'land'],
    ['Ann, who is senior and does not know them', 'ann@example.org', 'review'],
    ['Cy, who knows them and is no senior', 'cy@example.org', 'review'],
    ['Dee herself', 'dee@example.org', 'review'],
    ['Dee by her login', 'dee', 'review'],
    ['a stranger', 'eve@example.org', 'review'],
    ['a bot', 'renovate[bot]', 'review'],
  ])('with the approval of %s', (_, by, verdict) => {
    const approvals = [{ by, revision: 'head', at: base.now }];
    expect(decide(senior, { ...base, approvals }).verdict).toBe(verdict);
  });

  test('does not count whoever committed it, asked the AI for it or pushed to it', () => {
    const approvals = [{ by: 'bob@example.org', revision: 'head', at: base.now }];
    const committed = change({ by: 'Dee', committer: 'Bob', ai: true, lines: 100 });
    for (const more of [{ change: committed }, { prompters: ['@bob'] }, { involved: ['bob'] }]) {
      const decision = decide(senior, { ...base, approvals, ...more });
      expect(decision.verdict).toBe('review');
      expect(decision.attention.map(({ kind }) => kind)).toEqual(['not-counted']);
    }
  });

  test('says what is missing when nobody fits', () => {
    const decision = decide(senior, {
      ...base,
      experts: new Map([['expert', [expertise('Cy', 0.6)]]]),
    });
    expect(decision.owed[0]?.candidates).toEqual([]);
    expect(decision.owed[0]?.why).toContain(
      'nobody known is senior and expert; closest is Cy <cy@example.org> (L3, knows 60% of the changed lines); whoever keeps .hallmonitor/people.yml',
    );
    expect(decision.unblock?.says).toContain('too few people are known');
  });

  test('says what is not known when the history is missing', () => {
    const experts = new Map([['expert', { unknown: 'the clone is shallow' }]]);
    const decision = decide(senior, { ...base, experts });
    expect(decision.owed[0]?.why).toContain(
      'who is senior and expert could not be found out: the clone is shallow',
    );
  });
});

describe('attention', () => {
  const base = facts({
    ...team,
    change: change({ by: 'Dee', ai: true, lines: 500 }),
    pushedAt: 1_000_000,
    now: 1_100_000,
  });
  const bob = { by: 'bob@example.org', revision: 'head' };

  test('an approval too fast for its size does not count, a later one by the same person does', () => {
    const fast = { ...bob, at: base.now - 99_900 };
    const hasty = decide(senior, { ...base, approvals: [fast] });
    expect(hasty.verdict).toBe('review');
    expect(hasty.attention[0]?.says).toBe(
      "Bob <bob@example.org>'s approval does not count yet: 500 lines in 100 s is too fast to have read them; it takes 20 min at least",
    );
    expect(decide(senior, { ...base, approvals: [fast, { ...bob, at: base.now }] }).verdict).toBe(
      'land',
    );
  });

  test('a hasty approval of what everything depends on blocks', () => {
    const critical = change({ by: 'Dee', ai: true, lines: 500, path: 'pay/a.ts' });
    const approvals = [{ ...bob, at: 1_000_060 }];
    expect(decide(senior, { ...base, change: critical, approvals }).verdict).toBe('block');
  });

  test('an approval is not counted when nobody knows when the last push was', () => {
    const { pushedAt: _, ...unknown } = base;
    expect(decide(senior, { ...unknown, approvals: [{ ...bob, at: base.now }] }).verdict).toBe(
      'review',
    );
  });

  test.each<[string, ReadonlyMap<string, boolean>, Decision['verdict']]>([
    ['a later push changed reviewed lines', new Map([['old', true]]), 'review'],
    ['a later push left reviewed lines alone', new Map([['old', false]]), 'land'],
    ['nobody knows what was pushed later', new Map(), 'review'],
  ])('of an approval of an older revision: %s', (_, changedSince, verdict) => {
    const approvals = [{ ...bob, revision: 'old', at: base.now }];
    expect(decide(senior, { ...base, approvals, changedSince }).verdict).toBe(verdict);
  });

  test('whoever has enough to read today comes last, and after the deadline the next is asked too', () => {
    const made = facts({ ...team, change: change({ by: 'Dee', human: true, lines: 40 }) });
    const linesToday = new Map([['bob@example.org', 900]]);
    const askedAt = made.now - 7 * 86_400;
    const decision = decide(senior, { ...made, linesToday, askedAt });
    const candidates = decision.owed[0]?.candidates ?? [];
    expect(candidates.at(-1)).toBe('Bob <bob@example.org>');
    expect(decision.attention.map(({ says }) => says)).toEqual([
      'Bob <bob@example.org> has been given 800 lines or more today; ask the next one',
      'no answer in time; ask Ann <ann@example.org> too',
    ]);
  });
});

describe('findings and crashes', () => {
  const base = facts({ ...team, change: change({ by: 'Dee', human: true }) });
  const approved: Partial<Facts> = {
    approvals: [{ by: 'ann@example.org', revision: 'head', at: base.now }],
  };

  test.each<[string, Partial<Facts>, Decision['verdict']]>([
    ['nothing found', {}, 'land'],
    ['a warning', { inspection: { findings: [finding('warn')], gaps: [] } }, 'land'],
    ['a blocking finding', { inspection: { findings: [finding('block')], gaps: [] } }, 'block'],
    [
      'a blocking finding silenced with a reason',
      { inspection: { findings: [finding('block', 'known')], gaps: [] } },
      'land',
    ],
    [
      'something that could not be looked at, seen by a person',
      { inspection: { findings: [], gaps: [{ what: 'a.png', why: 'binary' }] } },
      'land',
    ],
    [
      'a guard that crashed',
      { inspection: { findings: [], gaps: [{ what: 'guard sql/x', why: 'it failed' }] } },
      'review',
    ],
    ['guards that did not run', { inspection: { unknown: 'out of memory' } }, 'review'],
    [
      'a crashed guard whose check has passed elsewhere',
      {
        inspection: { findings: [], gaps: [{ what: 'guard sql/x', why: 'it failed' }] },
        checks: [{ name: 'guard sql/x', state: 'passed' }],
      },
      'land',
    ],
  ])('an approved change with %s', (_, more, verdict) => {
    expect(decide(senior, { ...base, ...approved, ...more }).verdict).toBe(verdict);
  });

  test('a policy that only observes says the same and enforces nothing', () => {
    const policy = { ...senior, mode: 'observe' as const };
    const decision = decide(policy, {
      ...base,
      inspection: { findings: [finding('block')], gaps: [] },
    });
    expect(decision).toMatchObject({ verdict: 'block', enforced: false, mode: 'observe' });
  });
});

describe('several rules together', () => {
  const base = facts({
    ...team,
    change: change({ by: 'Dee', ai: true, path: 'pay/a.ts', lines: 20 }),
  });

  test('ask for the strictest once, and one approval serves several of them', () => {
    const decision = decide(senior, base);
    expect(owedBy(decision)).toEqual(['2 approval', '1 approval senior and expert']);
    expect(decision.unblock?.people).toEqual(['Bob <bob@example.org>', 'Cy <cy@example.org>']);
    expect(decision.afterLanding.map(({ kind, from }) => `${kind} ${from}`)).toEqual([
      'rollout staged',
    ]);
    const approvals = ['bob@example.org', 'cy@example.org'].map((by) => ({
      by,
      revision: 'head',
      at: base.now,
    }));
    expect(decide(senior, { ...base, approvals }).verdict).toBe('land');
  });

  test('count a person once, however often and under whatever name they approve', () => {
    const approvals = ['bob@example.org', '@bob', 'BOB@example.org'].map((by) => ({
      by,
      revision: 'head',
      at: base.now,
    }));
    expect(owedBy(decide(senior, { ...base, approvals }))).toEqual(['2 approval']);
  });
});

describe('the emergency door', () => {
  const base = facts({
    ...team,
    change: change({ by: 'Dee', ai: true, path: 'pay/a.ts', lines: 20 }),
  });
  const opened = {
    by: 'cy@example.org',
    at: 1_000_000,
    given: { 'incident-id': 'INC-1', reason: 'prices are wrong' },
  };
  const approvals = [{ by: 'ann@example.org', revision: 'head', at: base.now }];

  test('asks for what it allows and leaves a debt with a date', () => {
    expect(decide(senior, { ...base, breakGlass: opened }).verdict).toBe('review');
    const decision = decide(senior, { ...base, approvals, breakGlass: opened });
    expect(decision).toMatchObject({
      verdict: 'land',
      debt: {
        by: 'Cy <cy@example.org>',
        dueAt: 1_086_400,
        from: 'senior and expert',
        ifMissed: 'freeze the team',
        rules: ['AI needs a senior expert', 'Payments need two'],
      },
    });
    expect(decision.afterLanding.map(({ kind, from }) => `${kind} ${from}`)).toEqual([
      'rollout canary',
      'approval senior and expert',
    ]);
  });

  test.each<[string, Partial<typeof opened>]>([
    ['somebody who is not on call', { by: 'bob@example.org' }],
    ['somebody without a reason', { given: { 'incident-id': 'INC-1', reason: ' ' } }],
    ['somebody in the future', { at: 9_999_999_999 }],
  ])('stays shut for %s', (_, wrong) => {
    const decision = decide(senior, { ...base, approvals, breakGlass: { ...opened, ...wrong } });
    expect(decision.verdict).toBe('review');
    expect(decision.attention[0]?.kind).toBe('refused');
  });
});

describe('on a laptop, in a repository without any configuration', () => {
  const policy = policyFrom(defaultPolicyText);

  test('somebody who knows the files is asked for, by name, since nobody has a level', () => {
    const decision = decide(
      policy,
      facts({
        change: change({ by: 'Dee', lines: 40, path: '.github/workflows/ci.yml' }),
        experts: new Map([['expert', [expertise('Dee', 1), expertise('Bob', 0.8)]]]),
      }),
    );
    expect(decision).toMatchObject({ verdict: 'review', enforced: false });
    expect(decision.owed).toMatchObject([
      { from: 'senior and expert', candidates: ['Bob <bob@example.org>'] },
    ]);
    expect(decision.owed[0]?.why).toContain('nobody else is senior and expert, so expert will do');
  });

  test('the only person of a project owes anyone, and is told that nobody else is known', () => {
    const decision = decide(
      policy,
      facts({
        change: change({ by: 'Dee', lines: 40 }),
        experts: new Map([['expert', [expertise('Dee', 1)]]]),
      }),
    );
    expect(decision.owed).toMatchObject([{ kind: 'approval', count: 1, candidates: [] }]);
    expect(decision.owed[0]?.why).toContain('so anyone will do');
    expect(decision.owed[0]?.why).toContain('nobody but those who made it is known here');
  });

  test('a shallow clone makes nothing easier', () => {
    const decision = decide(
      policy,
      facts({
        change: change({ by: 'Dee', lines: 40 }),
        experts: new Map([['expert', { unknown: 'the clone is shallow' }]]),
        approvals: [{ by: 'bob@example.org', revision: 'head', at: 2_000_000 }],
      }),
    );
    expect(decision.verdict).toBe('review');
  });

  test('of a change that only an agent signed, one approval more is asked, for one may be by who asked for it', () => {
    const made = change({ by: 'copilot-swe-agent[bot]', ai: true, lines: 20 });
    const told = {
      change: made,
      experts: new Map([['expert', [expertise('Bob', 1), expertise('Cy', 1)]]]),
    };
    expect(decide(policy, facts(told)).owed[0]?.count).toBe(2);
    expect(decide(policy, facts({ ...told, prompters: ['@dee'] })).owed[0]?.count).toBe(1);
  });

  test('docs that a person wrote land at once', () => {
    const docs = change({ by: 'Dee', human: true, path: 'docs/a.md' });
    const known = facts({ change: docs, experts: new Map([['expert', [expertise('Bob', 1)]]]) });
    expect(decide(policy, known).verdict).toBe('land');
  });
});

test('a commit with no person in it has no author to be senior', () => {
  const bots = change({ by: 'renovate[bot]', human: true });
  expect(decide(senior, facts({ ...team, change: bots })).verdict).toBe('review');
});

test('a change that touches no file owes nothing, unless its files could not be read', () => {
  const empty = { ...change({ by: 'Ann' }), files: [] };
  expect(decide(senior, facts({ ...team, change: empty }))).toMatchObject({
    verdict: 'land',
    owed: [],
  });
  const unread = facts({ ...team, change: empty, incomplete: 'the parents are not here' });
  expect(decide(senior, unread).verdict).not.toBe('land');
});

test('a blocking finding that the change itself silences asks somebody else, and one silenced before does not', () => {
  const lenient = policyFrom(
    'version: 1\nmode: enforce\nrules:\n  - { name: Big ones, when: { lines: "> 4000" }, require: { approvals: 1 } }\n',
  );
  const silenced = (addedHere: boolean): Facts => {
    const by = { by: 'comment', reason: 'unused since v3', addedHere } as const;
    const findings = [{ ...finding('block'), suppressed: by }];
    return facts({
      ...team,
      change: change({ by: 'Dee', human: true }),
      inspection: { findings, gaps: [] },
    });
  };
  expect(decide(lenient, silenced(true))).toMatchObject({ verdict: 'review' });
  expect(decide(lenient, silenced(true)).owed[0]).toMatchObject({ kind: 'approval', count: 1 });
  expect(decide(lenient, silenced(false)).verdict).toBe('land');
});
