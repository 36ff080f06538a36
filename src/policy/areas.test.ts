import * as fc from 'fast-check';
import picomatch from 'picomatch';
import { expect, test } from 'vitest';
import { globComplaint, matcherOf, portionOf } from './areas.ts';

test.each<[readonly string[], string, boolean]>([
  [['docs/**'], 'docs/a/b.md', true],
  [['docs/**'], 'a/docs/b.md', false],
  [['docs/**'], 'docs', false],
  [['**'], 'a', true],
  [['**/docs/**'], 'docs/a.md', true],
  [['a/**/b'], 'a/b', true],
  [['a/[!b]'], 'a/c', true],
  [['a/[!b]'], 'a/b', false],
  [['docs/'], 'docs/a/b.md', true],
  [['/docs/**'], 'docs/a.md', true],
  [['docs'], 'docs/a/b.md', true],
  [['docs'], 'docs', true],
  [['docs'], 'docsy/a.md', false],
  [['**/*.md'], 'README.md', true],
  [['**/*.md'], 'a/.b/c.md', true],
  [['**/*.md'], 'guide.md/evil.js', false],
  [['*.md'], 'a/b.md', false],
  [['.github/workflows/**'], '.github/workflows/ci.yml', true],
  [['src/{a,b}/**'], 'src/b/c.ts', true],
  [['src/**', '!src/gen/**'], 'src/gen/a.ts', false],
  [['src/**', '!src/gen/**'], 'src/a.ts', true],
  [['src/[[]id].ts'], 'src/[id].ts', true],
  [['a b/**'], 'a b/c d.ts', true],
  [['src/+(a)/**'], 'src/aaa/b.ts', false],
  [['Docs/**'], 'docs/a.md', false],
])('%j holds %s: %s', (patterns, path, inside) => {
  expect(matcherOf(patterns)(path)).toBe(inside);
});

test.each([
  '',
  ' a',
  '../a',
  './a',
  'a/../b',
  'a\\b',
  'a[b',
  'a{b',
  '{a,b}'.repeat(9),
  'x'.repeat(300),
])('the pattern %j is refused', (pattern) => {
  expect(globComplaint(pattern)).not.toBeNull();
});

test('a renamed file counts where it was and where it is, and lies only there where it is in both', () => {
  const file = {
    path: 'docs/a.md',
    oldPath: 'src/a.ts',
    added: 3,
    deleted: 1,
    ai: 1,
    human: 1,
    unknown: 1,
  };
  const docs = portionOf([file], matcherOf(['docs/**']));
  expect(docs).toMatchObject({ files: 1, everything: false, added: 3, deleted: 1 });
  expect(portionOf([file], matcherOf(['src/**']))).toMatchObject({ files: 1, everything: false });
  expect(portionOf([file], () => true)).toMatchObject({ files: 1, everything: true });
  expect(portionOf([], () => true)).toMatchObject({ files: 0, everything: false });
});

test('patterns mean what they mean elsewhere', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '*',
    '**',
    '?',
    'a*',
    '*b',
    '[ab]',
    '[^a]',
    '{a,b}',
    '{a,ab}*',
    '.a',
    '*.b',
  );
  const name = fc.constantFrom('a', 'b', 'ab', 'ba', 'aab', '.a', 'a.b', '.b');
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      fc.array(name, { minLength: 1, maxLength: 4 }),
      (pieces, names) => {
        const [pattern, path] = [pieces.join('/'), names.join('/')];
        // At the end, theirs is at times content with nothing; ours never is.
        fc.pre(/[*?[{]/.test(pattern) && !pattern.endsWith('**'));
        expect(matcherOf([pattern])(path)).toBe(
          picomatch.isMatch(path, pattern, { dot: true, noextglob: true }),
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test.each([
  ['**/*a*a*a*b', `${'a'.repeat(4000)}c`],
  ['**/a/**/a/**/a/**/b', `${'a/'.repeat(2000)}c`],
  ['**/*x*/**/*y*', 'x/'.repeat(2000)],
])('the pattern %s is not brought to its knees', (pattern, path) => {
  expect(matcherOf([pattern])(path)).toBe(false);
});
