import { expect, test } from 'vitest';
import { isReleaseNote, saysRepair, subsystemOf } from './past.ts';

test.each([
  ['fix: keep the cart', true],
  ['Fixes the cart', true],
  ['Revert "feat: carts"', true],
  ['feat: carts', false],
  ['Prefix carts with their owner', false],
  ['feat: carts\n\nthe fixture is new', false],
  ['feat: carts\n\nFixes #12', true],
  ['feat: carts\n\nFixes: 1a2b3c4d5e6f', true],
  ["Merge branch 'fix-carts' into main", false],
  ['Merge pull request #1 from ann/fix-carts\n\nAdd carts', false],
  ['Merge pull request #1 from ann/carts\r\n\r\nRepair carts', true],
  ['', false],
])('%j says it repairs something: %s', (message, expected) => {
  expect(saysRepair(message)).toBe(expected);
});

test.each([
  ['README.md', ''],
  ['src/a.ts', 'src'],
  ['src/cart/a.ts', 'src/cart'],
  ['src/cart/deep/a.ts', 'src/cart'],
])('%s belongs to the subsystem %j', (path, subsystem) => {
  expect(subsystemOf(path)).toBe(subsystem);
});

test.each([
  ['CHANGELOG.md', true],
  ['packages/x/changelog.rst', true],
  ['.changeset/brave-dogs.md', true],
  ['src/changelog/reader.ts', false],
  ['src/changeset.ts', false],
])('%s is a release note: %s', (path, expected) => {
  expect(isReleaseNote(path)).toBe(expected);
});
