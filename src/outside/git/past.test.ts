import { chmodSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bareClone,
  emptyRepo,
  git,
  id,
  loseObjects,
  partialClone,
  repo,
  shallowClone,
  temporaryFolder,
} from '../../../test/story.ts';
import type { Step } from '../../../test/story.ts';
import type { Change, FileChange } from '../../change/change.ts';
import type { Past, PastChange } from '../../change/past.ts';
import { portraits } from '../../risk/portraits.ts';
import { recallPast } from './past-recall.ts';
import { readPast } from './past.ts';
import { openRepository } from './repository.ts';

async function read(
  folder: string,
  more: { limit?: number; counted?: number } = {},
): Promise<{
  readonly changes: readonly PastChange[];
  readonly gaps: readonly string[];
}> {
  const changes: PastChange[] = [];
  const { limit = 100, counted = 100 } = more;
  const { gaps } = await readPast(await openRepository(folder), {
    until: 'HEAD',
    limit,
    counted,
    each: (change) => changes.push(change),
  });
  return { changes, gaps: gaps.map(({ what }) => what) };
}

/** Files as `+added -deleted path`, renames with where they came from. */
function told(changes: readonly PastChange[]): readonly (readonly string[])[] {
  return changes.map(({ files }) =>
    files.map(({ path, oldPath, added, deleted }) => {
      const from = oldPath === path ? '' : ` from ${oldPath}`;
      return `+${added ?? '?'} -${deleted ?? '?'} ${path}${from}`;
    }),
  );
}

const lines = Array.from({ length: 12 }, (_, index) => `line ${index}\n`).join('');

describe('what landed', () => {
  test('is told oldest first, with lines, renames and sizes', async () => {
    const { changes } = await read(
      repo([
        { files: { 'a.ts': lines, 'ü "x"\n.ts': 'x\n' } },
        { files: { 'a.ts': `${lines}more\n`, 'yarn.lock': 'x\n', 'pic.png': '\0\0' } },
        { renames: { 'a.ts': 'src/b.ts' }, files: { 'src/b.ts': `${lines}other\n` } },
        { files: { 'src/b.ts': null } },
      ]),
    );
    expect(told(changes)).toEqual([
      ['+12 -0 a.ts', '+1 -0 ü "x"\n.ts'],
      ['+1 -0 a.ts', '+0 -0 pic.png'],
      ['+1 -1 src/b.ts from a.ts'],
      ['+0 -13 src/b.ts'],
    ]);
    expect(changes.map(({ files }) => files[0]?.sizeBefore)).toEqual([0, 86, 91, 92]);
  });

  test('counts lines in the last changes only, but follows renames in all', async () => {
    const story = repo([
      { files: { 'a.ts': lines } },
      { renames: { 'a.ts': 'b.ts' } },
      { files: { 'b.ts': 'x\n' } },
    ]);
    const { changes } = await read(story, { counted: 1 });
    expect(told(changes)).toEqual([['+? -? a.ts'], ['+? -? b.ts from a.ts'], ['+1 -12 b.ts']]);
  });

  test('a merge is one change of those who wrote what it brings, reviewed by who merged', async () => {
    const { changes } = await read(
      repo([
        { by: 'Ann', files: { a: '1\n' } },
        { branch: 'topic', from: 'main', by: 'Bob', says: 'one', files: { b: '1\n' } },
        { by: 'Cy', says: 'two', files: { b: '2\n' } },
        { by: 'Cy', says: 'three', files: { c: '1\n' } },
        { branch: 'main', by: 'Dee', files: { a: '2\n' } },
        { by: 'Ann', says: 'Merge branch topic', merge: 'topic', files: { b: '2\n', c: '1\n' } },
      ]),
    );
    const merge = changes.at(-1);
    expect(changes).toHaveLength(3);
    expect(merge?.authors).toEqual(['cy@example.com', 'bob@example.com']);
    expect(merge?.reviewers).toEqual(['ann@example.com']);
    expect(told(changes).at(-1)).toEqual(['+1 -0 b', '+1 -0 c']);
  });

  test.each<[string, Partial<Step>, Partial<PastChange>]>([
    [
      'reviewers are named in trailers',
      { says: 'x\n\nReviewed-by: Bob <BOB@example.com>\nAcked-by: Cy <cy@example.com>' },
      { reviewers: ['bob@example.com', 'cy@example.com'] },
    ],
    [
      'co-authors count, tools and forges do not',
      {
        says: 'x\n\nCo-authored-by: Bob <bob@example.com>\nCo-Authored-By: Claude <noreply@anthropic.com>',
      },
      { authors: ['ann@example.com', 'bob@example.com'], reviewers: [] },
    ],
    [
      'who lands the work of another has looked at it',
      { committer: { name: 'Bob', email: 'bob@example.com' } },
      { reviewers: ['bob@example.com'] },
    ],
    [
      'a forge that lands it has not',
      { committer: { name: 'GitHub', email: 'noreply@github.com' } },
      { reviewers: [] },
    ],
    ['a repair says so', { says: 'fix: the cart' }, { fix: true }],
    ['a message without a word is no repair', { says: '' }, { fix: false }],
  ])('%s', async (_, step, expected) => {
    const { changes } = await read(repo([{ by: 'Ann', files: { a: '1\n' }, ...step }]));
    expect(changes[0]).toMatchObject(expected);
  });

  test('people go by the address the mailmap gives them, in trailers too', async () => {
    const story = repo([
      { by: 'Ann', says: 'x\n\nReviewed-by: Bob <bob@old.example>', files: { a: '1\n' } },
    ]);
    writeFileSync(
      join(story, '.mailmap'),
      'Ann <ann@new.example> <ann@example.com>\nBob <bob@new.example> <bob@old.example>\n',
    );
    const { changes } = await read(story);
    expect(changes[0]).toMatchObject({
      authors: ['ann@new.example'],
      reviewers: ['bob@new.example'],
    });
  });

  test('no more is read than asked for', async () => {
    const story = repo(Array.from({ length: 9 }, (_, index) => ({ files: { a: `${index}\n` } })));
    const { changes } = await read(story, { limit: 3 });
    expect(changes.map(({ sha }) => sha)).toEqual([
      id(story, 'HEAD~2'),
      id(story, 'HEAD~1'),
      id(story),
    ]);
  });
});

