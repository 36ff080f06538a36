import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundleCovers, demandsCover, demandsWords, joinDemands } from './demands.ts';
import type { Asking, Bundle } from './demands.ts';
import { anyone, isWithin, readWho } from './who.ts';
import type { Who } from './who.ts';

const kinds = ['senior', 'expert', 'senior and expert', 'senior or owner', 'anyone'].map(who);

function who(text: string): Who {
  return readWho(text) ?? anyone;
}

const bundle: fc.Arbitrary<Bundle> = fc.record({
  approvals: fc.array(
    fc.record({ count: fc.integer({ min: 1, max: 3 }), from: fc.constantFrom(...kinds) }),
    { maxLength: 2 },
  ),
  checks: fc.subarray(['ci', 'scan']),
  split: fc.boolean(),
  changeRecord: fc.boolean(),
});

const asking: fc.Arbitrary<Asking> = fc.record({
  options: fc.array(bundle, { minLength: 1, maxLength: 3 }),
  rollout: fc.constantFrom('none', 'canary', 'staged'),
});

test('joined demands cover everything that was asked, whatever the order and however often', () => {
  fc.assert(
    fc.property(fc.array(asking, { maxLength: 5 }), (asked) => {
      const joined = joinDemands(asked);
      expect(joinDemands([...asked].reverse())).toEqual(joined);
      expect(joinDemands([...asked, ...asked])).toEqual(joined);
      for (const one of asked) expect(demandsCover(joined, joinDemands([one]))).toBe(true);
    }),
  );
});

test('whoever covers a bundle covers whatever that one covers', () => {
  fc.assert(
    fc.property(bundle, bundle, bundle, (a, b, c) => {
      if (bundleCovers(a, b) && bundleCovers(b, c)) expect(bundleCovers(a, c)).toBe(true);
      expect(bundleCovers(a, a)).toBe(true);
    }),
  );
});

function approvals(...parts: readonly (readonly [number, string])[]): Asking {
  const bundle = { checks: [], split: false, changeRecord: false };
  return {
    options: [{ ...bundle, approvals: parts.map(([count, from]) => ({ count, from: who(from) })) }],
    rollout: 'none',
  };
}

test.each<[string, readonly Asking[], string]>([
  ['nothing', [], 'nothing'],
  [
    'one of any kind and one expert',
    [approvals([1, 'anyone']), approvals([1, 'expert'])],
    '1 approval from expert',
  ],
  [
    'an expert and a senior expert',
    [approvals([1, 'expert']), approvals([1, 'senior and expert'])],
    '1 approval from senior and expert',
  ],
  [
    'two, and one senior',
    [approvals([2, 'anyone']), approvals([1, 'senior'])],
    '2 approvals, 1 approval from senior',
  ],
  [
    'a senior, and an expert: one who is both, or two',
    [approvals([1, 'senior']), approvals([1, 'expert'])],
    '1 approval from expert, 1 approval from senior',
  ],
  [
    'the same kind said twice',
    [approvals([1, 'expert and senior']), approvals([1, 'senior and expert'])],
    '1 approval from expert and senior',
  ],
])('%s', (_, asked, words) => {
  expect(demandsWords(joinDemands(asked))).toBe(words);
});

test.each<[string, string, boolean]>([
  ['senior and expert', 'senior', true],
  ['senior', 'senior and expert', false],
  ['senior', 'senior or owner', true],
  ['senior or owner', 'senior', false],
  ['senior', 'anyone', true],
  ['anyone', 'senior', false],
  ['expert and senior', 'senior and expert', true],
])('everybody who is %s is %s: %s', (one, other, answer) => {
  expect(isWithin(who(one), who(other))).toBe(answer);
});
