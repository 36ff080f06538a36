import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  identitiesOf,
  identityOf,
  isBot,
  isBotAccount,
  memberWithLogin,
  nameOf,
} from './identities.ts';
import { mapPerson, noMailmap, readMailmap } from './mailmap.ts';
import { readRoster } from './roster.ts';

const roster = readRoster(`
version: 1
people:
  - { name: Ann, emails: [ann@work.example, ann@home.example], logins: [ann-x] }
  - { name: Claude Monet, emails: [claude@work.example], logins: [claude] }
bots: [release@work.example, robo, Nightly Job]
`).roster;

const mailmap = readMailmap(`
# people who moved
Bea <bea@new.example>   <BEA@old.example>
Bea <bea@new.example> bea builds <shared@host.example>
<dora@new.example> <dora@old.example>
Eve Right <eve@x.example>
Ann <ann@home.example> <ann@laptop.example>
`);
const who = identitiesOf(roster, mailmap);

function person(text: string): { name: string; email: string } {
  const [, name = '', email = ''] = /^(.*?) *<(.*)>$/.exec(text) ?? [];
  return { name, email };
}

describe("git's mailmap", () => {
  test.each([
    ['x <bea@OLD.example>', 'Bea <bea@new.example>'],
    ['Bea Builds <shared@host.example>', 'Bea <bea@new.example>'],
    ['somebody else <shared@host.example>', 'somebody else <shared@host.example>'],
    ['Dora <dora@old.example>', 'Dora <dora@new.example>'],
    ['eve wrong <eve@x.example>', 'Eve Right <eve@x.example>'],
    ['Zed <ZED@x.example>', 'Zed <zed@x.example>'],
  ])('%s is %s', (given, mapped) => {
    expect(mapPerson(mailmap, person(given))).toEqual(person(mapped));
  });

  test('a later line adds to an earlier one', () => {
    const map = readMailmap('New Name <a@x>\n<b@x> <a@x>');
    expect(mapPerson(map, { name: 'old', email: 'a@x' })).toEqual({
      name: 'New Name',
      email: 'b@x',
    });
  });

  test('lines that are none of the four forms are reported', () => {
    const { problems } = readMailmap('Ann\n\nBob <>\nCat <cat@x');
    expect(problems.map(({ line }) => line)).toEqual([1, 3, 4]);
  });

  property.prop([fc.string({ unit: 'binary', maxLength: 300 })])(
    'no text makes it throw',
    (text) => {
      expect(readMailmap(text).byEmail).toBeDefined();
    },
  );
});

describe('one person has one identity', () => {
  test.each([
    ['Ann <ann@home.example>', 'ann@work.example'],
    ['A. <ANN@work.example>', 'ann@work.example'],
    ['Ann <ann@laptop.example>', 'ann@work.example'],
    ['Ann <123+Ann-X@users.noreply.github.com>', 'ann@work.example'],
    ['Ann <ann-x@users.noreply.github.com>', 'ann@work.example'],
    ['Ann <42-ann-x@users.noreply.gitlab.com>', 'ann@work.example'],
    ['Zed <99+zed@users.noreply.github.com>', 'zed@users.noreply.github.com'],
    ['Zed <zed@users.noreply.github.com>', 'zed@users.noreply.github.com'],
    ['Bea <bea@old.example>', 'bea@new.example'],
  ])('%s', (given, identity) => expect(identityOf(who, person(given))).toBe(identity));

  test('and one name, the best that is known', () => {
    expect(nameOf(who, person('annie <ann@home.example>'))).toBe('Ann');
    expect(nameOf(who, person('x <eve@x.example>'))).toBe('Eve Right');
    expect(nameOf(who, { name: '', email: 'zed@x.example' })).toBe('zed@x.example');
  });

  test('an account leads to the person', () => {
    expect(memberWithLogin(who, '@ANN-x')?.name).toBe('Ann');
    expect(memberWithLogin(who, 'nobody')).toBeNull();
  });
});

describe('automation is told from people', () => {
  test.each([
    ['dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>', true],
    ['GitHub <noreply@github.com>', true],
    ['GitHub Action <action@github.com>', true],
    ['renovate <29139614+renovate[bot]@users.noreply.github.com>', true],
    ['Claude <noreply@anthropic.com>', true],
    ['Project <project_12_bot_a1@noreply.gitlab.com>', true],
    ['k8s-ci-robot <x@y.example>', true],
    ['Release <release@work.example>', true],
    ['x <1+robo@users.noreply.github.com>', true],
    ['Nightly Job <cron@work.example>', true],
    ['acme-bot <accounts@work.example>', true],
    ['Acme <68201406+acme-bot@users.noreply.github.com>', true],
    ['gemini-cli-robot <gemini-cli-robot@google.com>', true],
    ['github-actions <github@users.noreply.github.com>', true],
    ['Copilot <copilot@x.example>', false],
    ['renovate <renovate@x.example>', true],
    ['Max <max@cline.bot>', false],
    ['Claude Monet <claude@work.example>', false],
    ['Claude Monet <5+claude@users.noreply.github.com>', false],
    ['Claude Dupont <claude.dupont@x.example>', false],
    ['Thijs Bot <thijs@x.example>', false],
    ['Abbot <abbot@x.example>', false],
    ['Robot Fan <fan@robots.example>', false],
  ])('%s: %s', (given, bot) => expect(isBot(who, person(given))).toBe(bot));

  test.each([
    ['dependabot[bot]', true],
    ['@web-flow', true],
    ['project_7_bot', true],
    ['robo', true],
    ['claude', false],
    ['ann-x', false],
  ])('the account %s: %s', (login, bot) => expect(isBotAccount(who, login)).toBe(bot));

  test('whoever the roster lists is a person even with an address of automation', () => {
    const listed = readRoster('version: 1\npeople: [{ emails: [action@github.com] }]').roster;
    const identities = identitiesOf(listed, noMailmap);
    expect(isBot(identities, { name: 'x', email: 'action@github.com' })).toBe(false);
  });
});

property.prop([fc.string(), fc.string()])('no name and address make it throw', (name, email) => {
  expect(typeof identityOf(who, { name, email })).toBe('string');
  expect(typeof isBot(who, { name, email })).toBe('boolean');
});
