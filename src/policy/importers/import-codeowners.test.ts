import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { ownersOf, readCodeowners } from '../../people/codeowners.ts';
import type { CodeownersDialect } from '../../people/codeowners.ts';
import { readPolicy } from '../policy.ts';
import type { Policy } from '../policy.ts';
import { importCodeowners } from './import-codeowners.ts';

function policyFrom(text: string, dialect: CodeownersDialect = 'github'): Policy {
  const { policy, problems } = readPolicy(importCodeowners(text, dialect).text, 'imported');
  expect(problems).toEqual([]);
  if (policy === null) throw new Error('no policy');
  return policy;
}

/** The rules of an imported file that apply to a path, by what they are called. */
function asked(policy: Policy, path: string): readonly string[] {
  return policy.rules
    .filter((rule) => {
      if (rule.asks?.options[0]?.approvals.length === 0) return false;
      const condition = rule.when;
      if (condition === null) return true;
      const words = condition.kind === 'atom' ? condition.words.replace('touches: ', '') : '';
      return words.split(' or ').some((area) => policy.areas.get(area)?.matches(path) === true);
    })
    .map(({ name }) => name);
}

test('each line becomes an area without what later lines decide, each set of owners a rule', () => {
  const text = '* @acme/core\n/docs/ @ann bea@acme.example\n/docs/legal/\n';
  const { text: policy } = importCodeowners(text, 'github');
  expect(policy).toMatchInlineSnapshot(`
    "# Imported from a CODEOWNERS file.
    # What could not be carried over as it was:
    # - list the members of teams in .hallmonitor/people.yml, with the names used here
    # - a renamed file counts under its old name too
    version: 1
    mode: enforce
    who:
      acme-core-teams:
        teams:
          - acme/core
      ann-bea-acme-example-people:
        people:
          - "@ann"
          - bea@acme.example
    areas:
      all:
        - "**/*"
        - "!docs/**/*"
        - "!docs/legal/**/*"
      docs:
        - docs/**/*
        - "!docs/legal/**/*"
    rules:
      - name: Owned by @acme/core
        when:
          touches:
            - all
        require:
          approvals: 1
          from: acme-core-teams
      - name: Owned by @ann, bea@acme.example
        when:
          touches:
            - docs
        require:
          approvals: 1
          from: ann-bea-acme-example-people
    "
  `);
});

describe('the imported rules ask whom the file asks', () => {
  const github =
    '* @acme/core\n*.js @bob\n/docs/ @ann\n/docs/legal/\napps/[id]/ @zoe\n/build/*.log @bob\n';
  const gitlab = '* @core\n[Db][2] @dba\n/db/\n!/db/gen/\n*.sql @sql\n^[Words]\n*.md @docs\n';
  test.each<[CodeownersDialect, string, string, readonly string[]]>([
    ['github', github, 'README', ['Owned by @acme/core']],
    ['github', github, 'src/a.js', ['Owned by @bob']],
    ['github', github, 'docs/a.js', ['Owned by @ann']],
    ['github', github, 'docs/legal/a.js', []],
    ['github', github, 'build/deep/x.log', ['Owned by @acme/core']],
    // Brackets cannot be taken out of an area, so both are asked.
    ['github', github, 'apps/[id]/x', ['Owned by @acme/core', 'Owned by @zoe']],
    ['gitlab', gitlab, 'db/x.rb', ['Owned by @core', 'Owned by Db: @dba']],
    ['gitlab', gitlab, 'db/x.sql', ['Owned by @core', 'Owned by Db: @sql']],
    ['gitlab', gitlab, 'db/gen/x.sql', ['Owned by @core']],
    ['gitlab', gitlab, 'a.md', ['Owned by @core']],
  ])('%s, with %j: %s', (...[dialect, text, path, rules]) => {
    expect(asked(policyFrom(text, dialect), path)).toEqual(rules);
  });
});

test('roles, optional sections and skipped lines are noted', () => {
  const { notes } = importCodeowners('[A]\n/a/ @@maintainer\n^[B]\n/b/ @x\n/c/\n', 'gitlab');
  const said = notes.map(({ says }) => says).join('\n');
  for (const part of ['roles of GitLab', 'optional', 'no owner']) expect(said).toContain(part);
});

test('a file that is too long is asked as a whole', () => {
  const lines = Array.from({ length: 600 }, (_, at) => `/d${at}/ @o${at}`);
  expect(policyFrom(lines.join('\n')).rules.map(({ name }) => name)).toEqual([
    'Code owners approve',
  ]);
});

test('an empty file asks nothing', () => {
  expect(policyFrom('# nobody').rules.map(({ name }) => name)).toEqual(['Nothing is asked']);
});

const name = fc.constantFrom(
  'a',
  'b',
  'src',
  'docs',
  'x.ts',
  'y.md',
  '*',
  '*.ts',
  '**',
  'a?',
  '[id]',
  'a*b',
);
const pattern = fc
  .tuple(fc.boolean(), fc.array(name, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([rooted, parts, folder]) => `${rooted ? '/' : ''}${parts.join('/')}${folder ? '/' : ''}`);
const line = fc
  .tuple(pattern, fc.constantFrom('', ' @ann', ' @bob', ' @acme/core'))
  .map((parts) => parts.join(''));
const dialects = fc.constantFrom<CodeownersDialect>('github', 'gitlab');
const paths = fc
  .array(fc.constantFrom('a', 'b', 'src', 'docs', 'x.ts', 'y.md', 'ab', '[id]'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('/'));

property.prop([fc.array(line, { maxLength: 6 }), dialects, fc.array(paths, { maxLength: 10 })])(
  'never fewer owners are asked than the file asks',
  (lines, dialect, given) => {
    const text = lines.join('\n');
    const codeowners = readCodeowners(text, dialect);
    const policy = policyFrom(text, dialect);
    for (const path of given) {
      const owed = ownersOf(codeowners, path).flatMap(({ owners, section }) => {
        const who = owners.map((owner) => `@${owner.name}`).join(', ');
        return who === '' ? [] : [`Owned by ${section === null ? '' : `${section}: `}${who}`];
      });
      expect(asked(policy, path)).toEqual(expect.arrayContaining(owed));
    }
  },
);

property.prop([fc.string({ unit: 'binary', maxLength: 300 }), dialects])(
  'no file makes the import throw or its result unusable',
  (text, dialect) => {
    expect(policyFrom(text, dialect).rules.length).toBeGreaterThan(0);
  },
);
