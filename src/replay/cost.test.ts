import { describe, expect, test } from 'vitest';
import { policyFrom } from '../../test/policies.ts';
import { fileOf, groundFor, landed } from '../../test/replay-facts.ts';
import type { Roster } from '../people/people.ts';
import { costOf, linesToRead, usualPace } from './cost.ts';
import type { Cost } from './cost.ts';
import type { ChangeFact } from './fact.ts';
import { replayPolicy } from './policies.ts';

const head = `version: 1
who:
  senior: { level: L5+, if_nobody: expert }
  expert: { any: [ changed the file at least 1 time ], if_nobody: anyone }
attention: { answer_within: 4 working hours, reviewer_budget: 800 lines/day }
rules:
`;
const one = `  - { name: One, require: { approvals: 1 } }\n`;
const two = `  - { name: Two, require: { approvals: 2 } }\n`;
const expert = `  - { name: Expert, require: { approvals: 1, from: expert } }\n`;
const senior = `  - { name: Senior, require: { approvals: 1, from: senior } }\n`;
const split = `  - { name: Split, require: { split: true, or: { approvals: 2 } } }\n`;

function costs(rules: string, facts: readonly ChangeFact[], roster?: Roster): Cost {
  const policy = policyFrom(head + rules);
  const ground = groundFor(facts, roster === undefined ? {} : { roster });
  return costOf(replayPolicy(policy, ground), { policy, ground });
}

function by(name: string, told: Partial<ChangeFact> = {}): ChangeFact {
  return landed({
    commit: name,
    author: { name, email: `${name.toLowerCase()}@example.org` },
    ...told,
  });
}

const lines400 = { files: [fileOf('src/a.ts', 300, 100)] };

describe('reading', () => {
  test.each([
    ['one reviewer reads 400 lines in an hour', one, 60, 0],
    ['two read twice as long, and the second one goes beyond the ordinary', two, 120, 60],
    ['somebody in particular goes beyond the ordinary', expert, 60, 60],
    ['an expert is also the one reviewer', one + expert, 60, 60],
    ['of two reviewers one may be the expert', two + expert, 120, 120],
    ['a change that was not split was read by two', split, 120, 60],
  ])('%s', (_, rules, minutes, close) => {
    const { reviewerMinutes, closeMinutes } = costs(rules, [by('Ann', lines400)]);
    expect([reviewerMinutes, closeMinutes]).toEqual([minutes, close]);
  });

  test('takes five minutes at least, and nobody reads more than 2,000 lines', () => {
    const files = (lines: number) => ({ files: [fileOf('src/a.ts', lines)] });
    expect(costs(one, [by('Ann', files(1))]).reviewerMinutes).toBe(5);
    expect(costs(one, [by('Ann', files(90_000))]).reviewerMinutes).toBe(300);
  });

  test('leaves out what nobody reads', () => {
    const lock = { ...fileOf('package-lock.json', 5000), generated: true };
    expect(linesToRead(by('Ann', { files: [lock, fileOf('src/a.ts', 7, 2)] }))).toBe(9);
  });

  test('keeps the pace it is given', () => {
    const policy = policyFrom(head + one);
    const ground = groundFor([by('Ann', lines400)]);
    const slow = { ...usualPace, linesPerHour: 200 };
    const { reviewerMinutes } = costOf(replayPolicy(policy, ground), { policy, ground }, slow);
    expect(reviewerMinutes).toBe(120);
  });
});

describe('whose desk it lands on', () => {
  test('whoever knew the file that day, never the author', () => {
    const { people, unanswered } = costs(expert, [by('Ann'), by('Bob'), by('Ann')]);
    expect(people.map(({ person, changes }) => [person.email, changes])).toEqual([
      ['ann@example.org', 1],
      ['bob@example.org', 1],
    ]);
    expect(unanswered).toBe(1);
  });

  test('a senior of people.yml who never touched the file, where a senior is asked', () => {
    const roster: Roster = {
      members: [
        {
          name: 'Sue',
          emails: ['sue@example.org'],
          logins: [],
          level: 6,
          teams: [],
          duties: [],
        },
      ],
    };
    const { people } = costs(senior, [by('Ann'), by('Bob')], roster);
    expect(people.map(({ person, changes }) => [person.email, changes])).toEqual([
      ['sue@example.org', 2],
    ]);
  });

  test('those who know the file where nobody is senior, as the policy says', () => {
    const { people } = costs(senior, [by('Ann'), by('Bob')]);
    expect(people.map(({ person }) => person.email)).toEqual(['ann@example.org']);
  });

  test('is too full in a week of more than five days of reading', () => {
    const big = { files: [fileOf('src/a.ts', 1500)] };
    const facts = [by('Ann'), ...Array.from({ length: 4 }, () => by('Bob', big))];
    const { people } = costs(expert, facts);
    expect(people[0]).toMatchObject({ person: { email: 'ann@example.org' }, weeksOver: 1 });
  });
});

describe('waiting', () => {
  test('lasts as long as the policy gives for an answer, and the reading', () => {
    expect(costs(one, [by('Ann', lines400)]).delayHours).toBe(5);
  });

  test('lasts longer where the desk is full', () => {
    const big = { files: [fileOf('src/a.ts', 800)] };
    const first = costs(expert, [by('Ann'), by('Bob', big)]).delayHours;
    const both = costs(expert, [by('Ann'), by('Bob', big), by('Bob', big)]).delayHours;
    // Four hours until an answer, two of reading, and a working day until the first one is read.
    expect(both - first).toBe(4 + 2 + 8);
  });
});
