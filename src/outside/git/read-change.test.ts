import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bareClone,
  checkOut,
  edit,
  emptyRepo,
  git,
  id,
  loseObjects,
  partialClone,
  repo,
  shallowClone,
  stage,
  temporaryFolder,
} from '../../../test/story.ts';
import type { Change } from '../../change/change.ts';
import { addedLines } from '../../change/change.ts';
import { openRepository, readChange } from './git.ts';
import type { ChangeRequest } from './git.ts';

async function read(folder: string, request: ChangeRequest | string): Promise<Change> {
  const repository = await openRepository(folder);
  return readChange(repository, typeof request === 'string' ? typed(request) : request);
}

function typed(text: string): ChangeRequest {
  return { kind: 'typed', text };
}

/** The files of a change, one line each. */
function told(change: Change): readonly string[] {
  return change.files.map(
    ({ status, content, path, oldPath, added, deleted, unread }) =>
      `${status} ${content === 'text' ? '' : `${content} `}${path}` +
      `${oldPath === path ? '' : ` from ${oldPath}`} +${added} -${deleted}${unread === null ? '' : ` (${unread})`}`,
  );
}

const pull = [
  { files: { 'cart.ts': 'a\nb\nc\n', 'old.ts': 'x\n' } },
  { branch: 'pr', by: 'Bob', says: 'One', files: { 'cart.ts': 'a\nB\nc\n' } },
  { branch: 'pr', by: 'Cleo', says: 'Two', files: { 'cart.ts': 'a\nB\nc\nd\n' } },
  { branch: 'main', files: { 'other.ts': 'main went on\n' } },
];

