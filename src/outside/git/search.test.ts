import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repo } from '../../../test/story.ts';
import { openRepository } from './git.ts';
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
