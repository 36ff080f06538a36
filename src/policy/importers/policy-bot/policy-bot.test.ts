import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { bareFacts, withReviewComments } from './facts.ts';
import type { BotCommit, BotRemark, BotReview, PolicyBotFacts } from './facts.ts';
import { evaluatePolicyBot } from './policy-bot.ts';
import type { BotResult } from './result.ts';

type Given = Partial<PolicyBotFacts>;

function evaluate(policy: string, given: Given = {}): { result: BotResult; trigger: string } {
  const evaluation = evaluatePolicyBot(policy, { ...bareFacts('ann'), ...given });
  if ('parseError' in evaluation) throw new Error(evaluation.parseError);
  return evaluation;
}

function withRule(text: string): string {
  return `policy: { approval: [r] }\napproval_rules:\n  - name: r\n${text.replaceAll(/^/gm, '    ')}\n`;
}

function found(policy: string, given: Given = {}): string {
  const rule = evaluate(policy, given).result.children?.[0]?.children?.[0];
  return `${rule?.status}: ${rule?.error ?? rule?.description}`;
}

function ifRule(predicate: string, given: Given = {}): string {
  return found(withRule(`if:\n  ${predicate}`), given);
}

function commit(sha: string, given: Partial<BotCommit> = {}): BotCommit {
  return {
    sha,
    parents: [],
    committedViaWeb: false,
    author: 'ann',
    committer: 'ann',
    pushedAt: 10,
    signature: null,
    ...given,
  };
}

function said(author: string, at: number, body = ':+1:'): BotRemark {
  return { author, at, body, edited: false };
}

function review(
  author: string,
  at: number,
  [state, body] = ['approved', ''] as readonly [string, string],
): BotReview {
  return { author, at, body, edited: false, state };
}

function signed(sha: string, type: string, keyId: string): BotCommit {
  return commit(sha, { signature: { type, valid: true, keyId, signer: 'ann', state: 'VALID' } });
}

const skipped = 'skipped: A precondition of this rule was not satisfied';
const free = 'approved: No approval required';

