import { expect, test } from 'vitest';
import { policyFrom } from '../../test/policies.ts';
import { fileOf, groundFor, landed } from '../../test/replay-facts.ts';
import { compare } from './compare.ts';
import { replayPolicy } from './policies.ts';

const facts = [
  landed({ commit: 'small' }),
  landed({ commit: 'middle', files: [fileOf('src/a.ts', 150)] }),
  landed({ commit: 'large', files: [fileOf('src/a.ts', 500)] }),
];

function rules(...lines: readonly string[]): ReturnType<typeof policyFrom> {
  return policyFrom(`version: 1\nrules:\n${lines.map((line) => `  - ${line}\n`).join('')}`);
}

const one = '{ name: One, require: { approvals: 1 } }';
const two = (least: number) =>
  `{ name: Two, when: { lines: "> ${least}" }, require: { approvals: 2 } }`;
const checked = '{ name: Check, when: { lines: "> 400" }, require: { checks: [ ci ] } }';

test.each([
  ['itself', [one, two(400)], [one, two(400)], [3, 0, 0, 0], []],
  ['a lower threshold', [one, two(400)], [one, two(100)], [2, 0, 1, 0], ['middle']],
  ['a higher threshold', [one, two(100)], [one, two(400)], [2, 1, 0, 0], ['middle']],
  ['a check in place of people', [one, two(400)], [one, checked], [2, 0, 0, 1], ['large']],
])('against %s', (_, before, after, counts, named) => {
  const ground = groundFor(facts);
  const compared = compare(
    facts,
    replayPolicy(rules(...before), ground),
    replayPolicy(rules(...after), ground),
  );
  const { same, loosens, tightens, differs, differences } = compared;
  expect([same, loosens, tightens, differs]).toEqual(counts);
  expect(differences.map(({ fact }) => fact.commit)).toEqual(named);
});

test('says what each asks', () => {
  const ground = groundFor(facts);
  const [difference] = compare(
    facts,
    replayPolicy(rules(one), ground),
    replayPolicy(rules(one, two(400)), ground),
  ).differences;
  expect(difference).toMatchObject({
    effect: 'tightens',
    before: '1 approval',
    after: '2 approvals',
  });
});
