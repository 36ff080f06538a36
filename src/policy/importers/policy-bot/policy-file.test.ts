import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readPolicyFile } from './policy-file.ts';
import type { PolicyFile } from './policy-file.ts';

function parsed(text: string): PolicyFile {
  const file = readPolicyFile(text);
  if ('parseError' in file) throw new Error(file.parseError);
  return file;
}

function parseError(text: string): string {
  const file = readPolicyFile(text);
  return 'parseError' in file ? file.parseError : 'none';
}

function rule(text: string): string {
  return `approval_rules:\n  - name: r\n${text.replaceAll(/^/gm, '    ')}\n`;
}

function nested(levels: number): string {
  const open = Array.from({ length: levels }, () => '{ or: [').join('');
  return `policy: { approval: [ ${open} r ${'] }'.repeat(levels)} ] }\napproval_rules: [{ name: r }]`;
}

describe('a policy is refused', () => {
  test.each([
    ['for an unknown key at the top', 'polycy: {}', 'unknown key "polycy"'],
    ['for an unknown key in a rule', rule('iff: {}'), 'line 3: unknown key "iff"'],
    ['for an unknown predicate', rule('if:\n  file_not_deleted: {}'), 'file_not_deleted'],
    ['for a key given twice', rule('if: {}\nif: {}'), 'set twice'],
    ['for a remote policy', 'remote: acme/policies', 'unknown key "remote"'],
    [
      'for conditions of a disapproval',
      'policy: { disapproval: { requires: { conditions: {} } } }',
      'conditions',
    ],
    ['for a rule that is not there', 'policy: { approval: [a] }', 'there is no rule "a"'],
    ['for "not"', 'policy: { approval: [{ not: [r] }] }\napproval_rules: [{ name: r }]', '"not"'],
    [
      'for two conjunctions in one entry',
      'policy: { approval: [{ or: [r], and: [r] }] }\napproval_rules: [{ name: r }]',
      'exactly one key',
    ],
    ['for an empty conjunction', 'policy: { approval: [{ or: [] }] }', 'is empty'],
    ['for a conjunction of no list', 'policy: { approval: [{ or: r }] }', 'expected a list'],
    [
      'for a rule named by a boolean',
      'policy: { approval: [yes] }\napproval_rules: [{ name: yes }]',
      'the boolean yes',
    ],
    ['for a rule named by a number', 'policy: { approval: [1] }', 'the number 1'],
    ['for one rule in place of the list', 'policy: { approval: r }', 'expected a list'],
    ['for ten levels of conjunctions', nested(10), 'nested too deeply'],
    ['for a quoted boolean', rule('options: { allow_author: "true" }'), 'expected true or false'],
    ['for a number as boolean', rule('options: { allow_author: 1 }'), 'expected true or false'],
    ['for a quoted count', rule('requires: { count: "1" }'), 'expected a number'],
    ['for a name in place of a list', rule('requires: { users: ann }'), 'expected a list'],
    ['for an unknown permission', rule('requires: { permissions: [owner] }'), 'owner'],
    ['for ">="', rule('if: { modified_lines: { total: ">= 5" } }'), 'a comparison'],
    [
      'for a comparison without operator',
      rule('if: { modified_lines: { total: 5 } }'),
      'a comparison',
    ],
    [
      'for a comparison with a fraction',
      rule('if: { modified_lines: { total: "> 1.5" } }'),
      'a comparison',
    ],
    [
      'for look-ahead, which RE2 lacks',
      rule("if: { title: { matches: ['(?=x)'] } }"),
      'Perl syntax',
    ],
    ['for a back reference', rule("if: { title: { matches: ['(a)\\1'] } }"), 'invalid escape'],
    [
      'for an unknown escape in double quotes',
      rule('if: { title: { matches: ["\\."] } }'),
      'escape',
    ],
    [
      'for an escaped slash in double quotes',
      rule('if: { title: { matches: ["a\\/b"] } }'),
      'escape',
    ],
    ['for a bare "?" in brackets', rule('if: { title: { matches: [tsx?] } }'), 'needs quotes'],
    ['for an alias without anchor', 'policy: *p', 'unknown anchor'],
    ['for an alias to itself', 'policy: &p { approval: [ { or: *p } ] }', 'contains itself'],
    ['for YAML 1.2 by its own word', '%YAML 1.2\n---\npolicy: {}', 'incompatible'],
    ['for control characters', 'policy: "\u0007"', 'control characters'],
    ['for a blank rule', 'approval_rules: [~]', 'expected a rule'],
    ['for text in place of keys', 'policy', 'expected keys'],
    ['for a tab as indentation', 'policy:\n\tapproval: []', 'Tabs'],
  ])('%s', (_, text, complaint) => {
    expect(parseError(text)).toContain(complaint);
  });

  test('for aliases that multiply', () => {
    const layers = Array.from({ length: 12 }, (_, at) => {
      const inner = Array.from({ length: 9 }, () => (at === 0 ? 'x' : `*a${at - 1}`)).join(', ');
      return `  - &a${at} [${inner}]`;
    });
    expect(parseError(`policy:\n approval:\n${layers.join('\n')}`)).toContain('excessive aliasing');
  });

  test('for nesting without end, instead of falling over', () => {
    expect(parseError(`policy: ${'['.repeat(50_000)}`)).not.toBe('none');
  });
});

