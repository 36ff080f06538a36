import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/story.ts';
import type { FileChange } from '../../change/change.ts';
import { readTrees, treeReader } from './trees.ts';

function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function told(before: string, after: string): readonly string[] {
  return readTrees(before, after).files.map(
    ({ status, path, oldPath, added, deleted }: FileChange) =>
      `${status} ${path}${oldPath === path ? '' : ` from ${oldPath}`} +${added} -${deleted}`,
  );
}

const body = 'one\ntwo\nthree\nfour\n';

test.each([
  ['an empty before', {}, { 'a.ts': 'x\n' }, ['added a.ts +1 -0']],
  ['a deletion', { 'a.ts': 'x\n' }, {}, ['deleted a.ts +0 -1']],
  ['an edit', { 'a.ts': 'x\ny\n' }, { 'a.ts': 'x\nz\n' }, ['modified a.ts +1 -1']],
  ['no difference', { 'a.ts': 'x\n' }, { 'a.ts': 'x\n' }, []],
  ['a file that moved', { 'a.ts': body }, { 'b/c.ts': body }, ['renamed b/c.ts from a.ts +0 -0']],
  [
    'a file that moved and changed',
    { 'a.ts': body },
    { 'c.ts': `${body}five\n` },
    ['renamed c.ts from a.ts +1 -0'],
  ],
  [
    'a binary file',
    { 'a.bin': 'x' },
    { 'a.bin': new Uint8Array([0, 1]) },
    ['modified a.bin +0 -0'],
  ],
  [
    'names with blanks, quotes and line ends',
    {},
    { 'a "b"\nc.ts': 'x\n' },
    ['added a "b"\nc.ts +1 -0'],
  ],
])('two trees tell %s', (_, before, after, expected) => {
  expect(told(tree(before), tree(after))).toEqual(expected);
});

test('links are read as links and never followed out of the tree', () => {
  const secret = tree({ 'secret.txt': 'password' });
  const after = tree({ 'a.ts': 'x\n' });
  symlinkSync(join(secret, 'secret.txt'), join(after, 'out.txt'));
  symlinkSync(secret, join(after, 'folder'));
  const { files } = readTrees(tree({}), after);
  expect(files.map(({ path, content }) => `${path} ${content}`)).toEqual([
    'a.ts text',
    'folder symlink',
    'out.txt symlink',
  ]);
  expect(JSON.stringify(files)).not.toContain('password');
  const read = treeReader(after);
  expect([
    read('a.ts'),
    read('out.txt'),
    read('folder/secret.txt'),
    read('../x'),
    read('none'),
  ]).toEqual(['x\n', null, null, null, null]);
});

test('a file too large to read is said to be unread, not unchanged', () => {
  const large = 'x'.repeat(5_000_001);
  const [file] = readTrees(tree({ 'a.txt': large }), tree({ 'a.txt': `${large}y` })).files;
  expect(file?.unread).toContain('5 MB');
});

test('a folder that does not exist is the mistake of who named it', () => {
  expect(() => readTrees('/nowhere/at/all', '/')).toThrow('not a folder');
});
