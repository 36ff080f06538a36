import { describe, expect, test } from 'vitest';
import { bypassesOf } from './bypasses.ts';
import type { ChangeFact } from './fact.ts';

const ann = { name: 'Ann', email: 'ann@example.com' };
const bob = { name: 'Bob', email: 'bob@example.com' };

function fact(told: Partial<ChangeFact>): ChangeFact {
  return {
    commit: 'a'.repeat(40),
    landing: 'merge',
    request: null,
    subject: 'feat: carts',
    landedAt: 0,
    author: ann,
    committer: bob,
    reviewers: [],
    files: [],
    lines: { ai: 0, mixed: 0, human: 0, unknown: 0 },
    tools: [],
    aiSeen: false,
    advised: false,
    features: [],
    findings: null,
    traces: { merged: [], repairs: false, sort: 'product', mentions: [], blamed: [], undone: [] },
    ...told,
  };
}

function after(usual: Partial<ChangeFact>, last: Partial<ChangeFact>): readonly string[] {
  const facts = [...Array.from({ length: 30 }, () => fact(usual)), fact({ commit: 'b', ...last })];
  return bypassesOf(facts)
    .bypasses.filter(({ commit }) => commit === 'b')
    .map(({ kind }) => kind);
}

const release = { ...fact({}).traces, sort: 'release' as const };

describe('a change goes round review', () => {
  test.each<[string, Partial<ChangeFact>, Partial<ChangeFact>, readonly string[]]>([
    ['pushed where merges are usual', {}, { landing: 'direct' }, ['direct-push']],
    [
      'pushed where requests are usual',
      { landing: 'squash' },
      { landing: 'direct' },
      ['direct-push'],
    ],
    ['pushed where all push', { landing: 'direct' }, { landing: 'direct' }, []],
    ['a release pushed by a person', {}, { landing: 'direct', traces: release }, []],
    ['pushed by automation', {}, { landing: 'direct', author: { name: 'x[bot]', email: 'x' } }, []],
    ['merged by its author', {}, { committer: ann }, ['self-merge']],
    ['merged by its author, with a reviewer', {}, { committer: ann, reviewers: [bob] }, []],
    ['without a reviewer where most name one', { reviewers: [bob] }, {}, ['unreviewed']],
    ['merged by another', {}, {}, []],
  ])('%s', (_, usual, last, expected) => {
    expect(after(usual, last)).toEqual(expected);
  });
});

test.each([
  ['merge', 'merges'],
  ['squash', 'requests'],
  ['direct', 'direct'],
] as const)('where all land by %s the norm is %s', (landing, norm) => {
  expect(bypassesOf(Array.from({ length: 30 }, () => fact({ landing }))).norm).toBe(norm);
});

test('the usual way is also seen from what landed before the span', () => {
  const usual = Array.from({ length: 30 }, () => fact({}));
  const facts = [...usual, fact({ commit: 'b', landing: 'direct', committer: ann })];
  expect(bypassesOf(facts, [30, 31])).toMatchObject({
    changes: 1,
    norm: 'merges',
    bypasses: [{ commit: 'b', kind: 'direct-push' }],
  });
});

test('with few changes there is no norm, and nobody is accused', () => {
  const facts = [fact({}), fact({ landing: 'direct', committer: ann })];
  expect(bypassesOf(facts)).toMatchObject({ norm: 'unclear', bypasses: [] });
});