describe('predicates', () => {
  const files = [
    { path: 'src/a.ts', added: 10, deleted: 5 },
    { path: 'README.md', added: 1, deleted: 0 },
  ];
  test.each<[string, Given, string]>([
    ["changed_files: { paths: ['^src/'] }", { files }, free],
    [
      "changed_files: { paths: ['^src/'], ignore: ['a'] }",
      { files },
      'skipped: No changed files match the required patterns',
    ],
    ["no_changed_files: { paths: ['^src/'] }", { files }, 'skipped: src/a.ts was changed'],
    [
      "only_changed_files: { paths: ['^src/'] }",
      { files },
      'skipped: A changed file does not match the required pattern',
    ],
    ["only_changed_files: { paths: ['.'] }", {}, 'skipped: No files changed'],
    [
      'has_author_in: { users: [Ann] }',
      {},
      'skipped: The pull request author "ann" does not meet the required membership conditions',
    ],
    ['has_author_in: { permissions: [none] }', { permissions: new Map([['ann', 'read']]) }, free],
    [
      'has_author_in: {}',
      { permissions: new Map([['ann', 'admin']]) },
      'skipped: The pull request author "ann" does not meet the required membership conditions',
    ],
    [
      'has_contributor_in: { users: [bob] }',
      { commits: [commit('a', { committer: 'bob' })] },
      free,
    ],
    [
      'only_has_contributors_in: { users: [ann] }',
      { commits: [commit('a', { author: '', committer: '' })] },
      free,
    ],
    [
      'only_has_contributors_in: { users: [ann] }',
      { commits: [commit('a', { author: 'zed', committer: 'bob' })] },
      'skipped: Contributor "bob" does not meet the required membership conditions',
    ],
    [
      'author_is_only_contributor: true',
      { commits: [commit('a', { committer: 'web-flow', committedViaWeb: true })] },
      free,
    ],
    [
      'author_is_only_contributor: true',
      { commits: [commit('0123456789abc', { committer: '' })] },
      'skipped: Commit 0123456789 was authored or committed by a different user',
    ],
    [
      'author_is_only_contributor: false',
      { commits: [commit('a')] },
      'skipped: All commits were authored and committed by ann',
    ],
    ['targets_branch: { pattern: "ai" }', {}, free],
    [
      "targets_branch: { pattern: '^dev\\b' }",
      {},
      'skipped: Target branch "main" does not match required pattern "^dev\\\\b"',
    ],
    ['targets_branch: {}', {}, 'skipped: Target branch "main" does not match required pattern ""'],
    ["from_branch: { pattern: '' }", {}, free],
    [
      'from_branch: { pattern: x }',
      { head: 'bob:to\u0007pic' },
      'skipped: Source branch "bob:to\\apic" does not match specified from_branch pattern "x"',
    ],
    ['modified_lines: { additions: "> 100", total: "=16" }', { files }, free],
    ['modified_lines: { additions: "< 11", deletions: "=4" }', { files }, skipped],
    ['modified_lines: {}', { files }, skipped],
    [
      'has_status: { statuses: [ci, lint] }',
      { statuses: new Map([['ci', 'failure']]) },
      'skipped: One or more statuses is missing: lint',
    ],
    [
      'has_status: { statuses: [ci], conclusions: [skipped, neutral, cancelled] }',
      { statuses: new Map([['ci', 'failure']]) },
      'skipped: One or more statuses has not concluded with cancelled, neutral, or skipped: ci',
    ],
    ['has_successful_status: [ci]', { statuses: new Map([['ci', 'success']]) }, free],
    [
      'has_successful_status: [ci]',
      { statuses: new Map([['ci', 'skipped']]) },
      'skipped: One or more statuses has not concluded with : ci',
    ],
    ['has_successful_status: []', {}, free],
    [
      'has_workflow_result: { workflows: [a.yml] }',
      {},
      'skipped: One or more workflow runs are missing: a.yml',
    ],
    [
      'has_workflow_result: { workflows: [a.yml] }',
      { workflows: new Map([['a.yml', ['failure', 'success', 'cancelled']]]) },
      'skipped: One or more workflow runs have not concluded with : a.yml,a.yml',
    ],
    [
      'has_workflow_result: { workflows: [a.yml], conclusions: [success, failure] }',
      { workflows: new Map([['a.yml', ['failure', 'success']]]) },
      free,
    ],
    ['has_labels: [Hot-Fix]', { labels: ['HOT-fix'] }, free],
    ['has_labels: [Docs]', { labels: [] }, 'skipped: Missing label: Docs'],
    ['title: { matches: [a], not_matches: [b] }', { title: 'c' }, free],
    ['title: { matches: [a], not_matches: [b] }', { title: 'b' }, skipped],
    ["repository: { not_matches: ['^acme/'] }", {}, skipped],
    [
      'has_valid_signatures: true',
      { commits: [commit('0123456789abc')] },
      'skipped: Commit 0123456789 has no signature',
    ],
    [
      'has_valid_signatures: true',
      {
        commits: [
          commit('a', {
            signature: {
              type: 'SshSignature',
              valid: false,
              keyId: '',
              signer: '',
              state: 'BAD_EMAIL',
            },
          }),
        ],
      },
      'skipped: Commit a has an invalid signature due to BAD_EMAIL',
    ],
    ['has_valid_signatures: false', { commits: [commit('a')] }, free],
    [
      'has_valid_signatures: false',
      {},
      'skipped: All commits are signed and have valid signatures',
    ],
    [
      'has_valid_signatures_by: { users: [bob] }',
      { commits: [signed('a', 'SshSignature', '')] },
      'skipped: Contributor "ann" does not meet the required membership conditions for signing',
    ],
    [
      'has_valid_signatures_by: { users: [ann] }',
      { commits: [signed('a', 'SshSignature', '')] },
      free,
    ],
    [
      'has_valid_signatures_by_keys: { key_ids: [K1] }',
      { commits: [signed('a', 'GpgSignature', 'K1')] },
      free,
    ],
    [
      'has_valid_signatures_by_keys: { key_ids: [K1] }',
      { commits: [signed('a', 'GpgSignature', 'K2')] },
      'skipped: Key "K2" does not meet the required key conditions for signing',
    ],
    [
      'has_valid_signatures_by_keys: { key_ids: [K1] }',
      { commits: [signed('a', 'SmimeSignature', 'K1')] },
      'skipped: Commit a signature is not a GPG signature',
    ],
  ])('%s', (predicate, given, answer) => {
    expect(ifRule(predicate, given)).toBe(answer);
  });

  test('the first false one, in the fixed order and not in that of the file, gives the description', () => {
    expect(found(withRule('if:\n  title: { matches: [x] }\n  has_labels: [a]'))).toBe(
      'skipped: Missing label: a',
    );
  });
});