describe('a range', () => {
  test('is what the branch adds since it left its base', async () => {
    const folder = repo(pull);
    const change = await read(folder, 'main..pr');
    expect(told(change)).toEqual(['modified cart.ts +2 -1']);
    expect(change.base).toBe(id(folder, 'main~1'));
    expect(change.head).toBe(id(folder, 'pr'));
    expect(change.commits.map((commit) => commit.message)).toEqual(['One', 'Two']);
    expect(change.files[0]).toMatchObject({
      before: 'a\nb\nc\n',
      after: 'a\nB\nc\nd\n',
      hunks: [
        { oldStart: 2, newStart: 2, removed: ['b'], added: ['B'] },
        { oldStart: 4, newStart: 4, removed: [], added: ['d'] },
      ],
      origins: [
        { from: 2, to: 2, commit: id(folder, 'pr~1'), commitPath: 'cart.ts', commitFrom: 2 },
        { from: 4, to: 4, commit: id(folder, 'pr'), commitPath: 'cart.ts', commitFrom: 4 },
      ],
    });
    expect(change.gaps).toEqual([]);
  });

  test.each(['main...pr', 'main..pr', 'refs/heads/main..pr'])(
    'may be typed as %s',
    async (text) => {
      expect(told(await read(repo(pull), text))).toEqual(['modified cart.ts +2 -1']);
    },
  );

  test.each([
    ['main..nope', 'git knows no commit "nope"'],
    ['nope', 'git knows no commit "nope"'],
    ['--output=pwned..pr', 'cannot be a commit'],
    ['main..--output=pwned', 'cannot be a commit'],
    ['a..b..c', 'cannot be a commit'],
    ['x\ny', 'cannot be a commit'],
  ])('%s is refused', async (text, why) => {
    const folder = repo(pull);
    await expect(read(folder, text)).rejects.toThrow(why);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  test('of two histories that never meet compares the ends, and says so', async () => {
    const folder = repo([
      { files: { a: '1\n' } },
      { branch: 'x', from: null, files: { b: '1\n' } },
    ]);
    const change = await read(folder, 'main..x');
    expect(told(change)).toEqual(['renamed b from a +0 -0']);
    expect(change.gaps[0]?.why).toContain('no commit in common');
  });
});

describe('one commit', () => {
  test('is compared with its parent', async () => {
    const change = await read(repo(pull), 'pr');
    expect(told(change)).toEqual(['modified cart.ts +1 -0']);
    expect(change.commits.map((commit) => commit.message)).toEqual(['Two']);
  });

  test('may be the first', async () => {
    const folder = repo(pull);
    const change = await read(folder, 'main~1');
    expect(change.base).toBe(null);
    expect(change.commits.length).toBe(1);
    expect(told(change)).toEqual(['added cart.ts +3 -0', 'added old.ts +1 -0']);
    expect(change.files[0]?.origins[0]?.commit).toBe(id(folder, 'main~1'));
  });

  test('carries people, dates and message untouched', async () => {
    const folder = repo(
      [
        {
          by: 'Zoë "Z" <x',
          email: 'zoe@example.com',
          committer: { name: 'GitHub', email: 'noreply@github.com' },
          says: 'Subject\r\n\r\nBody\r\n\r\nCo-authored-by: X <x@y>\r\n',
          at: 1_700_000_000,
          files: { a: '' },
        },
      ].map((step) => ({ ...step, by: 'Zoë' })),
    );
    const { commits } = await read(folder, 'HEAD');
    expect(commits).toEqual([
      {
        sha: id(folder),
        parents: [],
        author: { name: 'Zoë', email: 'zoe@example.com' },
        committer: { name: 'GitHub', email: 'noreply@github.com' },
        authoredAt: 1_700_000_000,
        committedAt: 1_700_000_000,
        message: 'Subject\r\n\r\nBody\r\n\r\nCo-authored-by: X <x@y>\r\n',
      },
    ]);
  });

  test('may be told in another encoding', async () => {
    const says = Buffer.from('caf\xe9', 'latin1');
    const folder = repo([
      { says, encoding: 'ISO-8859-1', files: { a: '' } },
      { says, files: { a: '1' } },
    ]);
    expect((await read(folder, 'HEAD~1')).commits[0]?.message).toBe('café');
    expect((await read(folder, 'HEAD')).commits[0]?.message).toBe('café');
  });
});

describe('a merge', () => {
  const story = [
    { files: { 'a.ts': '1\n2\n3\n', 'b.ts': 'b\n' }, as: 'root' },
    { branch: 'pr', from: 'main', files: { 'a.ts': '1\npr\n3\n', 'new.ts': 'n\n' }, as: 'theirs' },
    { branch: 'main', files: { 'a.ts': '1\nmain\n3\n' }, as: 'ours' },
    {
      says: 'Merge',
      merge: 'pr',
      as: 'merge',
      files: { 'a.ts': '1\nmain and pr\n3\n', 'new.ts': 'n\n', 'evil.ts': 'slipped in\n' },
    },
  ];

  test('is what it lands on its first parent, and shows what it adds itself', async () => {
    const folder = repo(story);
    const change = await read(folder, { kind: 'commit', commit: 'merge' });
    expect(change.base).toBe(id(folder, 'ours'));
    expect(told(change)).toEqual([
      'modified a.ts +1 -1',
      'added evil.ts +1 -0',
      'added new.ts +1 -0',
    ]);
    const [a, evil, added] = change.files.map((file) =>
      file.origins.map((origin) => origin.commit),
    );
    expect(a).toEqual([id(folder, 'merge')]);
    expect(evil).toEqual([id(folder, 'merge')]);
    expect(added).toEqual([id(folder, 'theirs')]);
    expect(change.commits.map((commit) => commit.sha)).toEqual([
      id(folder, 'theirs'),
      id(folder, 'merge'),
    ]);
  });

  test('of the base into the branch adds nothing of the base', async () => {
    const folder = repo([
      { files: { 'a.ts': '1\n2\n3\n4\n5\n' } },
      {
        branch: 'pr',
        from: 'main',
        says: 'Mine',
        files: { 'a.ts': '1\n2\n3\n4\n5\nmine\n' },
        as: 'mine',
      },
      { branch: 'main', files: { 'a.ts': 'theirs\n1\n2\n3\n4\n5\n', 'z.ts': 'theirs\n' } },
      {
        branch: 'pr',
        merge: 'main',
        files: { 'a.ts': 'theirs\n1\n2\n3\n4\n5\nmine\n', 'z.ts': 'theirs\n' },
      },
      { branch: 'main', files: { 'later.ts': 'x\n' } },
    ]);
    const change = await read(folder, 'main..pr');
    expect(told(change)).toEqual(['modified a.ts +1 -0']);
    expect(change.files[0]?.origins).toEqual([
      { from: 7, to: 7, commit: id(folder, 'mine'), commitPath: 'a.ts', commitFrom: 6 },
    ]);
  });
});

describe('every kind of file', () => {
  const text = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');

  test('is told as what it is', async () => {
    const folder = repo([
      {
        files: {
          'gone.ts': 'x\n',
          'moved.ts': text,
          'copied.ts': `${text}y\n`,
          'run.sh': 'sh\n',
          file: 'was a file\n',
          bytes: new Uint8Array([0, 1]),
          sub: { mode: '160000', text: '1'.repeat(40) },
          link: { mode: '120000', text: 'a' },
        },
      },
      {
        files: {
          'gone.ts': null,
          'copied.ts': `${text}z\n`,
          'copy of copied.ts': `${text}y\n`,
          'run.sh': { mode: '100755', text: 'sh\n' },
          file: { mode: '120000', text: 'target' },
          bytes: new Uint8Array([0, 2]),
          sub: { mode: '160000', text: '2'.repeat(40) },
          link: { mode: '120000', text: 'b' },
          empty: '',
        },
        renames: { 'moved.ts': 'here/moved.ts' },
      },
    ]);
    const change = await read(folder, 'HEAD');
    expect([...told(change)].sort()).toEqual([
      'added empty +0 -0',
      'copied copy of copied.ts from copied.ts +0 -0',
      'deleted gone.ts +0 -1',
      'modified binary bytes +0 -0',
      'modified copied.ts +1 -1',
      'modified run.sh +0 -0',
      'modified submodule sub +1 -1',
      'modified symlink link +1 -1',
      'renamed here/moved.ts from moved.ts +0 -0',
      'retyped symlink file +1 -1',
    ]);
    expect(change.files.find((file) => file.path === 'run.sh')).toMatchObject({
      oldMode: '100644',
      newMode: '100755',
    });
    expect(change.files.find((file) => file.path === 'bytes')).toMatchObject({
      before: null,
      after: null,
      unread: null,
    });
    expect(change.gaps).toEqual([]);
  });

  test('keeps its bytes: other line ends, no last line end, Latin-1, byte order mark', async () => {
    const latin = Buffer.from('caf\xe9\nna\xefve\n', 'latin1');
    const folder = repo([
      { files: { crlf: 'a\r\nb\r\n', open: 'a', latin: 'cafe\n', bom: '\uFEFFa\n' } },
      { files: { crlf: 'a\r\nc\r\n', open: 'b', latin, bom: '\uFEFFb\n' } },
    ]);
    const { files } = await read(folder, 'HEAD');
    expect(files.map((file) => [file.path, file.after, file.hunks[0]?.added])).toEqual([
      ['bom', '\uFEFFb\n', ['\uFEFFb']],
      ['crlf', 'a\r\nc\r\n', ['c\r']],
      ['latin', 'café\nnaïve\n', ['café', 'naïve']],
      ['open', 'b', ['b']],
    ]);
  });

  test('may have any name', async () => {
    const names = ['a b', 'q"uote', 'new\nline', 't\tab', '-dash', ':(top)x', 'ü', '*', 'a/..b/c'];
    const files = Object.fromEntries(names.map((name) => [name, `${JSON.stringify(name)}\n`]));
    const folder = repo([{ files: { z: '' } }, { files }]);
    const change = await read(folder, 'HEAD');
    expect(new Set(change.files.map((file) => file.path))).toEqual(new Set(names));
    for (const file of change.files) {
      expect(file.after).toBe(`${JSON.stringify(file.path)}\n`);
      expect(file.origins).toMatchObject([{ from: 1, to: 1, commit: id(folder) }]);
    }
  });

  test('too large to read is named', async () => {
    const folder = repo([{ files: { 'big.txt': 'x'.repeat(5_000_001), 'small.txt': 'x\n' } }]);
    const change = await read(folder, 'HEAD');
    expect(change.files[0]).toMatchObject({ after: null, unread: 'it is larger than 5 MB' });
    expect(change.files[0]?.added).toBe(1);
    expect(change.gaps).toEqual([{ what: 'big.txt', why: 'it is larger than 5 MB' }]);
  });
});

test('a very large change is read whole', async () => {
  function many(version: number): Record<string, string> {
    return Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [
        `d${index % 50}/f${index}`,
        `${index} ${version}\n`,
      ]),
    );
  }
  const long = Array.from({ length: 200_000 }, (_, index) => `line ${index}\n`).join('');
  const folder = repo([{ files: many(1) }, { files: { ...many(2), 'long.txt': long } }]);
  const change = await read(folder, 'HEAD');
  expect(change.gaps).toEqual([]);
  expect(change.files.length).toBe(5001);
  expect(change.files.reduce((sum, file) => sum + file.added, 0)).toBe(205_000);
  expect(change.files.find(({ path }) => path === 'long.txt')?.after).toBe(long);
});

