import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultPolicyText } from './default-policy.ts';
import { readPolicy } from './policy.ts';
import { problemLine } from './problems.ts';

const example = readFileSync(join(import.meta.dirname, '../../docs/example-policy.yml'), 'utf8');

test('the example policy is read whole', () => {
  const { policy, problems } = readPolicy(example, 'policy.yml');
  expect(problems).toEqual([]);
  expect(policy).toMatchObject({
    mode: 'enforce',
    namedAreas: ['tier-1', 'guarded', 'safe'],
    attention: {
      fastestLinesPerHour: 1500,
      staleWhen: 'reviewed lines change',
      linesPerDay: 800,
      answerWithin: { hours: 4, working: true },
    },
    breakGlass: {
      who: ['on-call', 'incident-commander'],
      needs: ['incident-id', 'reason'],
      allows: { approvals: 1, rollout: 'canary' },
      reviewAfter: { within: { hours: 24, working: false } },
    },
    goal: {
      minimize: [
        { metric: 'senior_minutes', weight: 2 },
        { metric: 'delay_hours', weight: 15 },
        { metric: 'incidents', weight: 1 },
      ],
      neverLoosen: ['Tier-1 needs two people, whoever or whatever wrote it'],
    },
  });
  expect(policy?.who.get('expert')?.knows).toEqual({
    changedAtLeast: 1,
    reviewedAtLeast: 3,
    withinDays: 365,
    covering: 0.5,
  });
  expect(policy?.rules).toHaveLength(7);
});

function rule(text: string): string {
  return `version: 1\nrules:\n  - ${text}\n`;
}

describe('an error says where, what and what to write instead', () => {
  test.each<[string, string, string]>([
    [
      'no version',
      'rules: [ { name: A, require: { approvals: 1 } } ]',
      'p.yml:1:1 the key "version" is missing',
    ],
    [
      'a future version',
      'version: 2\nrules: [ { name: A, require: { approvals: 1 } } ]',
      'p.yml:1:10 2 is out of range (1 to 1 is possible)',
    ],
    [
      'an unknown key',
      rule('{ name: A, require: { aproval: 1 } }'),
      'p.yml:3:27 unknown key "aproval" (did you mean "approvals"?)',
    ],
    [
      'a repeated key',
      'version: 1\nmode: warn\nmode: warn\nrules: [ { name: A, require: { approvals: 1 } } ]',
      'p.yml:3:1 the same key stands here twice (keep one of them)',
    ],
    [
      'a value of the wrong kind',
      rule('{ name: A, require: [ 1 ] }'),
      'p.yml:3:25 expected keys such as approvals, from, one_from, checks, found a list',
    ],
    [
      'an unquoted sign',
      rule('{ name: A, when: { lines: > 200 }, require: { approvals: 1 } }'),
      'p.yml:3:31 Plain value cannot start with block scalar indicator > (put it in quotes: "> 200")',
    ],
    [
      'a wrong mode',
      `mode: enforced\n${rule('{ name: A, require: { approvals: 1 } }')}`,
      'p.yml:1:7 "enforced" is not one of observe, warn, enforce (did you mean "enforce"?)',
    ],
    [
      'an undefined kind of person',
      rule('{ name: A, require: { from: seniour } }'),
      'p.yml:3:33 the kind of person "seniour" is not defined (known: owner, anyone)',
    ],
    [
      'an undefined area',
      `areas: { tier-1: [ a/** ] }\n${rule('{ name: A, when: { touches: tier1 }, require: { approvals: 1 } }')}`,
      'p.yml:4:33 area "tier1" is not defined (did you mean "tier-1"?)',
    ],
    [
      'an undefined rule',
      `${rule('{ name: A, require: { approvals: 1 } }')}  - { name: B, waives: a }\n`,
      'p.yml:4:24 there is no rule "a" to waive (did you mean "A"?)',
    ],
    [
      'a rule twice',
      `${rule('{ name: A, require: { approvals: 1 } }')}  - { name: a, require: { approvals: 2 } }\n`,
      'p.yml:4:5 there are two rules "a"; the other one is in line 3 (give each rule its own name)',
    ],
    [
      'a rule that asks nothing',
      rule('{ name: A }'),
      'p.yml:3:5 the rule "A" asks for nothing (give it "require", "rollout" or "waives")',
    ],
    [
      'a contradiction',
      rule('{ name: A, when: { ai: none, ai_share: "> 10%" }, require: { approvals: 1 } }'),
      'p.yml:3:22 the rule "A" can never apply: "ai: none" excludes "ai_share: > 10%"',
    ],
    [
      'an empty range',
      rule(
        '{ name: A, when: { all: [ { lines: "> 9" }, { lines: "< 5" } ] }, require: { approvals: 1 } }',
      ),
      'p.yml:3:24 the rule "A" can never apply: "lines: > 9" excludes "lines: < 5"',
    ],
    [
      'a share above 100 %',
      rule('{ name: A, when: { ai_share: "> 100%" }, require: { approvals: 1 } }'),
      'p.yml:3:34 a share lies between 0% and 100%',
    ],
    [
      'a finding that would loosen',
      rule('{ name: A, when: { not: { severity: warn } }, require: { approvals: 1 } }'),
      'p.yml:3:31 "severity: warn" would loosen the policy here: a finding or a missing signal may only ask for more (take the "not" away, or turn the rule round)',
    ],
    [
      'a missing signal that would waive',
      `${rule('{ name: A, require: { approvals: 1 } }')}  - { name: B, when: { unknown: risk }, waives: A }\n`,
      'p.yml:4:24 "unknown: risk" would loosen the policy here: a finding or a missing signal may only ask for more (put it under "not", or take it out)',
    ],
    [
      'a waiver of what is never loosened',
      `goal: { never_loosen: [ A ] }\n${rule('{ name: A, require: { approvals: 1 } }')}  - { name: B, waives: A }\n`,
      'p.yml:5:5 the rule "B" waives "A", which never_loosen protects (take it out of "waives" or out of "never_loosen")',
    ],
    [
      'a wrong unit',
      `attention: { answer_within: 4 moons }\n${rule('{ name: A, require: { approvals: 1 } }')}`,
      'p.yml:1:29 "4 moons" is not understood (write it like "4 working hours")',
    ],
    [
      'a path that leaves the repository',
      `areas: { a: [ ../b ] }\n${rule('{ name: A, require: { approvals: 1 } }')}`,
      'p.yml:1:15 paths start at the top of the repository, without "./" or ".."',
    ],
    [
      'a bracket left open',
      `areas: { a: [ "b[c" ] }\n${rule('{ name: A, require: { approvals: 1 } }')}`,
      'p.yml:1:15 a bracket or brace is not closed',
    ],
    [
      'somebody who falls back to themselves',
      `who: { a: { level: L1, if_nobody: b }, b: { level: L2, if_nobody: a } }\n${rule('{ name: A, require: { approvals: 1 } }')}`,
      'p.yml:1:35 "a" falls back to itself (end with "anyone")',
    ],
    [
      'a condition on findings that asks for fewer',
      rule('{ name: A, when: { findings: "< 3" }, require: { approvals: 1 } }'),
      'p.yml:3:34 more findings must never ask for less: write "> 3" or "at least 3"',
    ],
    ['an empty file', '', 'p.yml:1:1 the file is empty (run "hallmonitor init")'],
    [
      'two documents',
      `${rule('{ name: A, require: { approvals: 1 } }')}---\na: 1\n`,
      'remove the line ---',
    ],
    [
      'no way to ask for less when unknown',
      `if_unknown: ask for less\n${rule('{ name: A, require: { approvals: 1 } }')}`,
      'p.yml:1:13 "ask for less" is not one of ask for more (did you mean "ask for more"?)',
    ],
  ])('%s', (_, text, complaint) => {
    const { policy, problems } = readPolicy(text, 'p.yml');
    expect(policy).toBeNull();
    expect(problems.map(problemLine).join('\n')).toContain(complaint);
  });
});

