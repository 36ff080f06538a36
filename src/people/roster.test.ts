import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readRoster } from './roster.ts';

const whole = `
version: 1
people:
  - name: Ann Example
    emails: [Ann@Example.org, ann@home.example]
    logins: { github: "@Ann", gitlab: ann.e }
    level: L5
    teams: [payments, acme/core]
    duties: [on-call]
  - name: Bob
    emails: bob@example.org
    level: 3
  - logins: [cat]
teams:
  payments: [bob@example.org, "@cat"]
bots: [deploy@example.org, "@acme-ci", renovate]
`;

test('people, teams and bots are read', () => {
  const { roster, problems } = readRoster(whole);
  expect(problems).toEqual([]);
  expect(roster.members).toEqual([
    {
      name: 'Ann Example',
      emails: ['ann@example.org', 'ann@home.example'],
      logins: ['ann', 'ann.e'],
      level: 5,
      teams: ['payments', 'acme/core'],
      duties: ['on-call'],
    },
    {
      name: 'Bob',
      emails: ['bob@example.org'],
      logins: [],
      level: 3,
      teams: ['payments'],
      duties: [],
    },
    {
      name: 'cat',
      emails: ['cat@users.noreply.github.com'],
      logins: ['cat'],
      level: null,
      teams: ['payments'],
      duties: [],
    },
  ]);
  expect(roster.bots).toEqual(['deploy@example.org', 'acme-ci', 'renovate']);
});

describe('problems say where and what to do', () => {
  const person = 'version: 1\npeople:\n  - name: Ann\n    ';
  test.each([
    ['people: []', 1, 'the version is missing', 'begin with "version: 1"'],
    ['version: 2', 1, 'this version is not known', 'write "version: 1"'],
    ['version: 1\npeopel: []', 2, 'unknown key "peopel"', 'did you mean "people"?'],
    [`${person}emial: a@b.c`, 4, 'unknown key "emial"', 'did you mean "emails"?'],
    [
      `${person}emails: ["@ann"]`,
      4,
      '"@ann" is no e-mail address',
      'accounts belong under "logins"',
    ],
    [`${person}level: senior\n    emails: a@b.c`, 4, '"senior" is no level', 'write it like L5'],
    [`${person}logins: [a b]\n    emails: a@b.c`, 4, '"a b" is no account name', null],
    [
      `${person}teams: ["pay ments"]\n    emails: a@b.c`,
      4,
      '"pay ments" cannot name a team',
      'use letters, digits, "-", "_", "." and "/"',
    ],
    [
      'version: 1\npeople:\n  - name: Ann',
      3,
      'nobody can be recognised by this entry',
      'give emails or logins',
    ],
    [
      'version: 1\npeople: [ann]',
      2,
      'a person should be keys with values, such as "name: Ann"',
      null,
    ],
    [
      'version: 1\npeople:\n- emails: a@b.c\n- emails: A@b.c',
      4,
      'a@b.c belongs to a@b.c already',
      'give each address and account to one person',
    ],
    [
      'version: 1\npeople:\n- emails: ann@b.c\nteams:\n  pay: [anne@b.c]',
      5,
      '"anne@b.c" is not among the people above',
      'did you mean "ann@b.c"?',
    ],
    [
      'version: 1\npeople:\n- &a\n  emails: ann@b.c\n- *a',
      5,
      'an alias is not understood here',
      null,
    ],
    ['version: 1\nversion: 1', 2, 'Map keys must be unique', null],
    ['version: 1\npeople: [', 2, 'Flow sequence', null],
    ['- version', 1, 'the file should be keys with values', null],
  ])('%j', (...[text, line, message, suggestion]) => {
    const { problems } = readRoster(text);
    const found = problems.find((problem) => problem.message.startsWith(message));
    expect(found).toMatchObject({
      level: 'error',
      file: '.hallmonitor/people.yml',
      line,
      suggestion,
    });
    expect(found?.column).toBeGreaterThan(0);
  });
});

test('an empty file is a repository that says nothing', () => {
  expect(readRoster('')).toEqual({ roster: { members: [], bots: [] }, problems: [] });
});

test('whoever is understood stays, beside the problems', () => {
  const { roster, problems } = readRoster(
    'version: 1\npeople:\n- emails: [a@b.c, nonsense]\n- name: Nobody',
  );
  expect([roster.members.length, problems.length]).toEqual([1, 2]);
});

property.prop([fc.string({ unit: 'binary', maxLength: 300 })])('no text makes it throw', (text) => {
  expect(readRoster(text).roster.members).toBeDefined();
});

const piece = fc.constantFrom(
  'version: 1\n',
  'people:\n',
  '- ',
  'name: A',
  'emails: ',
  '[',
  ']',
  '{',
  '}',
  'a@b.c',
  '\n',
  '  ',
  'level: ',
  'teams: ',
  '&x ',
  '*x',
  '!!set ',
  '? ',
  ': ',
  '~',
  '1',
  '<<: ',
);
property.prop([fc.array(piece, { maxLength: 30 })])(
  'no file in pieces makes it throw',
  (pieces) => {
    expect(readRoster(pieces.join('')).roster.members).toBeDefined();
  },
);
