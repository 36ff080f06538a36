import { expect, test } from 'vitest';
import type { Change, FileChange } from '../change/change.ts';
import { readCodeowners } from './codeowners.ts';
import { identitiesOf } from './identities.ts';
import { noMailmap } from './mailmap.ts';
import { isOwner, ownersOfChange } from './owners.ts';
import { readRoster } from './roster.ts';

const { roster } = readRoster(`
version: 1
people:
  - { name: Ann, emails: [ann@x.example], logins: [ann], teams: [core] }
  - { name: Bob, emails: [bob@x.example], teams: [acme/docs] }
  - { name: Cat, emails: [cat@x.example] }
`);
const identities = identitiesOf(roster, noMailmap);

function changeOf(...paths: readonly (readonly [string, string])[]): Change {
  const files = paths.map(([path, oldPath]) => ({ path, oldPath }) as FileChange);
  return { base: null, head: 'h', commits: [], files, gaps: [] };
}

test('a change falls under the rules of all its files, moved ones twice', () => {
  const codeowners = readCodeowners(
    '/src/ @acme/core @ghost\n/docs/ @ACME/docs\n/free/\n',
    'github',
  );
  const change = changeOf(
    ['src/a', 'docs/a'],
    ['src/b', 'src/b'],
    ['free/x', 'free/x'],
    ['none', 'none'],
  );
  const parts = ownersOfChange(change, codeowners, identities).map((part) => [
    part.ownership.pattern,
    part.paths,
    part.members.map(({ name }) => name),
    part.unresolved.map(({ name }) => name),
  ]);
  expect(parts).toEqual([
    ['/src/', ['src/a', 'src/b'], ['Ann'], ['ghost']],
    ['/docs/', ['docs/a'], ['Bob'], []],
    ['/free/', ['free/x'], [], []],
  ]);
});

test.each([
  ['@ann', [true, false, false]],
  ['@acme/core', [true, false, false]],
  ['cat@x.example', [false, false, true]],
  ['@acme/unlisted', ['unknown', 'unknown', 'unknown']],
  ['@acme/unlisted @ann', [true, 'unknown', 'unknown']],
])('%s', (owners, answers) => {
  const rule = readCodeowners(`* ${owners}`, 'github').rules[0];
  expect(roster.members.map((member) => isOwner(member, rule?.owners ?? [], identities))).toEqual(
    answers,
  );
});

test('who has a role of the forge is not known here', () => {
  const rule = readCodeowners('* @@maintainers', 'gitlab').rules[0];
  expect(roster.members.map((member) => isOwner(member, rule?.owners ?? [], identities))).toEqual([
    'unknown',
    'unknown',
    'unknown',
  ]);
});