describe('a repository that lacks something', () => {
  const story: readonly Step[] = [
    { files: { a: '1\n', b: 'x\n' } },
    { files: { a: '2\n', b: 'y\n' } },
    { files: { a: '3\n' } },
  ];

  test('no commit at all: no past', async () => {
    expect(await read(emptyRepo())).toEqual({ changes: [], gaps: [] });
  });

  test('a shallow clone stops at its end and says so', async () => {
    const { changes, gaps } = await read(shallowClone(repo(story), 2));
    expect(told(changes)).toEqual([['+1 -1 a']]);
    expect(gaps).toEqual(['older history']);
  });

  test('a lost content costs the lines of that file, and nothing else', async () => {
    const { changes } = await read(loseObjects(repo(story), ['HEAD~1:b']));
    expect(told(changes)).toEqual([['+1 -0 a', '+1 -0 b'], ['+1 -1 a', '+? -? b'], ['+1 -1 a']]);
  });

  test('a partial clone without any content still tells who touched what', async () => {
    const { changes } = await read(partialClone(repo(story)));
    expect(told(changes)).toEqual([['+? -? a', '+? -? b'], ['+? -? a', '+? -? b'], ['+? -? a']]);
  });

  test('a lost tree costs the changes it belongs to', async () => {
    const { changes } = await read(loseObjects(repo(story), ['HEAD~1^{tree}']));
    expect(told(changes)).toEqual([['+1 -0 a', '+1 -0 b'], [], []]);
  });
});