describe('who approves', () => {
  function one(options: string): string {
    return withRule(
      `options: ${options}\nrequires: { count: 1, users: [ann, bob, cat], permissions: [maintain] }`,
    );
  }
  const mine = [commit('h', { parents: ['m'], committer: 'cat' })];
  test.each<[string, string, Given, string]>([
    [
      'the author does not',
      '{}',
      { comments: [said('ann', 5)] },
      'pending: 0/1 required approvals. Ignored 1 approval from disqualified users',
    ],
    [
      'the author does when allowed',
      '{ allow_author: true }',
      { comments: [said('ann', 5)] },
      'approved: Approved by ann',
    ],
    [
      'the author does as a contributor, even against allow_author',
      '{ allow_author: false, allow_contributor: true }',
      { comments: [said('ann', 5)] },
      'approved: Approved by ann',
    ],
    [
      'the author does not as a non-author contributor',
      '{ allow_non_author_contributor: true }',
      { comments: [said('ann', 5)] },
      'pending: 0/1 required approvals. Ignored 1 approval from disqualified users',
    ],
    [
      'a committer does not',
      '{}',
      { comments: [said('cat', 5)], commits: mine, headSha: 'h' },
      'pending: 0/1 required approvals. Ignored 1 approval from disqualified users',
    ],
    [
      'a committer of a merged side branch does',
      '{}',
      {
        comments: [said('cat', 5)],
        commits: [commit('h'), ...mine.map((each) => ({ ...each, sha: 'side' }))],
        headSha: 'h',
      },
      'approved: Approved by cat',
    ],
    [
      'a committer of ignored commits does',
      '{ ignore_commits_by: { users: [ann, cat] } }',
      { comments: [said('cat', 5)], commits: mine, headSha: 'h' },
      'approved: Approved by cat',
    ],
    [
      'a commit half by others is not ignored',
      '{ ignore_commits_by: { users: [cat] } }',
      { comments: [said('cat', 5)], commits: mine, headSha: 'h' },
      'pending: 0/1 required approvals. Ignored 1 approval from disqualified users',
    ],
    [
      'somebody with enough permission does',
      '{}',
      { comments: [said('dan', 5)], permissions: new Map([['dan', 'admin']]) },
      'approved: Approved by dan',
    ],
    [
      'somebody with too little does not',
      '{}',
      { comments: [said('dan', 5)], permissions: new Map([['dan', 'write']]) },
      'pending: 0/1 required approvals. Ignored 1 approval from disqualified users',
    ],
    [
      'names are compared exactly',
      '{}',
      { comments: [said('Bob', 5)] },
      'pending: 0/1 required approvals. Ignored 1 approval from disqualified users',
    ],
    [
      'in order of time',
      '{}',
      { comments: [said('cat', 7)], reviews: [review('bob', 6)] },
      'approved: Approved by bob, cat',
    ],
    [
      'changes requested later take nothing back',
      '{}',
      { reviews: [review('bob', 6), review('bob', 7, ['changes_requested', ''])] },
      'approved: Approved by bob',
    ],
    [
      'an edit hides the older approval too',
      '{ ignore_edited_comments: true }',
      { comments: [said('bob', 5), { ...said('bob', 6), edited: true }] },
      'pending: 0/1 required approvals',
    ],
    [
      'a push takes back what was said at the same moment',
      '{ invalidate_on_push: true }',
      { comments: [said('bob', 10)], commits: [commit('h')], headSha: 'h' },
      'pending: 0/1 required approvals',
    ],
    [
      'and leaves what came after',
      '{ invalidate_on_push: true }',
      { comments: [said('bob', 11)], commits: [commit('h')], headSha: 'h' },
      'approved: Approved by bob',
    ],
    [
      'a push of unknown time was just now',
      '{ invalidate_on_push: true }',
      { comments: [said('bob', 11)], commits: [commit('h', { pushedAt: null })], headSha: 'h' },
      'pending: 0/1 required approvals',
    ],
    [
      'without a commit left nothing is taken back',
      '{ invalidate_on_push: true, ignore_commits_by: { users: [ann] } }',
      { comments: [said('bob', 1)], commits: [commit('h')], headSha: 'h' },
      'approved: Approved by bob',
    ],
    [
      'a commit without login is never ignored',
      '{ invalidate_on_push: true, ignore_commits_by: { users: [ann] } }',
      {
        comments: [said('bob', 1)],
        commits: [commit('h', { author: '', committer: '' })],
        headSha: 'h',
      },
      'pending: 0/1 required approvals',
    ],
    [
      'commits in a ring end',
      '{}',
      { comments: [said('bob', 1)], commits: [commit('h', { parents: ['h'] })], headSha: 'h' },
      'approved: Approved by bob',
    ],
  ])('%s', (...[, options, given, answer]) => {
    expect(found(one(options), given)).toBe(answer);
  });

  test('update merges neither bar nor invalidate', () => {
    const commits = [
      commit('h', {
        parents: ['a', 'base'],
        committedViaWeb: true,
        author: 'bob',
        committer: 'web',
        pushedAt: 50,
      }),
      commit('a', { parents: ['b'] }),
    ];
    const given = { commits, headSha: 'h', comments: [said('bob', 20)] };
    const options = 'ignore_update_merges: true, invalidate_on_push: true';
    expect(found(one(`{ ${options} }`), given)).toBe('approved: Approved by bob');
    expect(found(one('{}'), given)).toContain('pending');
  });

  test('nobody does when no actor is listed', () => {
    const given = { comments: [said('bob', 5)], permissions: new Map([['bob', 'admin']]) };
    expect(found(withRule('requires: { count: 1 }'), given)).toContain('pending: 0/1');
  });

  test('teams and organisations count', () => {
    const text = withRule('requires: { count: 2, teams: [acme/core], organizations: [acme] }');
    const given = {
      comments: [said('bob', 5), said('cat', 6)],
      teams: new Map([['bob', ['acme/core']]]),
      organizations: new Map([['cat', ['acme']]]),
    };
    expect(found(text, given)).toBe('approved: Approved by bob, cat');
  });
});