describe('attributes', () => {
  const attributes = 'gen/** linguist-generated\ndocs/* linguist-vendored=true\n*.sql -diff\n';

  test('of the starting tree say what is generated, at any depth', async () => {
    const folder = repo([
      {
        files: {
          '.gitattributes': attributes,
          'sub/.gitattributes': 'x.ts linguist-generated=true\n',
        },
      },
      { files: { 'gen/a.ts': 'a\n', 'docs/b.ts': 'b\n', 'sub/x.ts': 'x\n', 'sub/y.ts': 'y\n' } },
    ]);
    for (const place of [folder, bareClone(folder)]) {
      const { files } = await read(place, 'HEAD');
      expect(files.map((file) => [file.path, file.generated])).toEqual([
        ['docs/b.ts', 'vendored'],
        ['gen/a.ts', 'generated'],
        ['sub/x.ts', 'generated'],
        ['sub/y.ts', null],
      ]);
    }
  });

  test('that the change itself brings excuse nothing', async () => {
    const folder = checkOut(
      repo([
        { files: { 'gen/a.ts': 'a\n', 'x.sql': 'a\n' } },
        { files: { '.gitattributes': attributes, 'gen/a.ts': 'b\n', 'x.sql': 'DROP\n' } },
      ]),
    );
    const { files } = await read(folder, 'HEAD');
    expect(files.find((file) => file.path === 'gen/a.ts')?.generated).toBe(null);
    expect(files.find((file) => file.path === 'x.sql')).toMatchObject({
      content: 'text',
      hunks: [{ removed: ['a'], added: ['DROP'] }],
    });
  });
});

