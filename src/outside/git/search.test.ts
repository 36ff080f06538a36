import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkOut, git, id, repo } from '../../../test/story.ts';
import { openRepository } from './git.ts';
import { mentionsIn } from './mentions.ts';
import { searcher } from './search.ts';

test('a word is found in a commit with its places, and not inside longer words', async () => {
  const dir = repo([
    {
      by: 'Ann',
      says: 'Settings',
      files: { 'a/.env.example': 'API_URL=x\nMY_API_URL=y\n', 'b.ts': 'env.API_URL;\n' },
    },
  ]);
  const find = searcher(await openRepository(dir), 'HEAD');
  expect(find('API_URL')).toEqual([
    { path: 'a/.env.example', line: 1, text: 'API_URL=x' },
    { path: 'b.ts', line: 1, text: 'env.API_URL;' },
  ]);
  expect(find('NOTHING_HERE')).toEqual([]);
});

test('what stands for no commit, or is no word, is not answered', async () => {
  const dir = repo([{ by: 'Ann', says: 'One', files: { 'a.ts': 'x\n' } }]);
  const repository = await openRepository(dir);
  expect(searcher(repository, null)('x1')).toEqual([]);
  expect(searcher(repository, 'HEAD')('two words')).toBeNull();
  expect(searcher(repository, 'no-such-commit')('word')).toBeNull();
});

test('the work tree is searched as it is on the disk', async () => {
  const dir = repo([{ by: 'Ann', says: 'One', files: { 'a.ts': 'x\n' } }]);
  writeFileSync(join(dir, 'new.ts'), 'NEW_NAME\n');
  const find = searcher(await openRepository(dir), 'worktree');
  expect(find('NEW_NAME')?.map(({ path }) => path)).toEqual(['new.ts']);
});

test('a change cannot hide its files from a search by calling them binary', async () => {
  const files = { '.gitattributes': '*.ts -diff\n', 'a.ts': 'HIDDEN\n' };
  const dir = checkOut(repo([{ by: 'Ann', says: 'One', files }]));
  const repository = await openRepository(dir);
  for (const state of ['HEAD', id(dir)])
    expect(searcher(repository, state)('HIDDEN')?.map(({ path }) => path)).toEqual(['a.ts']);
  const asked = { texts: ['HIDDEN'], endings: ['ts'] };
  expect(await mentionsIn(repository, id(dir), asked)).toHaveLength(1);
});

test.each([
  ['a sparse checkout leaves out', ['sparse-checkout', 'set', 'b']],
  ['somebody deleted since', ['rm', '--quiet', 'a/a.ts']],
])('what %s is found in the commit', async (_, args) => {
  const files = { 'a/a.ts': 'FAR_AWAY\n', 'b/b.ts': 'x\n' };
  const dir = checkOut(repo([{ by: 'Ann', says: 'One', files }]));
  git(dir, ...args);
  const repository = await openRepository(dir);
  expect(searcher(repository, id(dir))('FAR_AWAY')).toHaveLength(1);
  const asked = { texts: ['FAR_AWAY'], endings: ['ts'] };
  expect(await mentionsIn(repository, id(dir), asked)).toHaveLength(1);
});