describe('how approval is said', () => {
  function by(methods: string): string {
    return withRule(`options: { methods: ${methods} }\nrequires: { count: 1, users: [ann, bob] }`);
  }
  const lgtm = String.raw`{ github_review_comment_patterns: ['\b(?i)domain\s*lgtm\b'] }`;
  test.each<[string, string, Given, string]>([
    [
      'an RE2 pattern over reviews',
      lgtm,
      { reviews: [review('bob', 5, ['approved', 'Domain  LGTM!'])] },
      'approved',
    ],
    ['with patterns only matching reviews count', lgtm, { reviews: [review('bob', 5)] }, 'pending'],
    [
      'patterns count without github_review',
      '{ github_review: false, github_review_comment_patterns: [ok] }',
      { reviews: [review('bob', 5, ['approved', 'ok'])] },
      'approved',
    ],
    [
      'a pattern over comments',
      "{ comment_patterns: ['^Signed-off by \\S+$'] }",
      { comments: [said('bob', 5, 'Signed-off by me')] },
      'approved',
    ],
    [
      'the usual comments stay beside patterns',
      '{ comment_patterns: [x] }',
      { comments: [said('bob', 5, 'a 👍 b')] },
      'approved',
    ],
    ['no comments at all', '{ comments: [] }', { comments: [said('bob', 5)] }, 'pending'],
    [
      'comments are case-sensitive',
      '{ comments: [LGTM] }',
      { comments: [said('bob', 5, 'lgtm')] },
      'pending',
    ],
    [
      'the text of the pull request',
      "{ body_patterns: ['no-platform'] }",
      { body: said('bob', 1, 'x no-platform') },
      'approved',
    ],
  ])('%s', (...[, methods, given, status]) => {
    expect(found(by(methods), given).split(':')[0]).toBe(status);
  });

  test('a review in state commented speaks as a comment where the forge loads it so', () => {
    const facts = { ...bareFacts('ann'), reviews: [review('bob', 5, ['commented', ':+1:'])] };
    expect(found(by('{}'), facts)).toContain('pending');
    expect(found(by('{}'), withReviewComments(facts))).toBe('approved: Approved by bob');
  });
});