describe('what is not committed', () => {
  test('is what is staged, and only that', async () => {
    const folder = checkOut(repo(pull), 'main');
    stage(folder, { 'cart.ts': 'a\nstaged\nc\n', 'new.ts': 'n\n', 'old.ts': null });
    edit(folder, { 'cart.ts': 'a\nedited\nc\n', 'untracked.ts': 'u\n' });
    const change = await read(folder, { kind: 'staged' });
    expect(change.base).toBe(id(folder));
    expect(told(change)).toEqual([
      'modified cart.ts +1 -1',
      'added new.ts +1 -0',
      'deleted old.ts +0 -1',
    ]);
    expect(change.files[0]).toMatchObject({
      after: 'a\nstaged\nc\n',
      origins: [{ from: 2, to: 2, commit: null, commitFrom: 2 }],
    });
  });

  test('is everything in the work tree but what is ignored', async () => {
    const folder = checkOut(repo(pull), 'main');
    stage(folder, { 'cart.ts': 'a\nstaged\nc\n', 'bytes.bin': new Uint8Array([0, 1]) });
    edit(folder, {
      'cart.ts': 'a\nedited\nc',
      '.gitignore': 'secret\n',
      secret: 's\n',
      'dir/untracked\n.ts': 'u\n',
      link: { mode: '120000', text: '/etc/passwd' },
      'run.sh': { mode: '100755', text: 'sh\n' },
    });
    const change = await read(folder, { kind: 'worktree' });
    expect([...told(change)].sort()).toEqual([
      'added .gitignore +1 -0',
      'added binary bytes.bin +0 -0',
      'added dir/untracked\n.ts +1 -0',
      'added run.sh +1 -0',
      'added symlink link +1 -0',
      'modified cart.ts +2 -2',
    ]);
    expect(change.files.find((file) => file.path === 'cart.ts')?.after).toBe('a\nedited\nc');
    expect(change.files.find((file) => file.path === 'link')?.after).toBe('/etc/passwd');
    expect(change.files.find((file) => file.path === 'run.sh')?.newMode).toBe('100755');
  });

  test('ignores files that were only touched, and line ends that git would convert', async () => {
    const folder = checkOut(repo(pull), 'main');
    git(folder, 'config', 'core.autocrlf', 'input');
    edit(folder, { 'old.ts': 'x\n', 'cart.ts': 'a\r\nB\r\nc\r\n' });
    const change = await read(folder, { kind: 'worktree' });
    expect(told(change)).toEqual(['modified cart.ts +1 -1']);
    expect(change.files[0]?.after).toBe('a\nB\nc\n');
  });

  test('may be all there is', async () => {
    const folder = stage(emptyRepo(), { 'a.ts': 'a\n' });
    edit(folder, { 'b.ts': 'b\n' });
    expect(told(await read(folder, { kind: 'staged' }))).toEqual(['added a.ts +1 -0']);
    expect(told(await read(folder, { kind: 'worktree' }))).toEqual([
      'added a.ts +1 -0',
      'added b.ts +1 -0',
    ]);
    const change = await read(folder, { kind: 'default' });
    expect(told(change)).toEqual(['added a.ts +1 -0']);
    expect(change.base).toBe(null);
    expect(change.gaps[0]?.why).toContain('none yet');
  });

  test('with an unresolved conflict says so', async () => {
    const folder = checkOut(
      repo([
        { files: { a: '1\n' } },
        { branch: 'x', from: 'main', files: { a: 'x\n' } },
        { branch: 'main', files: { a: 'm\n' } },
      ]),
      'main',
    );
    expect(() => git(folder, 'merge', 'x')).toThrow('git merge');
    expect((await read(folder, { kind: 'staged' })).gaps).toEqual([
      { what: 'a', why: 'its merge conflict is not resolved' },
    ]);
    // On the disk the conflict is text like any other, for the guards to see.
    const { files } = await read(folder, { kind: 'worktree' });
    expect(files[0]?.after).toBe('<<<<<<< HEAD\nm\n=======\nx\n>>>>>>> x\n');
  });

  test('cannot be asked of a bare repository', async () => {
    await expect(read(bareClone(repo(pull)), { kind: 'staged' })).rejects.toThrow(
      'bare repository',
    );
  });

  test('names nested repositories instead of reading them', async () => {
    const folder = checkOut(repo(pull), 'main');
    git(folder, 'init', '--quiet', 'nested');
    writeFileSync(join(folder, 'nested', 'x'), 'x');
    const { gaps } = await read(folder, { kind: 'worktree' });
    expect(gaps).toEqual([{ what: 'nested/', why: 'it is a repository of its own' }]);
  });
});

