import type { Rule } from '../rule.ts';

/** The name that a program has when there are more of them than are followed. */
const uncounted = 'more-than-is-followed';

/** Commands that hide behind their number. */
export const tooDeep: Rule = {
  id: 'commands/too-deep',
  title: 'More commands than can be followed',
  why: 'What is too long or too deeply nested to be followed may hold anything.',
  decision: 'ask',
  loses: 'anything that the unread part of the command can reach',
  instead: 'Run the steps one by one, or put them in a script that can be read.',
  programs: [uncounted],
  caught: [
    `${'ls;'.repeat(4_000)}echo`,
    `${'eval '.repeat(40)}ls`,
    'f() { f; }; f',
    'for i in 1 2 3 4 5 6 7 8; do for j in 1 2 3 4 5 6 7 8; do for k in 1 2 3 4 5 6 7 8; do for l in 1 2 3 4 5 6 7 8; do echo a; done; done; done; done',
    `${'bash -c "$(echo '.repeat(20)}ls${')"'.repeat(20)}`,
  ],
  passed: [
    'ls; ls',
    'bash -c "bash -c ls"',
    'for i in 1 2 3; do echo $i; done',
    'f() { ls; }; f; f',
  ],
  look: () => [{ says: 'It holds more commands in commands than are followed.' }],
};
