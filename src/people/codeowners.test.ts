import { readFileSync } from 'node:fs';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { codeownersPlaces, findCodeowners, ownersOf, readCodeowners } from './codeowners.ts';
import type { CodeownersDialect, Ownership } from './codeowners.ts';

const fixture = new URL('../../../shared/fixtures/codeowners/patterns.json', import.meta.url);
const recorded = JSON.parse(readFileSync(fixture, 'utf8')) as readonly {
  readonly name: string;
  readonly pattern: string;
  readonly paths: Readonly<Record<string, boolean>>;
}[];

function said({ section, owners, required }: Ownership): string {
  const names = owners.map((owner) => owner.name).join(' ') || 'nobody';
  return `${section === null ? '' : `[${section}] `}${names}${required === 1 ? '' : ` ×${required}`}`;
}

function check(dialect: CodeownersDialect, text: string, path: string): readonly string[] {
  return ownersOf(readCodeowners(text, dialect), path).map(said);
}

describe('GitHub', () => {
  const cases = recorded.flatMap(({ pattern, paths }) => {
    return Object.entries(paths).map(([path, matches]) => [pattern, path, matches] as const);
  });

  test('the recorded set is all there', () => expect(cases).toHaveLength(153));

  test.each(cases)('%s on %s: %s', (pattern, path, matches) => {
    expect(check('github', `${pattern} @ann`, path).length > 0).toBe(matches);
  });

  const file = [
    '# everybody',
    '*          @acme/core',
    '*.js       @Bob ann@Example.org   # inline',
    '/docs/     @ann',
    '/docs/legal/',
    'with\\ space/ @sue',
  ].join('\r\n');
  test.each([
    ['a.txt', ['acme/core']],
    ['x/a.js', ['bob ann@example.org']],
    ['docs/a.js', ['ann']],
    ['docs/legal/a.js', ['nobody ×0']],
    ['with space/a', ['sue']],
    ['/a.txt', ['acme/core']],
  ])('%s', (path, owners) => expect(check('github', file, path)).toEqual(owners));

  test.each([
    ['!docs/ @ann', 'no "!"'],
    ['\\#a @ann', 'cannot escape'],
    ['[Section] @ann', 'no sections'],
    ['a ann', 'no owner'],
    ['a @', 'no owner'],
    ['a/***/b @ann', 'three stars'],
    ['/ @ann', 'matches nothing'],
  ])('the line %s is skipped and reported', (line, message) => {
    const { rules, problems } = readCodeowners(`# first\n${line}`, 'github');
    expect(rules).toEqual([]);
    expect(problems.map((each) => [each.line, each.message.includes(message)])).toEqual([
      [2, true],
    ]);
  });

  test('a skipped line leaves the earlier owner', () => {
    expect(check('github', 'a @ann\na bob', 'a')).toEqual(['ann']);
  });

  test('brackets are letters like any other', () => {
    expect(check('github', '/app/[id]/ @ann', 'app/[id]/x')).toEqual(['ann']);
    expect(check('github', '/app/[id]/ @ann', 'app/i/x')).toEqual([]);
  });

  test('a file beyond 3 MB is not read, and says so', () => {
    const { rules, gaps } = readCodeowners(`* @ann\n${'#'.repeat(100)}\n`.repeat(30_000), 'github');
    expect(rules).toEqual([]);
    expect(gaps[0]?.why).toContain('3 MB');
  });
});