describe('without being told, the change is', () => {
  test('what the branch adds to the usual main branch', async () => {
    const folder = checkOut(repo(pull), 'pr');
    expect((await read(folder, { kind: 'default' })).commits.length).toBe(2);
  });

  test('the last commit on the main branch itself', async () => {
    const folder = checkOut(repo(pull), 'main');
    expect(told(await read(folder, { kind: 'default' }))).toEqual(['added other.ts +1 -0']);
  });

  test('what was not pushed, on a branch that follows the server', async () => {
    const server = repo(pull);
    git(server, 'checkout', '--quiet', '--force', 'main');
    const folder = shallowClone(server, 50);
    stage(folder, { 'mine.ts': 'm\n' });
    git(folder, 'commit', '--quiet', '-m', 'Mine');
    expect(told(await read(folder, { kind: 'default' }))).toEqual(['added mine.ts +1 -0']);
  });

  test('compared with the main branch, not with its own copy on the server', async () => {
    const server = repo(pull);
    git(server, 'checkout', '--quiet', '--force', 'main');
    const folder = shallowClone(server, 50);
    git(folder, 'checkout', '--quiet', '-b', 'pr', 'origin/pr');
    expect((await read(folder, { kind: 'default' })).commits.length).toBe(2);
    git(folder, 'checkout', '--quiet', '--detach');
    expect((await read(folder, { kind: 'default' })).commits.length).toBe(2);
  });

  test('without what is not committed, which is mentioned', async () => {
    const folder = edit(checkOut(repo(pull), 'pr'), { 'cart.ts': 'changed\n' });
    expect((await read(folder, { kind: 'default' })).gaps[0]?.what).toBe('uncommitted changes');
  });

  test('a range from the end of a push', async () => {
    const folder = repo(pull);
    const all = await read(folder, { kind: 'pushed', base: null, head: id(folder, 'pr') });
    expect([all.base, all.commits.length, all.files.length]).toEqual([null, 3, 2]);
    const some = await read(folder, {
      kind: 'pushed',
      base: id(folder, 'pr~1'),
      head: id(folder, 'pr'),
    });
    expect(told(some)).toEqual(['modified cart.ts +1 -0']);
  });
});