describe('conditions', () => {
  test.each([
    ['{ conditions: { has_labels: [a] } }', ['a'], 'approved: Approved by required conditions'],
    [
      '{ conditions: { has_labels: [a], title: { matches: [x] } } }',
      ['a'],
      'pending: 1/2 required conditions',
    ],
    [
      '{ count: 1, users: [bob], conditions: { has_labels: [a] } }',
      ['a'],
      'approved: Approved by bob and required conditions',
    ],
    [
      '{ count: 1, users: [bob], conditions: { has_labels: [a] } }',
      [],
      'pending: 1/1 required approvals and 0/1 required conditions. Ignored 1 approval from disqualified users',
    ],
  ])('%s', (requires, labels, answer) => {
    const comments = [said('bob', 5), said('zed', 6)];
    expect(found(withRule(`requires: ${requires}`), { labels, comments })).toBe(answer);
  });
});

describe('disapproval', () => {
  function against(given: Given, more = ''): string {
    const text = `policy:\n  disapproval:\n    requires: { users: [ann, bob, cat] }\n${more}`;
    const node = evaluate(text, given).result.children?.[1];
    return `${node?.status}: ${node?.description}`;
  }
  const onlyWords = '    options: { methods: { disapprove: { comments: [no] } } }';
  test.each<[string, Given, string, string]>([
    ['nobody', {}, '', 'skipped: No disapprovals'],
    [
      'by comment',
      { comments: [said('bob', 5, 'x :-1: y')] },
      '',
      'disapproved: Disapproved by bob',
    ],
    [
      'by review',
      { reviews: [review('bob', 5, ['changes_requested', ''])] },
      '',
      'disapproved: Disapproved by bob',
    ],
    [
      'revoked by another, the author even',
      { comments: [said('bob', 5, '👎'), said('ann', 6)] },
      '',
      'skipped: Disapproval revoked by ann',
    ],
    [
      'revoked at the same moment',
      { comments: [said('bob', 5, '👎'), said('cat', 5)] },
      '',
      'skipped: Disapproval revoked by cat',
    ],
    [
      'again after the revocation',
      { comments: [said('bob', 7, '👎'), said('cat', 5)] },
      '',
      'disapproved: Disapproved by bob',
    ],
    ['by somebody else', { comments: [said('zed', 5, '👎')] }, '', 'skipped: No disapprovals'],
    [
      'methods given replace all of their side',
      { reviews: [review('bob', 5, ['changes_requested', ''])] },
      onlyWords,
      'skipped: No disapprovals',
    ],
    [
      'and count',
      { comments: [said('bob', 5, 'no')] },
      onlyWords,
      'disapproved: Disapproved by bob',
    ],
  ])('%s', (...[, given, more, answer]) => {
    expect(against(given, more)).toBe(answer);
  });

  test.each([
    ['changed_files: { paths: [a] }', 'a.ts was changed'],
    ['no_changed_files: { paths: [b] }', 'No changed files match the specified patterns'],
    ['title: { matches: [x] }', 'PR Title matches a Match pattern'],
    ['repository: { not_matches: [x] }', "PR Repository doesn't match a NotMatch pattern"],
    ['has_author_in: { users: [ann] }', 'A precondition of this rule was satisfied'],
  ])('a true predicate disapproves without any actor: %s', (predicate, description) => {
    const given = { title: 'x', files: [{ path: 'a.ts', added: 1, deleted: 0 }] };
    const { result } = evaluate(`policy: { disapproval: { if: { ${predicate} } } }`, given);
    expect([result.status, result.description]).toEqual(['disapproved', description]);
  });
});

