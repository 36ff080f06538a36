import { fc, test as property } from '@fast-check/vitest';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { matcherOf } from '../areas.ts';
import { globsOf, starredOf } from './path-globs.ts';

test.each<[string, readonly string[] | null]>([
  ['^src/pay/.*$', ['src/pay/**/*']],
  ['^src/', ['src/**/*']],
  ['\\.md$', ['**/*.md']],
  ['^README\\.md$', ['README.m[d]']],
  ['^(a|b)/', ['a/**/*', 'b/**/*']],
  ['^a/|^b/', ['a/**/*', 'b/**/*']],
  ['^src/[^/]+/x\\.ts$', ['src/*/x.ts']],
  ['^src/.*\\.tsx?$', ['src/**/*.tsx', 'src/**/*.ts']],
  ['^docs/.+', ['docs/**/*']],
  ['.*', ['**']],
  ['pay', ['**/*pay*', '**/*pay*/**/*']],
  ['^a.b$', null],
  ['(?i)^a/', null],
  ['^[ab]/', null],
  ['^a{2}/', null],
  ['a)(b', null],
  ['^/', null],
])('%s', (source, globs) => {
  expect(globsOf(source)).toEqual(globs);
});

test.each<[string, readonly string[] | null]>([
  ['^main$', ['main']],
  ['^(main|release/.*)$', ['main', 'release/*']],
  ['main', ['*main*']],
  ['^v[0-9]+$', null],
])('the branch %s', (source, names) => {
  expect(starredOf(source)).toEqual(names);
});

const letters = fc.constantFrom('a', 'b', 'src', 'docs', 'x.ts', 'README.md', 'pay', '.github');
const paths = fc.array(letters, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const piece = fc.constantFrom(
  '^',
  '$',
  'a',
  'src',
  '/',
  '.*',
  '[^/]*',
  '[^/]+',
  '\\.',
  'ts',
  '(a|b)',
  'pay',
  'docs/',
  '?',
  '|',
  '.+',
);
const sources = fc.array(piece, { maxLength: 7 }).map((parts) => parts.join(''));

property.prop([sources, fc.array(paths, { maxLength: 20 })], { numRuns: 1000 })(
  'globs match exactly the paths the expression is found in',
  (source, given) => {
    const globs = globsOf(source);
    if (globs === null) return;
    const expression = RE2JS.compile(source);
    const matches = matcherOf(globs);
    for (const path of given)
      expect([path, matches(path)]).toEqual([path, expression.matcher(path).find()]);
  },
);