describe('a repository that lacks something', () => {
  test('because it is shallow says what is cut off', async () => {
    const folder = shallowClone(repo(pull.slice(0, 3)));
    const change = await read(folder, { kind: 'default' });
    expect(change.files).toEqual([]);
    expect(change.commits.length).toBe(1);
    expect(change.gaps[0]?.why).toContain('shallow clone');
  });

  test('because it is partial names what was not read and judges the rest', async () => {
    const source = repo([
      { files: { 'a.ts': 'a\n', 'b.ts': 'b\n', 'old.ts': 'same\n' } },
      { files: { 'a.ts': 'A\n', 'b.ts': 'B\n' }, renames: { 'old.ts': 'new.ts' } },
    ]);
    const folder = partialClone(source, ['HEAD:a.ts', 'HEAD~1:a.ts']);
    const change = await read(folder, 'HEAD');
    const why = 'its content is missing from this clone';
    expect(told(change)).toEqual([
      'modified a.ts +1 -1',
      `modified b.ts +0 -0 (${why})`,
      `renamed new.ts from old.ts +0 -0 (${why})`,
    ]);
    expect(change.files[0]?.origins.length).toBe(1);
    expect(change.gaps).toEqual([{ what: 'b.ts, new.ts', why }]);
  });

  test('because objects were lost is no different', async () => {
    const folder = repo([{ files: { a: '1\n', b: '2\n' } }, { files: { a: '3\n', b: '4\n' } }]);
    loseObjects(folder, ['HEAD:b']);
    const change = await read(folder, 'HEAD');
    expect(told(change)[0]).toBe('modified a +1 -1');
    expect(told(change)[1]).toContain('missing');
  });

  test('because trees or parents were lost is a gap, not a crash', async () => {
    const trees = loseObjects(repo(pull), ['pr^{tree}']);
    expect((await read(trees, 'pr')).gaps[0]?.what).toBe('the whole change');
    const folder = repo(pull);
    const parents = loseObjects(folder, ['pr~1']);
    const change = await read(parents, id(parents, 'pr'));
    expect(change.files).toEqual([]);
    expect(change.gaps[0]?.why).toContain('missing');
  });

  test('cannot trace lines through lost intermediate files, and says so', async () => {
    const folder = repo([
      { files: { a: '1\n' } },
      { branch: 'pr', files: { a: '2\n' } },
      { branch: 'pr', files: { a: '3\n' } },
    ]);
    loseObjects(folder, ['pr~1:a']);
    const change = await read(folder, 'main..pr');
    expect(told(change)).toEqual(['modified a +1 -1']);
    expect(change.files[0]?.origins).toEqual([]);
    expect(change.gaps[0]?.what).toBe('which commit wrote which line');
  });
});

