import { expect, test } from 'vitest';
import { git, id, repo } from '../../../test/story.ts';
import { nearbyReader } from './folders.ts';
import { openRepository } from './repository.ts';

const folder = repo([
  {
    by: 'Ann',
    files: {
      'package.json': '{}',
      'src/index.ts': 'export {};\n',
      'src/cart/cart.ts': 'pay();\n',
      'src/cart/notes.txt': 'hello\n',
      'other/far.ts': 'far();\n',
      'src/größe ü.ts': 'x\n',
    },
  },
]);

test.each([
  ['a file that is often asked for', 'package.json', '{}'],
  ['one in a folder above', 'src/index.ts', 'export {};\n'],
  ['any file beside the changed one', 'src/cart/notes.txt', 'hello\n'],
  ['a file in a folder that was not listed', 'other/far.ts', 'far();\n'],
  ['a name that is not ASCII', 'src/größe ü.ts', 'x\n'],
  ['a file that is not there', 'src/cart/package.json', null],
  ['a folder', 'src/cart', null],
  ['a way out', '../package.json', null],
])('the reader answers for %s', async (_, path, expected) => {
  const repository = await openRepository(folder);
  const read = await nearbyReader(repository, id(folder), ['src/cart/cart.ts']);
  expect(read(path)).toBe(expected);
});

test('what is staged is read as it is staged', async () => {
  git(folder, 'read-tree', 'HEAD');
  const read = await nearbyReader(await openRepository(folder), 'index', ['src/cart/cart.ts']);
  expect([read('package.json'), read('none.ts')]).toEqual(['{}', null]);
});

test('a name with a line break does not give a file the text of its neighbour', async () => {
  const files = { 'l/a\nb.ts': 'odd\n', 'l/c.ts': 'c\n', 'l/d.ts': 'd\n', 'n/n.ts': 'n\n' };
  const dir = repo([{ by: 'Ann', files }]);
  const read = await nearbyReader(await openRepository(dir), id(dir), ['n/n.ts']);
  for (const path of ['x/1', 'x/2', 'x/3', 'x/4']) read(path);
  expect(['l/a\nb.ts', 'l/c.ts', 'l/d.ts'].map(read)).toEqual([null, 'c\n', 'd\n']);
});
