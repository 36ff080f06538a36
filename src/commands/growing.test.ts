import { expect, test } from 'vitest';
import { parseShell } from '../outside/parsers/shell.ts';
import { judgeCommand } from './commands.ts';
import type { Place } from './commands.ts';

const place: Place = {
  shell: 'posix',
  cwd: '/shop',
  top: '/shop',
  home: '/home/ann',
  parse: parseShell,
  protectedBranches: ['main'],
  currentBranch: null,
  read: (path) => (path === '/shop/big.txt' ? 'line\n'.repeat(200_000) : null),
};

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join('\n');
}

const growing: readonly (readonly [string, string])[] = [
  ['values', `A0=${'x'.repeat(500)}\n${lines(2_900, (at) => `A${at + 1}="$A${at}$A${at}"`)}`],
  ['one value', `A=${'x'.repeat(200_000)}\nB="${'$A'.repeat(20_000)}"\n${'echo "$B";'.repeat(50)}`],
  ['words', `A=${'x'.repeat(200_000)}\n${'echo $A$A $A$A;'.repeat(200)}`],
  ['lists', `a=(${'x '.repeat(190)})\n${'a+=("${a[@]}" "${a[@]}" "${a[*]}")\n'.repeat(300)}`],
  ['appended values', `A=${'x'.repeat(100_000)}\n${'A+="$A"\n'.repeat(2_000)}`],
];

test.each(growing)('asks about texts that grow without end: %s', (_, command) => {
  const { dangers, gaps } = judgeCommand(command, place);
  expect(dangers.map(({ rule }) => rule)).toContain('commands/too-deep');
  expect(gaps).not.toEqual([]);
});

test.each([
  `echo ${'x'.repeat(500)} > a\n${'cat a a a > b; cat b b b > a\n'.repeat(500)}`,
  `echo ${'x'.repeat(5_000)} > a\n${'cat a >> a\n'.repeat(1_000)}`,
  `printf '%s' ${'a'.repeat(100_000)} | xargs -Ia echo ${'a'.repeat(100_000)}`,
  `echo ${'a'.repeat(100_000)} | sed 's/a/${'b'.repeat(90_000)}/g' > x`,
  `printf '${'%s'.repeat(50_000)}' ${'a '.repeat(10_000)}`,
  `echo ${'a '.repeat(5_000)} | xargs -I{} echo ${'{}'.repeat(50_000)}`,
])('stays bounded where one text is put into another: %#', (command) => {
  expect(judgeCommand(command, place).gaps.length).toBeLessThan(5);
});

test('large files that are only read are no reason to ask', () => {
  const command = `${'cat big.txt | grep x; '.repeat(40)}head big.txt; wc -l < big.txt`;
  expect(judgeCommand(command, place).dangers).toEqual([]);
});