describe('the tree', () => {
  test('without an approval policy all is approved', () => {
    const { result, trigger } = evaluate('');
    expect(result.children?.[0]).toEqual({
      name: 'approval',
      status: 'approved',
      description: 'No approval policy defined',
    });
    expect([result.status, trigger]).toEqual(['approved', 'Trigger(0x1=Commit)']);
  });

  const unknown = { statuses: { error: 'rate limit' } };
  const broken = '{ name: e, if: { has_status: { statuses: [ci] } } }';
  const says = 'failed to evaluate predicate: failed to list commit statuses: rate limit';
  test.each([
    ['an error alone is an error', '[e]', 'skipped', says],
    ['"or" forgets an error beside an approval', '[{ or: [e, ok] }]', 'approved', undefined],
    ['"or" forgets an error beside something pending', '[{ or: [e, wait] }]', 'pending', undefined],
    ['"and" never does', '[{ and: [e, ok] }]', 'skipped', says],
  ])('%s', (...[, approval, status, error]) => {
    const rules = `[${broken}, { name: ok }, { name: wait, requires: { count: 1 } }]`;
    const { result } = evaluate(
      `policy: { approval: ${approval} }\napproval_rules: ${rules}`,
      unknown,
    );
    expect([result.status, result.error]).toEqual([status, error]);
  });

  test.each<[string, string, Given, string]>([
    [
      'commits',
      'if: { has_contributor_in: { users: [a] } }',
      { commits: { error: 'x' } },
      'failed to evaluate predicate: failed to get commits: x',
    ],
    [
      'files',
      'if: { modified_lines: { total: "> 1" } }',
      { files: { error: 'x' } },
      'failed to evaluate predicate: failed to list changed files: x',
    ],
    [
      'teams',
      'if: { has_author_in: { teams: [a/b] } }',
      { teams: { error: 'x' } },
      'failed to evaluate predicate: failed to get team membership: x',
    ],
    [
      'organisations',
      'if: { has_author_in: { organizations: [a] } }',
      { organizations: { error: 'x' } },
      'failed to evaluate predicate: failed to get org membership: x',
    ],
    [
      'permissions',
      'if: { has_author_in: { permissions: [read] } }',
      { permissions: { error: 'x' } },
      'failed to evaluate predicate: x',
    ],
    [
      'labels',
      'requires: { conditions: { has_labels: [a] } }',
      { labels: { error: 'x' } },
      'failed to compute approval status: failed to evaluate condition: failed to list pull request labels: x',
    ],
    [
      'comments',
      'requires: { count: 1 }',
      { comments: { error: 'x' } },
      'failed to filter candidates: failed to get approval candidates: x',
    ],
    [
      'commits for barring',
      'requires: { count: 1 }',
      { commits: { error: 'x' } },
      'failed to compute approval status: failed to list commits: x',
    ],
  ])('%s that did not load are an error', (...[, rule, given, error]) => {
    expect(found(withRule(rule), given)).toBe(`skipped: ${error}`);
  });
});

describe('triggers', () => {
  test.each([
    ['requires: { count: 0, users: [a] }', 'Trigger(0x1=Commit)'],
    ['requires: { count: 1 }', 'Trigger(0x7=Commit|Comment|Review)'],
    [
      'requires: { count: 1 }\noptions: { methods: { comments: [], github_review: false, body_patterns: [x] } }',
      'Trigger(0x21=Commit|PullRequest)',
    ],
    [
      'requires: { count: 1 }\noptions: { methods: { comments: [], github_review: false, github_review_comment_patterns: [x], comment_patterns: [x] } }',
      'Trigger(0x7=Commit|Comment|Review)',
    ],
    [
      'requires: { conditions: { has_labels: [a], has_workflow_result: {} } }',
      'Trigger(0x19=Commit|Label|Status)',
    ],
    ['if: { from_branch: {}, has_author_in: {} }', 'Trigger(0x1=Commit)'],
  ])('%s', (rule, trigger) => {
    expect(evaluate(withRule(rule)).trigger).toBe(trigger);
  });

  test('patterns of a disapproval do not trigger, only its plain methods', () => {
    const methods = '{ disapprove: { comment_patterns: [x] }, revoke: { github_review: yes } }';
    const text = `policy: { disapproval: { requires: { users: [a] }, options: { methods: ${methods} } } }`;
    expect(evaluate(text).trigger).toBe('Trigger(0x5=Commit|Review)');
  });
});

property.prop([fc.string(), fc.string(), fc.string()])(
  'hostile facts change nothing but the answer',
  (title, author, path) => {
    const files = [{ path, added: 1, deleted: 1 }];
    const text = withRule(
      "if: { title: { not_matches: ['(a+)+$'] }, changed_files: { paths: ['(x+x+)+y'] }, has_author_in: { users: [q] } }",
    );
    expect(evaluate(text, { title, author, files }).result.name).toBe('policy');
  },
);
