import { describe, expect, test } from 'vitest';
import { mentionsIn, sortOf, subjectOf } from './mentions.ts';

const id = '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d';

describe('a message', () => {
  test.each([
    [
      `Revert "feat: carts"\n\nThis reverts commit ${id}.`,
      [`reverts ${id}`, 'reverts "feat: carts"'],
    ],
    ['Revert "feat: carts (#12)" (#13)', ['reverts "feat: carts (#12)"']],
    [
      'Revert "feat: carts" (#13)\n\nReverts shop/cart#12',
      ['reverts #12', 'reverts "feat: carts"'],
    ],
    ['revert: take carts out again (#13)', ['reverts "take carts out again"']],
    ['Revert #12', ['reverts #12']],
    ['Revert 1a2b3c4d5e.', ['reverts 1a2b3c4d5e']],
    ['revert last commit', ['reverts ^']],
    ['↩️ Revert "feat: carts"', ['reverts "feat: carts"']],
    [
      'ci: Revert "Merge pull request #12 from shop/carts"',
      ['reverts #12', 'reverts "Merge pull request #12 from shop/carts"'],
    ],
    ['Reapply "feat: carts"', ['restores "feat: carts"']],
    ['Revert "Revert "feat: carts""', ['restores "Revert "feat: carts""']],
    ['Back out changeset 1a2b3c4d5e6f', ['reverts 1a2b3c4d5e6f']],
    [`fix: carts\n\nFixes: ${id.slice(0, 12)} ("feat: carts")`, [`blames ${id.slice(0, 12)}`]],
    ['fix: carts\n\nRegression from #12.', ['blames #12']],
    ['fix: carts that broke in #12', ['blames #12']],
    ['fix: carts\n\nThis was introduced by commit 1a2b3c4d5e.', ['blames 1a2b3c4d5e']],
    ['fix: carts, a bug introduced in https://github.com/shop/cart/pull/12', ['blames #12']],
    ['feat: more carts\n\nFollow-up to #12', ['follows #12']],
    ['fix: carts (#13)\n\nFixes #7', []],
    ['feat: introduced carts (#13)', []],
    ['feat: the reverted index', []],
    ['feat: defaced', []],
    ['', []],
  ])('%j names %j', (message, expected) => {
    expect(mentionsIn(message, true).map(({ how, target }) => `${how} ${target}`)).toEqual(
      expected,
    );
  });

  test('of any length is read quickly', () => {
    const hostile = `Revert ${'"'.repeat(50_000)}\n\n${'introduced in by of '.repeat(20_000)}`;
    expect(mentionsIn(hostile, true).length).toBeLessThan(20);
  });

  test.each([
    ['Merge pull request #1 from ann/carts\n\nAdd carts', 'Add carts'],
    ['Add carts\n\nbody', 'Add carts'],
    ['\n\n  Add carts', 'Add carts'],
    ["Merge branch 'carts'", "Merge branch 'carts'"],
  ])('%j is about %j', (message, expected) => {
    expect(subjectOf(message)).toBe(expected);
  });
});

test.each([
  ['feat: carts', 'Ann', 'product'],
  ['Version Packages (#12)', 'Ann', 'release'],
  ['chore: release 1.2.3', 'Ann', 'release'],
  ['v1.2.3', 'Ann', 'release'],
  ['build(deps): bump carts from 1.2 to 1.3', 'Ann', 'dependencies'],
  ['⬆️ Update dependency carts to v3', 'Ann', 'dependencies'],
  ['fix(carts): anything', 'renovate[bot]', 'dependencies'],
  ['wip', 'Ann', 'experiment'],
  ['try: another cart', 'Ann', 'experiment'],
  ['update the cart to react faster', 'Ann', 'product'],
] as const)('%j by %s is of sort %s', (subject, name, expected) => {
  expect(sortOf(subject, { name, email: 'x@example.com' })).toBe(expected);
});
