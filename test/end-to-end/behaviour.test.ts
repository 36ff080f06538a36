import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { misfits, shapesIn } from '../json-shape.ts';
import { checkOut, edit, repo, temporaryFolder } from '../story.ts';
import { root, runCli } from './run-cli.ts';

const shapes = shapesIn(readFileSync(join(root, 'docs/json.md'), 'utf8'));
const adult = (sign: string) =>
  `export const isAdult = (age: number): boolean => age ${sign} 18;\n`;

interface Report {
  readonly changedFunctions: number;
  readonly examined: readonly { readonly function: string; readonly inputs: number }[];
  readonly differences: readonly {
    readonly severity: string;
    readonly input: string;
    readonly before: { readonly kind: string };
    readonly after: { readonly kind: string };
    readonly message: string;
  }[];
  readonly notChecked: readonly { readonly what: string; readonly why: string }[];
}

function examined(
  folder: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly report: Report } {
  const ran = runCli(folder, ['behaviour', ...args, '--format', 'json']);
  const report = JSON.parse(ran.stdout) as Report;
  expect(misfits(report, 'behaviour', shapes)).toEqual([]);
  return { code: ran.code, report };
}

function shop(says: string, before: string, after: string): string {
  return checkOut(
    repo([
      { says: 'Start', files: { 'age.ts': before } },
      { says, files: { 'age.ts': after } },
    ]),
  );
}

test('a refactoring that moves a boundary may not pass unseen', () => {
  const { code, report } = examined(shop('refactor: arrows', adult('>'), adult('>=')));
  expect(code).toBe(1);
  expect(report.differences).toMatchObject([{ severity: 'warn', input: '18' }]);
});

test('the same with a word about it, and without a difference, may', () => {
  const meant = examined(shop('fix: isAdult at eighteen', adult('>'), adult('>=')));
  expect([meant.code, meant.report.differences[0]?.severity]).toEqual([0, 'note']);
  const same = examined(
    shop('refactor: turn round', adult('>'), adult('>').replace('age > 18', '18 < age')),
  );
  expect([same.code, same.report.differences]).toEqual([0, []]);
  expect(same.report.examined[0]?.inputs).toBeGreaterThan(100);
});

test('what is not committed can be examined too, and the text says what was found', () => {
  const folder = edit(shop('Start again', adult('<'), adult('>')), { 'age.ts': adult('>=') });
  const { stdout, code } = runCli(folder, ['behaviour', '--worktree']);
  expect(code).toBe(1);
  expect(stdout).toBe(
    '1 function changed, 1 could be run: 1 behaves differently without a word about\n' +
      'it.\n\n' +
      '  warn   age.ts:1\n' +
      '         isAdult(18) gave false before and gives true now\n' +
      '         Nobody announced it: no message or test of the change speaks of it.\n',
  );
});

test('hostile code neither reaches the machine nor writes the answer', () => {
  const mark = join(temporaryFolder(), 'mark');
  const forged = JSON.stringify({
    search: { difference: null, inputs: 400, readable: 400, crashed: 0 },
  });
  const hostile = `export function isAdult(age: number): boolean {
  const world = [].constructor.constructor('return this')();
  world.process?.stdout.write(${JSON.stringify(`${forged}\n`)});
  world.process?.getBuiltinModule('fs').writeFileSync(${JSON.stringify(mark)}, 'x');
  world.console?.log(${JSON.stringify(forged)});
  world.print?.(${JSON.stringify(forged)});
  return age >= 18;
}
`;
  const { code, report } = examined(shop('refactor: tidy', adult('>'), hostile));
  expect(code).toBe(1);
  expect(report.differences).toMatchObject([{ input: '18', severity: 'warn' }]);
  expect(existsSync(mark)).toBe(false);
});

test('code that never ends or eats memory is stopped, and the next function is examined', () => {
  const before = `${adult('>')}export const eat = (n: number) => [n].length;\nexport const spin = (n: number) => n;\n`;
  const after = `${adult('>=')}export const eat = (n: number) => { const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(n)); };\nexport const spin = (n: number) => { for (;;); };\n`;
  const { code, report } = examined(shop('refactor: tidy', before, after));
  expect(code).toBe(1);
  expect(report.changedFunctions).toBe(3);
  const kinds = report.differences.map(({ after: { kind } }) => kind);
  expect(kinds).toContain('value');
  expect(kinds).toContain('endless');
  expect(report.differences.length + report.notChecked.length).toBe(3);
});