describe('the past of a change', () => {
  const authors = ['Ann', 'Bob', 'Cy'];
  function storyOf(count: number): readonly Step[] {
    return Array.from({ length: count }, (_, index) => ({
      by: authors[index % 3] ?? 'Ann',
      says: index % 4 === 0 ? `fix: ${index}` : `feat: ${index}`,
      files: { [`src/${index % 5}.ts`]: `${index}\n`.repeat((index % 7) + 1) },
    }));
  }

  function asking(...paths: readonly string[]): Change {
    const files = paths.map(
      (path) =>
        ({
          path,
          oldPath: path,
          status: 'modified',
          generated: null,
          added: 1,
          deleted: 0,
          before: 'x',
          after: 'y',
        }) as FileChange,
    );
    return { base: 'b', head: 'h', commits: [], files, gaps: [] };
  }

  function recall(folder: string, cache: string | null | false, until = id(folder)): Promise<Past> {
    const change = asking('src/1.ts', 'src/2.ts', 'src/new.ts');
    return openRepository(folder).then((repository) =>
      recallPast(repository, { change, until, portraits, cache }),
    );
  }

  test('is the same from git, from the cache, and from a cache brought up to date', async () => {
    const folder = repo(storyOf(60));
    const fresh = await recall(folder, false);
    const cache = temporaryFolder();
    await recall(folder, cache, id(folder, 'HEAD~7'));
    expect(await recall(folder, cache)).toEqual(fresh);
    expect(await recall(folder, cache)).toEqual(fresh);
    expect(fresh).toMatchObject({ changes: 60, gaps: [] });
    expect(fresh.scores).toHaveLength(60);
  });

  test('is kept in the git directory that work trees share', async () => {
    const folder = repo(storyOf(3));
    const tree = join(temporaryFolder(), 'tree');
    git(folder, 'worktree', 'add', '--quiet', '--detach', tree);
    await recall(tree, null);
    expect(readdirSync(join(folder, '.git', 'hallmonitor'))).toHaveLength(1);
  });

  test('is kept in a bare repository too', async () => {
    const folder = bareClone(repo(storyOf(3)));
    await recall(folder, null);
    expect(readdirSync(join(folder, 'hallmonitor'))).toHaveLength(1);
  });

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    [
      'altered',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 500 ? byte ^ 1 : byte))),
    ],
    ['emptied', () => Buffer.alloc(0)],
  ])('a cache file that was %s is ignored and written anew', async (_, spoil) => {
    const folder = repo(storyOf(20));
    const cache = temporaryFolder();
    const first = await recall(folder, cache);
    const file = join(cache, readdirSync(cache)[0] ?? '');
    const good = readFileSync(file);
    writeFileSync(file, spoil(good));
    expect(await recall(folder, cache)).toEqual(first);
    expect(readFileSync(file).equals(good)).toBe(true);
  });

  test('many readers at once write one whole file and leave no drafts', async () => {
    const folder = repo(storyOf(20));
    const cache = temporaryFolder();
    const all = await Promise.all(Array.from({ length: 6 }, () => recall(folder, cache)));
    for (const past of all) expect(past).toEqual(all[0]);
    expect(readdirSync(cache)).toHaveLength(1);
  });

  test('a cache that cannot be written changes nothing', async () => {
    const folder = repo(storyOf(5));
    const blocked = join(temporaryFolder(), 'file');
    writeFileSync(blocked, '');
    chmodSync(blocked, 0o400);
    expect((await recall(folder, blocked)).changes).toBe(5);
    expect(existsSync(join(blocked, 'x'))).toBe(false);
  });

  test('of a history that was rewritten is the new one', async () => {
    const folder = repo(storyOf(10));
    const cache = temporaryFolder();
    await recall(folder, cache);
    git(folder, 'checkout', '--quiet', '--detach', 'HEAD~4');
    git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'another way');
    expect(await recall(folder, cache)).toEqual(await recall(folder, false));
  });

  test('of a deepened clone is the longer one', async () => {
    const folder = shallowClone(repo(storyOf(10)), 4);
    const cache = temporaryFolder();
    const short = await recall(folder, cache);
    expect(short.changes).toBe(3);
    expect(short.gaps.map(({ what }) => what)).toEqual(['older history']);
    git(folder, 'fetch', '--quiet', '--unshallow');
    expect((await recall(folder, cache)).changes).toBe(10);
  });

  test('knows the author under the address the mailmap gives', async () => {
    const folder = repo(storyOf(6));
    writeFileSync(join(folder, '.mailmap'), 'Ann <ann@new.example> <ann@example.com>\n');
    const person = { name: 'Ann', email: 'Ann@example.com' };
    const commit = {
      sha: 's',
      parents: ['p'],
      author: person,
      committer: person,
      authoredAt: 0,
      committedAt: 0,
      message: 'x',
    };
    const past = await recallPast(await openRepository(folder), {
      change: { ...asking('src/1.ts'), commits: [commit] },
      until: id(folder),
      portraits,
      cache: false,
    });
    expect(past.people.get('ann@example.com')?.changes).toBe(2);
  });

  test('of a commit nobody has is a gap', async () => {
    const past = await recall(repo(storyOf(2)), false, '1'.repeat(40));
    expect(past).toMatchObject({ changes: 0, scores: [] });
    expect(past.gaps).toHaveLength(1);
  });
});
