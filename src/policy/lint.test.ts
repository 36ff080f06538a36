import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { policyFrom } from '../../test/policies.ts';
import { defaultPolicyText } from './default-policy.ts';
import type { LintAround } from './lint.ts';
import { lintPolicy } from './lint.ts';
import { problemLine } from './problems.ts';
import { testPolicy } from './test-policy.ts';

function remarks(text: string, around: LintAround = {}): string {
  return lintPolicy(policyFrom(text), around).map(problemLine).join('\n');
}

const example = readFileSync(join(import.meta.dirname, '../../docs/example-policy.yml'), 'utf8');

test.each([
  ['the default policy', defaultPolicyText],
  ['the example policy', example],
])('%s leaves nothing to remark on, and its tests pass', (_, text) => {
  expect(remarks(text)).toBe('');
  const results = testPolicy(policyFrom(text));
  expect(results.length).toBeGreaterThan(1);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
});

const self =
  '{ name: Self, when: { touches: ".hallmonitor/**" }, require: { approvals: 2, checks: [ ci ] } }';

function policy(rules: readonly string[], before = ''): string {
  return `version: 1\n${before}rules:\n${[self, ...rules].map((rule) => `  - ${rule}\n`).join('')}`;
}

describe('lint remarks on', () => {
  test.each<[string, string, string, LintAround?]>([
    [
      'a test that fails',
      `${policy(['{ name: A, require: { approvals: 1 } }'])}tests: [ { given: { lines: 3 }, expect: { approvals: 2 } } ]\n`,
      'the test "lines: 3" fails: approvals should be 2 and is 1',
    ],
    [
      'an alternative that cannot hold',
      policy([
        '{ name: A, when: { any: [ { ai: none, ai_share: "> 5%" }, { risk: top 5% } ] }, require: { approvals: 1 } }',
      ]),
      'one alternative of the rule "A" can never hold',
    ],
    [
      'a rule that adds nothing',
      policy([
        '{ name: A, when: { lines: "> 10" }, require: { approvals: 2 } }',
        '{ name: B, when: { lines: "> 50", ai: assisted }, require: { approvals: 1 } }',
      ]),
      'the rule "B" adds nothing to "A"',
    ],
    [
      'a waiver that reaches a guarded area',
      policy(
        [
          '{ name: A, require: { approvals: 2 } }',
          '{ name: W, when: { only: docs }, waives: A }',
          '{ name: G, when: { touches: auth }, require: { approvals: 1 } }',
        ],
        'areas: { docs: [ "**/*.md" ], auth: [ "**/auth/**" ] }\n',
      ),
      '"W" waives "A" even where the guarded area "auth" is touched, for example by any/auth/x.md',
    ],
    [
      'a waiver of the guarding rule itself',
      policy(
        [
          '{ name: G, when: { touches: auth }, require: { approvals: 1 } }',
          '{ name: W, when: { labels: trivial }, waives: G }',
        ],
        'areas: { auth: [ "src/auth/**" ] }\n',
      ),
      '"W" waives "G" even where the guarded area "auth" is touched',
    ],
    [
      'approvals that outlive pushes',
      policy(['{ name: A, require: { approvals: 2 } }'], 'attention: { stale: never }\n'),
      'an approval stays valid whatever is pushed',
    ],
    [
      'a policy that does not guard itself',
      'version: 1\nrules: [ { name: A, require: { approvals: 1 } } ]',
      'no rule asks for more when the policy itself is changed',
    ],
    [
      'kinds of people nobody asks for',
      policy([], 'who: { boss: { level: L9 } }\n'),
      'nothing asks for "boss"',
    ],
    [
      'areas no rule speaks of',
      policy([], 'areas: { lost: [ "x/**" ] }\n'),
      'no rule speaks of the area "lost"',
    ],
    [
      'kinds of people nobody is',
      policy(['{ name: A, require: { from: boss } }'], 'who: { boss: { level: L9 } }\n'),
      'nobody in people.yml is "boss"',
      { members: [] },
    ],
    [
      'an emergency door nobody can open',
      policy(
        [],
        'break_glass: { who: [ on-call ], needs: [ reason ], allows: 1 approval from anyone }\n',
      ),
      'nobody in people.yml has the duty "on-call"',
      { members: [] },
    ],
    [
      'guards that do not exist',
      policy(['{ name: A, when: { finding: sql/drop-colum }, require: { approvals: 1 } }']),
      'there is no guard "sql/drop-colum" (did you mean "sql/drop-column"?)',
      { guards: ['sql/drop-column'] },
    ],
    [
      'areas without files',
      policy(
        ['{ name: A, when: { touches: old }, require: { approvals: 1 } }'],
        'areas: { old: [ "old/**" ] }\n',
      ),
      'no file of the repository lies in the area "old"',
      { paths: ['new/a.ts'] },
    ],
  ])('%s', (...[, text, remark, around]) => {
    expect(remarks(text, around)).toContain(remark);
  });

  test.each<[string, string]>([
    [
      'a waiver that leaves the guarded area out',
      policy(
        [
          '{ name: A, require: { approvals: 2 } }',
          '{ name: W, when: { only: docs, not: { touches: auth } }, waives: A }',
          '{ name: G, when: { touches: auth }, require: { approvals: 1 } }',
        ],
        'areas: { docs: [ "**/*.md" ], auth: [ "**/auth/**" ] }\n',
      ),
    ],
    [
      'a waiver where the guard asks as much anyway',
      policy(
        [
          '{ name: A, require: { approvals: 1 } }',
          '{ name: W, when: { only: docs }, waives: A }',
          '{ name: G, when: { touches: auth }, require: { approvals: 1, checks: [ ci ] } }',
        ],
        'areas: { docs: [ "**/*.md" ], auth: [ "**/auth/**" ] }\n',
      ),
    ],
    [
      'a weaker rule that cannot be waived',
      policy([
        '{ name: A, require: { approvals: 2 } }',
        '{ name: W, when: { labels: x }, waives: A }',
        '{ name: B, when: { ai: assisted }, require: { approvals: 1 } }',
      ]),
    ],
  ])('nothing about %s', (_, text) => {
    expect(remarks(text)).not.toMatch(/waives|adds nothing/);
  });
});