describe('a policy is read', () => {
  test.each([
    ['empty', ''],
    ['only a comment', '# nothing'],
    ['null', '~'],
    ['an empty list', 'policy: { approval: [] }'],
    ['blank sections', 'policy:\napproval_rules:\n'],
  ])('%s: no approval policy', (_, text) => {
    expect(parsed(text).approval).toBeNull();
  });

  test('with nine levels of conjunctions', () => {
    expect(parseError(nested(9))).toBe('none');
  });

  test('from its first document only', () => {
    expect(parsed('policy: {}\n---\nwrong: [').rules).toEqual([]);
  });

  test('with a closing bracket at the start of a line', () => {
    const text = 'approval_rules:\n- name: r\n  requires:\n    users: [\n      ann\n    ]\n';
    expect(parsed(text).rules[0]?.approvers.users).toEqual(['ann']);
  });

  test.each([
    ['yes', true],
    ['On', true],
    ['TRUE', true],
    ['y', true],
    ['off', false],
    ['N', false],
    ['~', false],
    ['', false],
    ['!!bool yes', true],
    ['! "yes"', true],
  ])('with %s as boolean', (word, value) => {
    expect(parsed(rule(`options:\n  allow_author: ${word}`)).rules[0]?.options.allowAuthor).toBe(
      value,
    );
  });

  test.each([
    ['2', 2],
    ['0x10', 16],
    ['010', 8],
    ['0b11', 3],
    ['1_0', 10],
    ['1.9', 1],
    ['-1', -1],
    ['null', 0],
  ])('with %s as count', (word, value) => {
    expect(parsed(rule(`requires:\n  count: ${word}`)).rules[0]?.count).toBe(value);
  });

  test('with names that look like other things', () => {
    expect(
      parsed('approval_rules: [{ name: 5 }, { name: yes }, {}]').rules.map((each) => each.name),
    ).toEqual(['5', 'yes', '']);
  });

  test('with merge keys, field by field', () => {
    const text = `
approval_rules:
  - &base { name: a, requires: { count: 2, users: [ann] } }
  - { <<: *base, name: b, requires: { users: [bob] } }
`;
    const [, second] = parsed(text).rules;
    expect([second?.name, second?.count, second?.approvers.users]).toEqual(['b', 2, ['bob']]);
  });

  test('with the deprecated actors', () => {
    const text = rule(
      'requires: { count: 1, admins: true, write_collaborators: yes, permissions: [Triage] }',
    );
    expect(parsed(text).rules[0]?.approvers.permissions).toEqual([2, 5, 3]);
  });

  test('with everything about requested reviews', () => {
    const text = rule('options: { request_review: { enabled: true, mode: teams, count: 3 } }');
    const asked = { enabled: true, mode: 'teams', count: 3 };
    expect(parsed(text).rules[0]?.options.requestReview).toEqual(asked);
    expect(parsed(rule('options: {}')).rules[0]?.options.requestReview.mode).toBe('random-users');
  });

  test.each([
    ['no methods', 'options: {}', [':+1:', '👍'], true],
    ['blank comments', 'options: { methods: { comments: ~ } }', [':+1:', '👍'], true],
    ['no comments', 'options: { methods: { comments: [] } }', [], true],
    ['no reviews', 'options: { methods: { github_review: no } }', [':+1:', '👍'], false],
  ])('with approval methods: %s', (...[, text, comments, githubReview]) => {
    expect(parsed(rule(text)).rules[0]?.options.methods).toMatchObject({ comments, githubReview });
  });

  test('with predicates that a blank leaves out', () => {
    const text = rule(
      'if:\n  has_labels:\n  title: ~\n  targets_branch: {}\n  has_valid_signatures: no',
    );
    expect(parsed(text).rules[0]?.predicates.map(({ kind }) => kind)).toEqual([
      'targets_branch',
      'has_valid_signatures',
    ]);
  });

  test('of two rules with one name, the last one', () => {
    const text =
      'policy: { approval: [r] }\napproval_rules: [{ name: r, requires: { count: 1 } }, { name: r, requires: { count: 2 } }]';
    const { approval } = parsed(text);
    const first =
      approval?.kind === 'rule'
        ? approval
        : approval?.kind === 'and'
          ? approval.children[0]
          : undefined;
    expect(first?.kind === 'rule' && first.rule.count).toBe(2);
  });
});

property.prop([fc.string({ unit: 'binary', maxLength: 200 })])(
  'no text makes the parser throw',
  (text) => {
    expect(readPolicyFile(text)).toBeDefined();
  },
);

const piece = fc.constantFrom(
  'policy:',
  'approval:',
  'approval_rules:',
  '- ',
  '  ',
  '\n',
  'name: r',
  'if:',
  '{',
  '}',
  '[',
  ']',
  '&a ',
  '*a',
  '<<: ',
  '!!int ',
  '"',
  "'",
  '|',
  '>',
  '~',
  'null',
  '? ',
  ': ',
  ',',
  '\t',
  '# x',
  'title:',
  'matches:',
  '(?i',
  '---\n',
);
property.prop([fc.array(piece, { maxLength: 40 })])(
  'no policy in pieces makes the parser throw',
  (pieces) => {
    expect(readPolicyFile(pieces.join(''))).toBeDefined();
  },
);
