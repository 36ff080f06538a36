import { describe, expect, test } from 'vitest';
import { change } from '../../test/facts.ts';
import { changeOf } from './examples.ts';
import { unguardedIn } from './unguarded.ts';

test.each([
  ['src/a.swift', '1 Swift file'],
  ['lib/a.ex', '1 Elixir file'],
  ['app/models/user.rb', undefined],
  ['src/a.ts', undefined],
  ['README.md', undefined],
  ['constructor', undefined],
  ['a.constructor', undefined],
])('%s is told as %s', (path, what) => {
  expect(unguardedIn(change({ by: 'Ann', path }))[0]?.what).toBe(what);
});

describe('a public function that changes where nobody compares it with its callers', () => {
  test.each([
    ['src/A.kt', 'fun total(a: Int) = a\n', 'fun total(a: Int, b: Int) = a\n'],
    ['src/A.cs', 'class A {\n  public int Total(int a) { }\n}\n', 'class A {\n}\n'],
    ['app/a.rb', 'def total(a)\nend\n', 'def total(a, b)\nend\n'],
    ['src/A.php', '<?php\nclass A {\n  public function total() {}\n}\n', '<?php\nclass A {\n}\n'],
    ['src/a.rs', 'pub fn total() {}\n', 'pub fn sum() {}\n'],
  ])('is told in %s', (path, before, after) => {
    const [gap] = unguardedIn(
      changeOf({ name: '', before: { [path]: before }, after: { [path]: after } }),
    );
    expect(gap?.why).toContain('callers');
  });

  test.each([
    ['src/A.kt', 'private fun total(a: Int) = a\n', ''],
    ['src/a.rs', 'fn total() {}\n', ''],
    ['spec/a_spec.rb', 'def total(a)\nend\n', ''],
    ['app/a.rb', 'def total\n  1\nend\n', 'def total\n  2\nend\n'],
  ])('is not told where it is private, a test or the same: %s', (path, before, after) => {
    const example = { name: '', before: { [path]: before }, after: { [path]: after } };
    expect(unguardedIn(changeOf(example))).toEqual([]);
  });
});