describe('GitLab', () => {
  const file = `
* @core
[README owners]
README.md @user1 @user2
internal/README.md @user4
[Db][2] @dba @dba/lead
/model/db/
config/db/setup.md @docs
!/model/db/gen/
^[Words]
*.md @words @@Maintainers
[db]
*.sql
[Three][3]
/three/ @a
`;
  test.each([
    ['x.rb', ['core']],
    ['README.md', ['core', '[README owners] user1 user2', '[Words] words maintainer ×0']],
    ['internal/README.md', ['core', '[README owners] user4', '[Words] words maintainer ×0']],
    ['model/db/x', ['core', '[Db] dba dba/lead ×2']],
    ['model/db/gen/x', ['core']],
    ['a/config/db/setup.md', ['core', '[Db] docs ×2', '[Words] words maintainer ×0']],
    // Same name, other case: one section, but the second heading has neither count nor owners.
    ['x.sql', ['core', '[Db] nobody ×0']],
    ['model/db/x.sql', ['core', '[Db] nobody ×0']],
    ['three/x', ['core', '[Three] a ×3']],
  ])('%s', (path, owners) => expect(check('gitlab', file, path)).toEqual(owners));

  test.each([
    ['README.md @a', 'deep/README.md', true],
    ['/README.md @a', 'deep/README.md', false],
    ['docs @a', 'docs/x', false],
    ['docs/ @a', 'a/docs/b/x', true],
    ['/docs/* @a', 'docs/b/x', false],
    ['/docs/**/*.md @a', 'docs/x.md', true],
    ['/docs/**/*.md @a', 'docs/a/b/.x.md', true],
    ['/docs/** @a', 'docs/a/b', false],
    ['*.rb @a', 'a/.rb', true],
    ['/[ab].c @a', 'b.c', true],
    ['/a[!b-d]e @a', 'ace', false],
    ['/a[!b-d]e @a', 'aze', true],
    ['/a[b @a', 'a[b', false],
    ['\\#x @a', '#x', true],
    ['path\\ with\\ spaces/ @a', 'path with spaces/x', true],
    ['/a\\*b @a', 'a*b', true],
    ['/a\\*b @a', 'axb', false],
    ['/?.md @a', '😀.md', true],
  ])('%s on %s: %s', (line, path, matches) => {
    expect(check('gitlab', line, path).length > 0).toBe(matches);
  });

  test('an exclusion is final within its section, whatever comes later', () => {
    expect(check('gitlab', '* @a\n!*.rb\n/special.rb @b\n[S]\n*.rb @c', 'special.rb')).toEqual([
      '[S] c',
    ]);
  });

  test('a pattern given again changes its owners and keeps its place', () => {
    expect(check('gitlab', '*.rb @a\n/x.rb @b\n*.rb @c', 'x.rb')).toEqual(['b']);
    expect(check('gitlab', '*.rb @a\n/x.rb @b\n*.rb @c', 'y.rb')).toEqual(['c']);
  });

  test('of two headings, one required makes the section required', () => {
    const { sections } = readCodeowners('^[Docs]\n*.md @a\n[docs]\n*.rst @b', 'gitlab');
    expect(sections.map(({ name, optional }) => [name, optional])).toEqual([
      [null, false],
      ['Docs', false],
    ]);
  });

  test('owners inside a comment count, the words around them are reported', () => {
    const { rules, problems } = readCodeowners('a @x # or @y', 'gitlab');
    expect(rules[0]?.owners.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(problems).toHaveLength(2);
  });

  test.each([
    ['[]\na @x', 'no name'],
    ['[S][0]\na @x', 'at least 1'],
    ['^[S][2]\na @x', 'optional'],
    ['[S\na @x', 'not closed'],
    ['a', 'no owner'],
    ['[S]x @y', 'ignored'],
  ])('%j is reported', (text, message) => {
    const { problems } = readCodeowners(text, 'gitlab');
    expect(problems.some((each) => each.message.includes(message))).toBe(true);
  });
});

describe('where the file is', () => {
  test.each([
    [['CODEOWNERS', '.github/CODEOWNERS'], { path: '.github/CODEOWNERS', dialect: 'github' }],
    [['docs/CODEOWNERS', 'CODEOWNERS'], { path: 'CODEOWNERS', dialect: 'github' }],
    [['.gitlab/CODEOWNERS'], { path: '.gitlab/CODEOWNERS', dialect: 'gitlab' }],
    [['docs/CODEOWNERS', '.gitlab-ci.yml'], { path: 'docs/CODEOWNERS', dialect: 'gitlab' }],
    [['.gitlab-ci.yml', '.github/CODEOWNERS'], { path: '.github/CODEOWNERS', dialect: 'github' }],
    [['README.md'], null],
  ])('%j', (files, found) => {
    expect(findCodeowners((path) => files.includes(path))).toEqual(found);
  });

  test('GitHub looks into .github first, GitLab into .gitlab last', () => {
    expect([codeownersPlaces.github[0], codeownersPlaces.gitlab[2]]).toEqual([
      '.github/CODEOWNERS',
      '.gitlab/CODEOWNERS',
    ]);
  });
});

const dialects = fc.constantFrom<CodeownersDialect>('github', 'gitlab');

property.prop([
  fc.string({ unit: 'binary', maxLength: 400 }),
  dialects,
  fc.string({ unit: 'binary', maxLength: 80 }),
])('no file and no path make it throw', (text, dialect, path) => {
  expect(ownersOf(readCodeowners(text, dialect), path)).toBeDefined();
});

const hostile = fc.array(fc.constantFrom('*', 'a', '**/', '/', '?', '*a', '[a-', '[!', '\\', 'b'), {
  maxLength: 120,
});
property.prop([hostile, dialects, fc.integer({ min: 1, max: 60 })], { numRuns: 300 })(
  'hostile patterns come to an end',
  (pieces, dialect, depth) => {
    const codeowners = readCodeowners(`${pieces.join('')} @x`, dialect);
    const path = `${'a/'.repeat(depth)}${'a'.repeat(200)}b`;
    expect(ownersOf(codeowners, path).length).toBeLessThan(2);
  },
);

const parts = fc.constantFrom('a', 'b', '*', '**', 'a*', '*b', '?', 'ab', '*.c', 'x.c');
property.prop([
  fc.array(fc.array(parts, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
  dialects,
  fc.array(fc.constantFrom('a', 'b', 'ab', 'x.c', 'aab'), { minLength: 1, maxLength: 5 }),
])(
  'the last match wins, found by index as by trying one after the other',
  (patterns, dialect, levels) => {
    const lines = patterns.map(
      (pattern, at) => `${at % 2 === 0 ? '/' : ''}${pattern.join('/')} @o${at}`,
    );
    const path = levels.join('/');
    const alone = lines.map(
      (line) => ownersOf(readCodeowners(line, dialect), path)[0]?.owners[0]?.name,
    );
    const distinct = new Set(lines.map((line) => line.split(' ')[0])).size === lines.length;
    if (!distinct) return;
    const together = ownersOf(readCodeowners(lines.join('\n'), dialect), path)[0]?.owners[0]?.name;
    expect(together).toBe(alone.findLast((name) => name !== undefined));
  },
);