describe('a repository is found', () => {
  test('from a subfolder, in a linked work tree, and without a work tree', async () => {
    const folder = checkOut(repo(pull), 'main');
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    const linked = join(temporaryFolder(), 'linked');
    git(folder, 'worktree', 'add', '--quiet', linked, 'pr');
    expect((await read(join(folder, 'deep', 'er'), 'pr')).files.length).toBe(1);
    expect(told(await read(linked, { kind: 'default' }))).toEqual(['modified cart.ts +2 -1']);
    stage(linked, { 'linked.ts': 'l\n' });
    expect(told(await read(linked, { kind: 'staged' }))).toEqual(['added linked.ts +1 -0']);
    expect((await read(bareClone(folder), 'main..pr')).files.length).toBe(1);
    git(folder, 'worktree', 'remove', '--force', linked);
  });

  test.each(['/', '/does/not/exist'])('but not in %s', async (folder) => {
    await expect(openRepository(folder)).rejects.toThrow('not in a git repository');
  });
});

test('with a hostile configuration nothing of it runs', async () => {
  const folder = checkOut(
    repo([
      { files: { '.gitattributes': '* filter=evil diff=evil merge=evil\n', 'a.txt': '1\n' } },
      { branch: 'pr', files: { 'a.txt': '2\n' } },
      { branch: 'main', files: { 'b.txt': '2\n' } },
      { branch: 'pr', merge: 'main', files: { 'b.txt': '2\n', 'c.txt': '3\n' } },
    ]),
    'pr',
  );
  const trap = join(folder, '.git', 'ran');
  const command = `echo ran >> ${trap}; cat`;
  for (const name of [
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.sshCommand',
    'diff.external',
    'diff.evil.command',
    'diff.evil.textconv',
    'filter.evil.clean',
    'filter.evil.smudge',
    'filter.evil.process',
    'merge.evil.driver',
    'gpg.program',
    'credential.helper',
  ])
    git(folder, 'config', name, name === 'filter.evil.process' ? `sh -c '${command}'` : command);
  git(folder, 'config', 'log.showSignature', 'true');
  git(folder, 'config', 'filter.evil.required', 'true');
  for (const [name, value] of [
    ['color.ui', 'always'],
    ['diff.context', '7'],
    ['diff.interHunkContext', '50'],
    ['diff.noprefix', 'true'],
    ['diff.submodule', 'log'],
    ['diff.renames', 'false'],
    ['diff.algorithm', 'patience'],
    ['diff.relative', 'true'],
    ['log.showRoot', 'false'],
    ['log.diffMerges', 'off'],
    ['log.follow', 'true'],
    ['format.pretty', 'fuller'],
    ['core.quotePath', 'true'],
  ] as const)
    git(folder, 'config', name, value);
  symlinkSync('/bin/sh', join(folder, '.git', 'hooks'));
  edit(folder, { 'a.txt': 'worktree\n', 'new.txt': 'n\n' });
  const requests: readonly ChangeRequest[] = [
    { kind: 'default' },
    { kind: 'staged' },
    { kind: 'worktree' },
    { kind: 'commit', commit: 'pr' },
    typed('main..pr'),
  ];
  for (const request of requests) {
    const { files } = await read(folder, request);
    for (const file of files) expect(file.hunks.length).toBe(addedLines(file).length > 0 ? 1 : 0);
  }
  expect(told(await read(folder, { kind: 'worktree' }))).toEqual([
    'modified a.txt +1 -1',
    'added new.txt +1 -0',
  ]);
  expect(existsSync(trap)).toBe(false);
});
