import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { change, expertise, facts, finding, member } from '../../test/facts.ts';
import { blocksOf, policyOf, ruleSet } from '../../test/policies.ts';
import type { Policy } from '../policy/policy.ts';
import type { Facts } from './gate.ts';
import { decide } from './gate.ts';

const names = ['Ann', 'Bob', 'Cy', 'Dee'];

const scene: fc.Arbitrary<Facts> = fc
  .record({
    by: fc.constantFrom('Dee', 'Cy', 'copilot-swe-agent[bot]'),
    committer: fc.constantFrom(...names),
    wrote: fc.constantFrom({ ai: true }, { human: true }, {}),
    lines: fc.constantFrom(5, 40, 150),
    path: fc.constantFrom('src/core/a.ts', 'docs/a.md', 'lib/b.ts'),
    levels: fc.array(fc.option(fc.integer({ min: 1, max: 7 })), { minLength: 4, maxLength: 4 }),
    knowing: fc.subarray(names),
    approving: fc.subarray(names),
    logins: fc.boolean(),
    hasty: fc.boolean(),
    found: fc.subarray(['note', 'warn', 'block'] as const),
    percentile: fc.integer({ min: 0, max: 100 }),
    checks: fc.subarray(['ci', 'scan']),
    record: fc.boolean(),
  })
  .map((told) => {
    const { by, committer, wrote, lines, path } = told;
    const made = change({ by, committer, lines, path, ...wrote });
    return facts({
      change: made,
      roster: {
        members: names.map((name, at) =>
          member(name, { level: told.levels[at] ?? null, teams: ['payments'] }),
        ),
      },
      experts: new Map([['expert', told.knowing.map((name) => expertise(name, 0.8))]]),
      owners: [{ path, owners: [{ kind: 'login', name: 'ann' }] }],
      inspection: { findings: told.found.map((severity) => finding(severity)), gaps: [] },
      risk: {
        score: 0.1,
        percentile: told.percentile,
        compared: 900,
        model: 'default',
        factors: [],
        services: [],
      },
      checks: told.checks.map((name) => ({ name, state: 'passed' as const })),
      prompters: [],
      ...(told.record ? { changeRecord: 'CR-1' } : {}),
      approvals: told.approving.map((name) => ({
        by: told.logins ? `@${name.toLowerCase()}` : `${name.toLowerCase()}@example.org`,
        revision: 'head',
        at: told.hasty ? 1_000_010 : 2_000_000,
      })),
    });
  });

const policies: fc.Arbitrary<Policy> = ruleSet
  .map((rules) => policyOf([...blocksOf(rules)]))
  .filter((policy) => policy !== null)
  .map((policy) => ({ ...policy, attention: { ...policy.attention, fastestLinesPerHour: 1500 } }));

const runs = { numRuns: 80 };

function mayLand(policy: Policy, told: Facts): boolean {
  return decide(policy, told).verdict === 'land';
}

const lost = { unknown: 'the signal was dropped' };

function without(told: Facts, ...keys: readonly (keyof Facts)[]): Facts {
  return Object.fromEntries(
    Object.entries(told).filter(([key]) => !keys.some((one) => one === key)),
  ) as unknown as Facts;
}

const losses: readonly (readonly [string, (told: Facts) => Facts])[] = [
  ['the risk', (told) => ({ ...told, risk: lost })],
  ['provenance', (told) => ({ ...told, provenance: lost })],
  ['all guards', (told) => ({ ...told, inspection: lost })],
  [
    'one guard',
    (told) => ({
      ...told,
      inspection: { findings: [], gaps: [{ what: 'guard sql/drop-column', why: 'it failed' }] },
    }),
  ],
  ['people.yml', (told) => ({ ...told, roster: lost })],
  ['the history', (told) => ({ ...told, experts: new Map([['expert', lost]]) })],
  ['the history of one kind', (told) => ({ ...told, experts: new Map() })],
  ['CODEOWNERS', (told) => ({ ...told, owners: lost })],
  ['when the last push was', (told) => without(told, 'pushedAt')],
  ['who asked the AI', (told) => without(told, 'prompters')],
  ['branch and labels', (told) => without(told, 'branch', 'labels')],
  ['checks', (told) => without(told, 'checks')],
  ['the change record', (told) => without(told, 'changeRecord')],
  ['approvals', (told) => without(told, 'approvals')],
  [
    'some files',
    (told) => ({ ...told, incomplete: 'cut short', change: { ...told.change, files: [] } }),
  ],
];

describe('a change that may not land', () => {
  test.each(losses)('may not land either after losing %s', (_, lose) => {
    fc.assert(
      fc.property(policies, scene, (policy, told) => {
        if (mayLand(policy, lose(told))) expect(mayLand(policy, told)).toBe(true);
      }),
      runs,
    );
  });

  test('may not land either after another finding', () => {
    fc.assert(
      fc.property(
        policies,
        scene,
        fc.constantFrom('note', 'warn', 'block'),
        (policy, told, severity) => {
          const before = 'findings' in told.inspection ? told.inspection.findings : [];
          const worse = {
            ...told,
            inspection: { findings: [...before, finding(severity)], gaps: [] },
          };
          if (mayLand(policy, worse)) expect(mayLand(policy, told)).toBe(true);
        },
      ),
      runs,
    );
  });
});

test('an approval by the author, a committer or a bot changes nothing but a remark', () => {
  fc.assert(
    fc.property(policies, scene, fc.boolean(), (policy, told, login) => {
      const [only] = told.change.commits;
      const worthless = [
        only?.author.email,
        only?.committer.email,
        'renovate[bot]',
        'noreply@anthropic.com',
      ];
      const more = worthless.flatMap((email) => {
        if (email === undefined) return [];
        const by = login ? email.replace(/@example\.org$/, '').replace(/^(?=[^@]*$)/, '@') : email;
        return [{ by, revision: 'head', at: 2_000_000 }];
      });
      const before = decide(policy, told);
      const after = decide(policy, { ...told, approvals: [...(told.approvals ?? []), ...more] });
      expect({ ...after, attention: [] }).toEqual({ ...before, attention: [] });
    }),
    runs,
  );
});

test('everything that keeps a change from landing is in the list of what it owes', () => {
  fc.assert(
    fc.property(policies, scene, (policy, told) => {
      const { verdict, owed, outcomes, unblock } = decide(policy, told);
      expect(owed.length === 0).toBe(verdict === 'land');
      expect(unblock === null).toBe(owed.length === 0);
      // No rule is open without something owed for it.
      if (verdict === 'land') expect(outcomes.filter(({ state }) => state === 'owed')).toEqual([]);
    }),
    runs,
  );
});
