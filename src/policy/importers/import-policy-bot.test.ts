import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { portionOf } from '../areas.ts';
import type { Demands, Bundle } from '../demands.ts';
import { demandsOf } from '../evaluate.ts';
import { readPolicy } from '../policy.ts';
import type { Policy } from '../policy.ts';
import type { Someone, Subject } from '../subject.ts';
import { fits } from '../who.ts';
import type { Imported } from './draft.ts';
import { importPolicyBot } from './import-policy-bot.ts';
import { readCase, readVerdict } from './policy-bot/case-file.ts';
import type { PolicyBotFacts } from './policy-bot/facts.ts';

function imported(text: string): Imported {
  const result = importPolicyBot(text);
  if ('parseError' in result) throw new Error(result.parseError);
  return result;
}

function policyFrom(text: string): Policy {
  const { policy, problems } = readPolicy(text, 'imported');
  expect(problems).toEqual([]);
  if (policy === null) throw new Error('no policy');
  return policy;
}

/** The text from `who:` on, without the notes. */
function body(text: string): string {
  return imported(text).text.replace(/^(?:#.*\n)*version: 1\nmode: enforce\n/, '');
}

test('a rule becomes a rule, its files an area, its approvers kinds of people', () => {
  const text = `
policy: { approval: [payments] }
approval_rules:
  - name: payments
    if: { changed_files: { paths: ['^services/pay/.*$'], ignore: ['\\.md$'] }, targets_branch: { pattern: '^(main|release/.*)$' } }
    requires: { count: 2, users: [ann], teams: [acme/pay], conditions: { has_status: { statuses: [ci] } } }
`;
  expect(body(text)).toMatchInlineSnapshot(`
    "who:
      payments-users:
        people:
          - "@ann"
      payments-teams:
        teams:
          - acme/pay
    areas:
      payments-files:
        - services/pay/**/*
        - "!**/*.md"
    rules:
      - name: payments
        when:
          touches: payments-files
          branch:
            - main
            - release/*
        require:
          approvals: 2
          from: payments-users or payments-teams
          checks:
            - ci
      - name: At least one rule must match
        when:
          not:
            touches: payments-files
            branch:
              - main
              - release/*
        require:
          checks:
            - "policy-bot: a rule matches"
    "
  `);
});

test('alternatives become ways to satisfy one rule, case by case', () => {
  const text = `
policy: { approval: [ { or: [owners, docs only] } ] }
approval_rules:
  - { name: owners, requires: { count: 1, users: [ann] } }
  - { name: docs only, if: { only_changed_files: { paths: ['^docs/'] } } }
`;
  expect(body(text)).toMatchInlineSnapshot(`
    "who:
      owners-users:
        people:
          - "@ann"
    areas:
      docs-only-files:
        - docs/**/*
    rules:
      - name: owners
        when:
          not:
            only: docs-only-files
        require:
          approvals: 1
          from: owners-users
    "
  `);
});

describe('what cannot be said', () => {
  function rule(condition: string): string {
    return `policy: { approval: [r] }\napproval_rules: [{ name: r, if: { ${condition} }, requires: { count: 1, users: [ann] } }]`;
  }
  test.each([
    ["title: { matches: ['^feat'] }", 'title'],
    ['from_branch: { pattern: x }', 'from_branch'],
    ["changed_files: { paths: ['(?i)^SRC/'] }", 'changed_files'],
    ["changed_files: { paths: ['^src/'], ignore: ['(a+)+'] }", 'changed_files'],
    ['modified_lines: { total: "> 100" }', 'modified_lines'],
    ['has_contributor_in: { users: [bob] }', 'has_contributor_in'],
    ['has_valid_signatures: true', 'has_valid_signatures'],
    ['repository: { matches: [x] }', 'repository'],
    ["has_labels: ['a*']", 'has_labels'],
  ])('%s is noted, and the rule always applies', (condition, kind) => {
    const { text, notes } = imported(rule(condition));
    expect(notes.some(({ about, says }) => about === 'r' && says.includes(kind))).toBe(true);
    const names = policyFrom(text).rules.map((each) => [each.name, each.when]);
    expect(names).toEqual([
      ['r', null],
      ['At least one rule must match', null],
    ]);
  });

  test.each([
    ['options: { allow_author: true }', 'never count'],
    ['options: { methods: { comments: [LGTM] } }', 'only reviews approve'],
    ['options: { ignore_update_merges: true, invalidate_on_push: true }', 'clean merges'],
    ['options: { request_review: { enabled: true, mode: teams } }', 'mode teams'],
    ['description: See the wiki', 'See the wiki'],
  ])('%s is noted', (option, says) => {
    const text = `policy: { approval: [r] }\napproval_rules: [{ name: r, ${option}, requires: { count: 1, users: [ann] } }]`;
    expect(imported(text).notes.some((each) => each.says.includes(says))).toBe(true);
  });

  test('an alternative of which nobody can tell whether it applies is no way out', () => {
    const text = `
policy: { approval: [ { or: [owners, quick fix] } ] }
approval_rules:
  - { name: owners, requires: { count: 1, users: [ann] } }
  - { name: quick fix, if: { title: { matches: ['^fix'] } } }
`;
    expect(policyFrom(imported(text).text).rules.map(({ name }) => name)).toEqual(['owners']);
  });

  test('a veto is asked as a check, always', () => {
    const { text, notes } = imported('policy: { disapproval: { requires: { users: [ann] } } }');
    expect(policyFrom(text).rules[0]?.asks?.options[0]?.checks).toEqual([
      'policy-bot: not disapproved',
    ]);
    expect(notes[0]?.says).toContain('veto');
  });

  test('nobody may approve where policy-bot lets nobody', () => {
    const text = 'policy: { approval: [r] }\napproval_rules: [{ name: r, requires: { count: 1 } }]';
    expect(policyFrom(imported(text).text).rules[0]?.asks?.options[0]?.checks).toHaveLength(1);
  });

  test('where no rule matches, nothing lands', () => {
    const text =
      'policy: { approval: [r] }\napproval_rules: [{ name: r, if: { has_labels: [a] } }]';
    expect(policyFrom(imported(text).text).rules.map(({ name }) => name)).toEqual([
      'At least one rule must match',
    ]);
  });
});

test('what policy-bot refuses is refused', () => {
  expect(importPolicyBot('remote: acme/policies')).toHaveProperty('parseError');
});

test('an empty policy asks nothing and is still a policy', () => {
  expect(policyFrom(imported('').text).rules).toHaveLength(1);
});

describe('against the recorded cases', () => {
  const folder = new URL('../../../../shared/fixtures/policy-bot/', import.meta.url);
  function lines(name: string): string[] {
    return gunzipSync(readFileSync(new URL(name, folder)))
      .toString('utf8')
      .trim()
      .split('\n');
  }

  test('whoever meets the imported policy has met the original', () => {
    const verdicts = lines('verdicts.jsonl.gz');
    let met = 0;
    const looser = lines('cases.jsonl.gz').flatMap((line, index) => {
      const given = readCase(line);
      const verdict = readVerdict(verdicts[index] ?? '');
      if ('problem' in given || 'problem' in verdict) throw new Error('unreadable');
      // Approval by comment only is a difference that the notes tell of.
      if (given.policy.includes('github_review: false')) return [];
      const policy = policyFrom(imported(given.policy).text);
      if (!isMet(policy, given.facts)) return [];
      met += 1;
      return verdict.result?.status === 'approved' ? [] : [given.id];
    });
    expect(looser).toEqual([]);
    expect(met).toBeGreaterThan(50);
  });
});

function known<T>(loaded: T | { readonly error: string }): T {
  if (typeof loaded === 'object' && loaded !== null && 'error' in loaded)
    throw new Error(loaded.error);
  return loaded;
}

function someone(facts: PolicyBotFacts, login: string): Someone {
  const rank = ['read', 'triage', 'write', 'maintain', 'admin'];
  const level = known(facts.permissions).get(login);
  return {
    email: login,
    name: login,
    ids: new Set([`@${login}`]),
    level: 1,
    teams: [
      ...(known(facts.teams).get(login) ?? []),
      ...(known(facts.organizations).get(login) ?? []),
      ...rank.filter((each) => each === level).map((each) => `permission/${each}`),
    ],
    duties: [],
    knows: new Map(),
    owner: false,
    unsure: null,
  };
}

/** Demands met by unedited approving reviews after the last push, by people without a part in the change. */
function isMet(policy: Policy, facts: PolicyBotFacts): boolean {
  const files = known(facts.files).map((file) => {
    return { ...file, oldPath: file.path, ai: 0, human: file.added, unknown: 0 };
  });
  const areas = new Map(
    [...policy.areas].map(([name, { matches }]) => [name, portionOf(files, matches)]),
  );
  const subject: Subject = {
    whole: portionOf(files, () => true),
    areas,
    incomplete: null,
    commits: 1,
    ai: { seen: false, linesDecide: true, advised: false, tools: [], evidence: [], missing: null },
    authors: [someone(facts, facts.author)],
    riskScore: 0,
    riskPercentile: 0,
    findings: [],
    unfound: null,
    services: [],
    branch: facts.base,
    labels: known(facts.labels),
  };
  const commits = known(facts.commits);
  const part = new Set([
    facts.author,
    ...commits.flatMap(({ author, committer }) => [author, committer]),
  ]);
  const pushed = Math.max(...commits.map(({ pushedAt }) => pushedAt ?? 0));
  const remarks = [...known(facts.reviews), ...known(facts.comments)];
  const approvers = known(facts.reviews)
    .filter(
      (review) => review.state === 'approved' && review.at > pushed && !part.has(review.author),
    )
    .map(({ author }) => author)
    .filter((author) => !remarks.some((remark) => remark.author === author && remark.edited));
  const people = [...new Set(approvers)].map((login) => someone(facts, login));
  return satisfied(demandsOf(policy)(subject), { policy, people, facts });
}

interface World {
  readonly policy: Policy;
  readonly people: readonly Someone[];
  readonly facts: PolicyBotFacts;
}

function satisfied(demands: Demands, world: World): boolean {
  return (
    bundleMet(demands, world) &&
    demands.choices.every((options) => options.some((option) => bundleMet(option, world)))
  );
}

function bundleMet({ approvals, checks }: Bundle, { policy, people, facts }: World): boolean {
  const enough = approvals.every(({ count, from }) => {
    return people.filter((person) => fits(person, from, policy.who) === 'yes').length >= count;
  });
  return enough && checks.every((check) => known(facts.statuses).get(check) === 'success');
}

property.prop([
  fc.string({ maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.string({ maxLength: 40 }),
])(
  'whatever names and patterns hold, the result is a policy without problems',
  (name, pattern, user) => {
    const text = JSON.stringify({
      policy: { approval: [name] },
      approval_rules: [
        {
          name,
          if: { changed_files: { paths: [pattern] }, has_author_in: { users: [user] } },
          requires: { count: 1, users: [user], conditions: { has_status: { statuses: [user] } } },
        },
      ],
    });
    const result = importPolicyBot(text);
    if ('parseError' in result) return;
    expect(readPolicy(result.text, 'imported').problems).toEqual([]);
  },
);
