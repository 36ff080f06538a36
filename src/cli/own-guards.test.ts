import { expect, test } from 'vitest';
import { checkOut, id, repo, temporaryFolder } from '../../test/story.ts';
import { emptyBaseline } from '../guards/baseline.ts';
import { inspect } from '../guards/guards.ts';
import { textChange } from '../change/text-change.ts';
import { openRepository } from '../outside/git/git.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { loadOwnGuards, ownGuardsAt } from './own-guards.ts';

const head =
  "export const own = { id: 'shop/own', severity: 'block', protects: 'p', breaks: 'b', fix: 'f', languages: 'any', look: ";

test.each([
  ['a promise', 'async () => []', 'no list'],
  ['nothing', '() => undefined', 'no list'],
  ['a sighting without a subject', "() => [{ path: 'a.ts', line: 1, says: 'x' }]", 'sighting 1'],
  [
    'a severity that is none',
    "() => [{ path: 'a.ts', line: 1, says: 'x', subject: 'x', severity: 'deadly' }]",
    'sighting 1',
  ],
])(
  'a program that answers with %s is told as not checked, and takes nobody with it',
  async (_, look, why) => {
    const file = { path: '.hallmonitor/guards/own.mjs', text: `${head}${look} };\n` };
    const { guards, gaps } = await loadOwnGuards([file], temporaryFolder());
    expect(gaps).toEqual([]);
    const files = [textChange({ path: 'a.ts', before: '', after: 'x;\n' })];
    const change = { base: null, head: 'x', commits: [], files, gaps: [] };
    const parsers = await loadParsers(new Set());
    const said = inspect(change, {
      parsers,
      readAfter: () => null,
      baseline: emptyBaseline,
      guards,
    });
    expect(said.findings).toEqual([]);
    expect(said.gaps).toEqual([
      expect.objectContaining({ what: 'guard shop/own', why: expect.stringContaining(why) }),
    ]);
  },
);

test('files beyond the most that are read are told', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 501 }, (_, index) => [`.hallmonitor/guards/${index}.mjs`, '']),
  );
  const dir = checkOut(repo([{ by: 'Ann', files }]));
  const { gaps } = await ownGuardsAt(await openRepository(dir), id(dir));
  expect(gaps.at(-1)?.why).toBe('only the first 500 of 501 files are read');
});

test('a folder that cannot be listed is told, and not taken for empty', async () => {
  const dir = checkOut(repo([{ by: 'Ann', files: { 'a.ts': 'x\n' } }]));
  const { gaps } = await ownGuardsAt(await openRepository(dir), '0123456789'.repeat(4));
  expect(gaps.map(({ why }) => why)).toEqual(['git could not list its files']);
});