describe('hostile content', () => {
  function level(inside: string, depth: number): string {
    return `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;
  }
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghi'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(', ')}]`),
  ].join('\n');
  test.each<[string, string]>([
    ['aliases that multiply', bomb],
    ['an alias of itself', 'version: 1\nrules: &r [ *r ]\n'],
    ['very deep nesting', level('1', 50_000)],
    ['a very large file', `# ${'x'.repeat(300_000)}`],
    ['keys that are lists', '? [1, 2]\n: 3\n'],
    ['merge keys', '<<: { version: 1 }\nrules: []\n'],
    ['tags', 'version: !!js/function "x"\n'],
    [
      'names of the language itself',
      'version: 1\nwho: { __proto__: { level: L1 }, constructor: { level: L2 } }\nrules: []\n',
    ],
    ['binary noise', '\u0000\u0001\ufffe{{{'],
    [
      'patterns that stand for too many',
      'version: 1\nareas: { a: ["{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"] }\nrules: [ { name: A, require: { approvals: 1 } } ]\n',
    ],
  ])('%s is refused with a sentence', (_, text) => {
    const { policy, problems } = readPolicy(text, 'p.yml');
    expect(policy).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
  });

  test('whatever is written, reading answers and never throws', () => {
    const base = defaultPolicyText;
    const cut = fc.record({
      at: fc.nat(base.length),
      drop: fc.nat(30),
      put: fc.oneof(
        fc.string(),
        fc.constantFrom('*', '&a ', ': ', '- ', '{', '[', '"', '\n  ', '|', '>', '!x'),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(cut, { maxLength: 4 })), (edits) => {
        const text =
          typeof edits === 'string'
            ? edits
            : edits.reduce(
                (now, { at, drop, put }) => now.slice(0, at) + put + now.slice(at + drop),
                base,
              );
        const { policy, problems } = readPolicy(text, 'p.yml');
        expect(policy === null).toBe(problems.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});
