import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  bareClone,
  checkOut,
  edit,
  emptyRepo,
  git,
  id,
  partialClone,
  repo,
  stage,
  storyEnvironment,
  temporaryFolder,
} from '../../../test/story.ts';
import {
  openRepository,
  ownIdentity,
  pathInRepository,
  readBlame,
  readFilesAt,
  readNotes,
  resolveCommit,
} from './git.ts';
import { fileReader } from './files.ts';
import { lookUp } from './objects.ts';
import { defaultBranch, isNoCommit, mergeBase, remotes, resolveCommits } from './refs.ts';
import { parseBlame } from './blame.ts';
import { unquote } from './unquote.ts';

describe('blame', () => {
  test('tells commit, place and path of each run of lines, through moves', async () => {
    const folder = repo([
      { files: { 'o"l\nd': 'a\nb\nc\n' }, as: 'one' },
      { by: 'Bob\t1', says: 'filename fake\n\n\tsubject', renames: { 'o"l\nd': 'new' }, as: 'two' },
      { files: { new: 'a\nB\nc\n\tfilename x\n' }, as: 'three' },
    ]);
    const repository = await openRepository(folder);
    expect(await readBlame(repository, 'new', 'HEAD')).toEqual({
      revision: id(folder),
      lines: ['a', 'B', 'c', '\tfilename x'],
      origins: [
        { from: 1, to: 1, commit: id(folder, 'one'), commitPath: 'o"l\nd', commitFrom: 1 },
        { from: 2, to: 2, commit: id(folder, 'three'), commitPath: 'new', commitFrom: 2 },
        { from: 3, to: 3, commit: id(folder, 'one'), commitPath: 'o"l\nd', commitFrom: 3 },
        { from: 4, to: 4, commit: id(folder, 'three'), commitPath: 'new', commitFrom: 4 },
      ],
    });
  });

  test.each([
    ['nope', 'git knows no file nope at HEAD'],
    ['d', 'git knows no file d at HEAD'],
    ['--help', 'git knows no file --help at HEAD'],
    ['../x', 'git gives no blame for ../x at HEAD: '],
  ])('has no answer for %s', async (path, said) => {
    const repository = await openRepository(repo([{ files: { a: '1\n', 'd/b': '2\n' } }]));
    await expect(readBlame(repository, path, 'HEAD')).rejects.toThrow(said);
  });

  test('reads any bytes', () => {
    expect(parseBlame(Buffer.from('\tx\n\0\n\n'))).toEqual({ lines: [], origins: [] });
  });

  test.each([
    ['plain', 'plain'],
    ['"a\\"b\\\\c\\n\\t\\303\\274"', 'a"b\\c\n\tü'],
    ['"', '"'],
    ['"ü\\x"', 'ü\\x'],
  ])('takes the quotes off %s', (quoted, path) => {
    expect(unquote(quoted)).toBe(path);
  });
});

describe('notes', () => {
  const story = [
    {
      files: { a: '1\n' },
      as: 'one',
      notes: { 'refs/notes/ai': 'first', 'refs/notes/other': 'o' },
    },
    { files: { a: '2\n' }, as: 'two', notes: 'sec\xf6nd\n' },
    { files: { a: '3\n' }, as: 'three' },
  ];

  test('of many commits are read at once, as they stand', async () => {
    const folder = repo(story);
    git(
      folder,
      'update-ref',
      `refs/ai/authorship/${id(folder, 'three')}`,
      git(folder, 'rev-parse', 'one:a'),
    );
    const repository = await openRepository(folder);
    const commits = ['one', 'two', 'three'].map((name) => id(folder, name));
    const notes = await readNotes(repository, commits, ['refs/notes/ai', 'refs/notes/none']);
    expect(notes.map(({ commit, ref, text }) => [commits.indexOf(commit), ref, text])).toEqual([
      [0, 'refs/notes/ai', 'first'],
      [1, 'refs/notes/ai', 'sec\xf6nd\n'],
      [2, 'refs/ai/authorship/', '1\n'],
    ]);
    expect(await readNotes(repository, [], ['refs/notes/ai'])).toEqual([]);
  });

  test('are found where git spread them over folders', async () => {
    const folder = repo(story);
    const [one, note] = [id(folder, 'one'), git(folder, 'rev-parse', 'one:a')];
    const spread = `${one.slice(0, 2)}/${one.slice(2, 4)}/${one.slice(4)}`;
    const stream = `commit refs/notes/deep\ncommitter A <a> 0 +0000\ndata 0\nM 100644 ${note} ${spread}\n`;
    spawnSync('git', ['fast-import', '--quiet'], {
      cwd: folder,
      env: storyEnvironment,
      input: stream,
    });
    const notes = await readNotes(await openRepository(folder), [one], ['refs/notes/deep']);
    expect(notes).toEqual([{ commit: one, ref: 'refs/notes/deep', text: '1\n' }]);
  });
});

