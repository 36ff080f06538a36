import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { id, repo } from '../../../test/story.ts';
import { openRepository, readChange, readCommits } from './git.ts';
import { lookUp } from './objects.ts';

const story = [
  { says: 'One', files: { a: '1\n' }, as: 'one' },
  { says: 'Two', files: { a: '1\n2\n' }, as: 'two' },
  { says: 'Three', files: { a: '1\n2\n3\n' }, as: 'three' },
];

function place(folder: string, object: string): string {
  return join(folder, '.git', 'objects', object.slice(0, 2), object.slice(2));
}

test('grafted parents do not change what a commit adds', async () => {
  const folder = repo(story);
  mkdirSync(join(folder, '.git', 'info'), { recursive: true });
  writeFileSync(join(folder, '.git', 'info', 'grafts'), `${id(folder, 'three')}\n`);
  const repository = await openRepository(folder);
  const { base, commits } = await readChange(repository, {
    kind: 'range',
    base: id(folder, 'one'),
    head: 'HEAD',
  });
  expect(base).toBe(id(folder, 'one'));
  expect(commits.map(({ message }) => message.trim())).toEqual(['Two', 'Three']);
});

test('an object git complains about does not take the next ones with it', async () => {
  const folder = repo(story);
  const [bad, good] = [id(folder, 'one'), id(folder, 'three')];
  rmSync(place(folder, bad));
  writeFileSync(place(folder, bad), 'junk');
  const repository = await openRepository(folder);
  const [broken, fine] = await lookUp(repository, [bad, good]);
  expect(broken).toBeNull();
  expect(fine?.id).toBe(good);
});

test('says when commits could not be read, instead of counting none', async () => {
  const folder = repo(story);
  const one = id(folder, 'one');
  const include = id(folder);
  rmSync(place(folder, one));
  const repository = await openRepository(folder);
  const { missing } = await readCommits(repository, { include, exclude: [] });
  expect(missing).toBe('git could not read all of them; objects are missing here');
});
