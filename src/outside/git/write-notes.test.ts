import { expect, test } from 'vitest';
import { git, id, repo } from '../../../test/story.ts';
import { openRepository, readNotes, writeNotes } from './git.ts';

const by = { name: 'Ann <x>', email: 'ann@example.com' };
const at = new Date('2026-01-02T03:04:05Z');
const ref = 'refs/notes/hallmonitor';

test('many who write at the same time lose nothing of each other', async () => {
  const steps = Array.from({ length: 6 }, (_, n) => ({
    says: `${n}`,
    files: { 'a.ts': `${n}\n` },
  }));
  const folder = repo(steps);
  const repository = await openRepository(folder);
  const commits = git(folder, 'rev-list', 'HEAD').split('\n');
  const why = await Promise.all(
    commits.map((commit) =>
      writeNotes(repository, [{ ref, commit, text: `of ${commit}` }], { by, at, says: 'n' }),
    ),
  );
  expect(why).toEqual(commits.map(() => null));
  const notes = await readNotes(repository, commits, [ref]);
  expect(notes.map(({ text, commit }) => text === `of ${commit}`)).toEqual(commits.map(() => true));
});

test('a note takes the place of the one before, byte for byte, and git shows it', async () => {
  const folder = repo([{ files: { 'a.ts': 'a\n' } }]);
  const repository = await openRepository(folder);
  const commit = id(folder);
  for (const text of ['first', 'second\n\nwith ünï\n'])
    expect(await writeNotes(repository, [{ ref, commit, text }], { by, at, says: 'n' })).toBeNull();
  expect(git(folder, 'notes', '--ref=hallmonitor', 'show')).toBe('second\n\nwith ünï');
  expect(git(folder, 'log', '-1', '--format=%cn %ce', ref)).toBe('Ann x ann@example.com');
});

test('what cannot be written is said', async () => {
  const folder = repo([{ files: { 'a.ts': 'a\n' } }]);
  const repository = await openRepository(folder);
  const note = { ref, commit: '1'.repeat(40), text: 'of nothing' };
  expect(await writeNotes(repository, [note], { by, at, says: 'n' })).not.toBeNull();
});