describe('files beside the change', () => {
  const story = [{ files: { CODEOWNERS: '* @a\n', 'a/b': 'deep\n', bytes: new Uint8Array([0]) } }];

  test('are read from a commit, the index or the work tree', async () => {
    const folder = checkOut(repo(story));
    stage(folder, { CODEOWNERS: 'staged\n' });
    edit(folder, { CODEOWNERS: 'edited\n', link: { mode: '120000', text: '/etc/passwd' } });
    const repository = await openRepository(folder);
    const paths = ['CODEOWNERS', 'a/b', 'none', 'link', '../x', '.git/config', 'a\nb'];
    for (const [state, expected] of [
      [id(folder), ['* @a\n', 'deep\n', null, null, null, null, null]],
      ['index', ['staged\n', 'deep\n', null, null, null, null, null]],
      ['worktree', ['edited\n', 'deep\n', null, null, null, null, null]],
      [null, [null, null, null, null, null, null, null]],
    ] as const) {
      const files = await readFilesAt(repository, state, paths);
      expect(paths.map((path) => files.get(path))).toEqual(expected);
      expect(paths.map(fileReader(repository, state))).toEqual(expected);
    }
    expect(fileReader(repository, id(folder))('bytes')).toBe(null);
  });

  test('outside the work tree are not read through a linked folder', async () => {
    const folder = checkOut(repo(story));
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret'), 's');
    edit(folder, { linked: { mode: '120000', text: outside } });
    const repository = await openRepository(folder);
    expect(fileReader(repository, 'worktree')('linked/secret')).toBe(null);
  });

  test('missing from a partial clone are null', async () => {
    const folder = partialClone(repo(story), ['HEAD:CODEOWNERS']);
    const repository = await openRepository(folder);
    const read = fileReader(repository, id(folder));
    expect([read('CODEOWNERS'), read('a/b')]).toEqual(['* @a\n', null]);
  });

  test.each([
    ['x.ts', '/r/sub', 'sub/x.ts'],
    ['../x.ts', '/r/sub', 'x.ts'],
    ['/r/x.ts', '/elsewhere', 'x.ts'],
    ['../../x', '/r/sub', null],
    ['/etc/passwd', '/r', null],
    ['..x', '/r', '..x'],
  ])('%s typed in %s is %s', async (typed, folder, expected) => {
    const repository = await openRepository(checkOut(repo(story)));
    expect(pathInRepository({ ...repository, workTree: '/r' }, typed, folder)).toBe(expected);
  });
});

describe('names of commits', () => {
  test('are resolved many at once, and one that git dies of takes no other with it', async () => {
    const folder = repo([
      { files: {}, as: 'one' },
      { files: {}, as: 'two' },
    ]);
    const repository = await openRepository(folder);
    const [one, poison, two] = await Promise.all([
      resolveCommits(repository, ['one', 'none']),
      resolveCommits(repository, ['HEAD@{upstream}']),
      resolveCommits(repository, ['two', 'HEAD~1', 'HEAD^{tree}']),
    ]);
    expect(one).toEqual([id(folder, 'one'), null]);
    expect(poison).toEqual([null]);
    expect(two).toEqual([id(folder, 'two'), id(folder, 'one'), null]);
    expect(await resolveCommit(repository, 'two')).toBe(id(folder, 'two'));
    await expect(resolveCommit(repository, 'three')).rejects.toThrow('no commit "three"');
  });

  test('that are not there are quick to miss in a partial clone', async () => {
    const repository = await openRepository(partialClone(repo([{ files: { a: '1' } }])));
    const names = Array.from({ length: 500 }, (_, index) => index.toString(16).padStart(40, '1'));
    expect(await lookUp(repository.objects, names)).toEqual(names.map(() => null));
  });

  test('meet, or do not', async () => {
    const folder = repo([
      { files: {} },
      { branch: 'x', from: null, files: {}, says: 'Other' },
      { branch: 'y', from: 'main', files: {} },
    ]);
    const repository = await openRepository(folder);
    expect(await mergeBase(repository, 'main', 'y')).toBe(id(folder, 'main'));
    expect(await mergeBase(repository, 'main', 'x')).toBe(null);
  });

  test.each([
    ['0'.repeat(40), true],
    ['0'.repeat(64), true],
    ['0'.repeat(39), false],
    [`${'0'.repeat(39)}1`, false],
  ])('%s stands for no commit: %s', (name, expected) => {
    expect(isNoCommit(name)).toBe(expected);
  });
});

describe('settings', () => {
  test('tell who works here, and remotes without their passwords', async () => {
    const folder = repo([{ files: {} }]);
    git(folder, 'config', 'user.name', 'Ann');
    git(folder, 'config', 'user.email', 'ann@example.com');
    git(folder, 'config', 'remote.o=d.d.url', 'https://user:secret@example.com/x.git');
    const repository = await openRepository(folder);
    expect(ownIdentity(repository).email).toBe('ann@example.com');
    expect([...remotes(repository)]).toEqual([['o=d.d', 'https://example.com/x.git']]);
  });

  test('tell the default branch of a server', async () => {
    const folder = repo([
      { branch: 'trunk', files: {} },
      { branch: 'main', files: {} },
    ]);
    git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/trunk');
    const bare = await openRepository(bareClone(folder));
    expect((await defaultBranch(bare))?.name).toBe('refs/heads/trunk');
  });
});

describe('inside a hook', () => {
  // The hook runs a program of its own, as it does in life: git tells it where it is by its environment.
  function program(request: string): string {
    return `import { openRepository, readChange } from ${JSON.stringify(join(import.meta.dirname, 'git.ts'))};
import { writeFileSync, readFileSync } from 'node:fs';
const repository = await openRepository();
const input = ${request.includes('input') ? "readFileSync(0, 'utf8')" : "''"};
const change = await readChange(repository, ${request});
writeFileSync(process.env.ANSWER, JSON.stringify(change.files.map((file) => [file.path, file.after])));
`;
  }

  function install(folder: string, hook: string, request: string): string {
    const place = temporaryFolder();
    writeFileSync(join(place, 'program.ts'), program(request));
    const hooks = join(folder, git(folder, 'rev-parse', '--git-dir'), 'hooks');
    spawnSync('mkdir', ['-p', hooks]);
    const answer = join(place, 'answer');
    const script = `#!/bin/sh\nANSWER='${answer}' exec '${process.execPath}' '${join(place, 'program.ts')}'\n`;
    writeFileSync(join(hooks, hook), script, { mode: 0o755 });
    return answer;
  }

  test('before a commit of single files, the index is the one git made for it', async () => {
    const folder = checkOut(repo([{ files: { a: '1\n', b: '1\n' } }]));
    const answer = install(folder, 'pre-commit', `{ kind: 'staged' }`);
    stage(folder, { a: '2\n' });
    edit(folder, { b: '2\n' });
    git(folder, 'commit', '--quiet', '--message=Only b', '--', 'b');
    expect(JSON.parse(readFileSync(answer, 'utf8'))).toEqual([['b', '2\n']]);
  });

  test('before a push is received, its objects are seen in their quarantine', async () => {
    const folder = checkOut(repo([{ files: { a: '1\n' } }]));
    const server = bareClone(folder);
    const answer = install(
      server,
      'pre-receive',
      `{ kind: 'pushed', base: input.split(' ')[0], head: input.split(' ')[1] }`,
    );
    stage(folder, { a: '2\n', b: 'new\n' });
    git(folder, 'commit', '--quiet', '--message=Push');
    git(folder, 'push', '--quiet', server, 'HEAD:main');
    expect(JSON.parse(readFileSync(answer, 'utf8'))).toEqual([
      ['a', '2\n'],
      ['b', 'new\n'],
    ]);
  });
});

test.each([
  ['HEAD', 'there is no commit yet on main'],
  ['main', 'there is no commit yet on main'],
  ['HEAD~1', 'git knows no commit "HEAD~1" here'],
])('says of a repository without commits that %s is none', async (name, said) => {
  const repository = await openRepository(emptyRepo());
  await expect(resolveCommit(repository, name)).rejects.toThrow(said);
});
