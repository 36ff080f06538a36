import { expect, test } from 'vitest';
import type { ProposedEdit, Replacement } from '../event.ts';
import { resolveEdits } from './resolve-edits.ts';

const disk: Readonly<Record<string, string>> = {
  '/repo/a.txt': 'one\ntwo\nthree\n',
  '/repo/crlf.txt': 'one\r\ntwo\r\nthree\r\n',
  '/repo/open.txt': 'one\ntwo',
  '/repo/code.py':
    'class A:\n    def run(self):\n        return 1\n\nclass B:\n    def run(self):\n        return 1\n',
  '/repo/quotes.md': 'It’s a “test” – yes\n',
  '/repo/book.ipynb': JSON.stringify(
    {
      cells: [
        { id: 'c1', source: ['a = 1\n', 'b = 2'] },
        { id: 'c2', source: 'x' },
      ],
      nbformat: 4,
    },
    null,
    1,
  ),
};

function resolve(edits: readonly ProposedEdit[], cwd: string = '/repo') {
  return resolveEdits(edits, {
    cwd,
    top: '/repo',
    read: (path) =>
      path === '/repo/big.bin' ? { unread: 'it is too large' } : (disk[path] ?? null),
  });
}

function after(...edits: readonly ProposedEdit[]): Readonly<Record<string, string | null>> {
  return Object.fromEntries(resolve(edits).files.map((file) => [file.path, file.after]));
}

function swap(old: string, now: string, all: boolean = false): Replacement {
  return { old, new: now, all };
}

function replace(path: string, ...replacements: readonly Replacement[]): ProposedEdit {
  return { kind: 'replace', path, replacements };
}

function patch(text: string, form: 'begin-patch' | 'unified' = 'begin-patch'): ProposedEdit {
  return { kind: 'patch', form, text };
}

test.each<readonly [string, ProposedEdit, Readonly<Record<string, string | null>>]>([
  ['writes a file', { kind: 'write', path: 'new.txt', content: 'x' }, { 'new.txt': 'x' }],
  ['writes over a file', { kind: 'write', path: 'a.txt', content: 'x' }, { 'a.txt': 'x' }],
  [
    'says nothing of a file that stays',
    { kind: 'write', path: 'a.txt', content: 'one\ntwo\nthree\n' },
    {},
  ],
  ['deletes', { kind: 'delete', path: 'a.txt' }, { 'a.txt': null }],
  [
    'appends',
    { kind: 'append', path: 'open.txt', content: 'three\n' },
    { 'open.txt': 'one\ntwo\nthree\n' },
  ],
  [
    'inserts at the top',
    { kind: 'insert', path: 'a.txt', line: 0, content: 'zero' },
    { 'a.txt': 'zero\none\ntwo\nthree\n' },
  ],
  [
    'inserts behind a line',
    { kind: 'insert', path: 'a.txt', line: 2, content: 'x\n' },
    { 'a.txt': 'one\ntwo\nx\nthree\n' },
  ],
  [
    'inserts far behind the end',
    { kind: 'insert', path: 'a.txt', line: 99, content: 'x' },
    { 'a.txt': 'one\ntwo\nthree\nx\n' },
  ],
  [
    'inserts with the line ends of the file',
    { kind: 'insert', path: 'crlf.txt', line: 1, content: 'x' },
    { 'crlf.txt': 'one\r\nx\r\ntwo\r\nthree\r\n' },
  ],
  ['replaces', replace('a.txt', swap('two', '2')), { 'a.txt': 'one\n2\nthree\n' }],
  ['replaces everywhere', replace('a.txt', swap('e', 'E', true)), { 'a.txt': 'onE\ntwo\nthrEE\n' }],
  [
    'replaces one after the other',
    replace('a.txt', swap('two', '2'), swap('2\nthree', '3')),
    { 'a.txt': 'one\n3\n' },
  ],
  [
    'replaces in a file with other line ends',
    replace('crlf.txt', swap('one\ntwo', '1\n2')),
    { 'crlf.txt': '1\r\n2\r\nthree\r\n' },
  ],
  [
    'replaces text with other quotes',
    replace('quotes.md', swap(`It's a "test" - yes`, 'no')),
    { 'quotes.md': 'no\n' },
  ],
  [
    'replaces text with other blanks',
    replace('code.py', swap('class A:\n  def run(self):\n    return 1', 'pass')),
    { 'code.py': 'pass\n\nclass B:\n    def run(self):\n        return 1\n' },
  ],
  [
    'does not read signs of a pattern in a replacement',
    replace('a.txt', swap('two', "$& $1 $'")),
    { 'a.txt': "one\n$& $1 $'\nthree\n" },
  ],
  ['creates by replacing nothing', replace('new.txt', swap('', 'x')), { 'new.txt': 'x' }],
  [
    'replaces a cell',
    {
      kind: 'notebook-cell',
      path: 'book.ipynb',
      cell: 'c1',
      mode: 'replace',
      source: 'z = 3\ny = 4',
    },
    {
      'book.ipynb': notebook([
        { id: 'c1', source: ['z = 3\n', 'y = 4'] },
        { id: 'c2', source: 'x' },
      ]),
    },
  ],
  [
    'deletes a cell by its number',
    { kind: 'notebook-cell', path: 'book.ipynb', cell: '0', mode: 'delete', source: '' },
    { 'book.ipynb': notebook([{ id: 'c2', source: 'x' }]) },
  ],
])('%s', (_, edit, expected) => {
  expect(after(edit)).toEqual(expected);
});

function notebook(cells: readonly unknown[]): string {
  return `${JSON.stringify({ cells, nbformat: 4 }, null, 1)}\n`;
}

test('an inserted cell comes behind the one that is named, or first', () => {
  const insert = (cell: string | null): string =>
    after({ kind: 'notebook-cell', path: 'book.ipynb', cell, mode: 'insert', source: 'new' })[
      'book.ipynb'
    ] ?? '';
  const sources = (text: string): readonly unknown[] =>
    (JSON.parse(text) as { cells: { source: unknown }[] }).cells.map(({ source }) => source);
  expect(sources(insert('c1'))).toEqual([['a = 1\n', 'b = 2'], ['new'], 'x']);
  expect(sources(insert(null))[0]).toEqual(['new']);
});

test.each<readonly [string, string, Readonly<Record<string, string | null>>]>([
  [
    'adds, deletes and updates',
    `*** Begin Patch
*** Add File: new.txt
+x
+y
*** Delete File: a.txt
*** Update File: open.txt
@@
 one
-two
+2
*** End Patch`,
    { 'new.txt': 'x\ny\n', 'a.txt': null, 'open.txt': 'one\n2\n' },
  ],
  [
    'finds the place by the line above',
    `*** Begin Patch
*** Update File: code.py
@@ class B:
     def run(self):
-        return 1
+        return 2
*** End Patch`,
    {
      'code.py':
        'class A:\n    def run(self):\n        return 1\n\nclass B:\n    def run(self):\n        return 2\n',
    },
  ],
  [
    'finds the place by two lines above',
    `*** Begin Patch
*** Update File: code.py
@@ class B:
@@     def run(self):
-        return 1
+        return 2
*** End Patch`,
    {
      'code.py':
        'class A:\n    def run(self):\n        return 1\n\nclass B:\n    def run(self):\n        return 2\n',
    },
  ],
  [
    'needs no mark before the first part',
    `*** Begin Patch
*** Update File: a.txt
-two
+2
*** End Patch`,
    { 'a.txt': 'one\n2\nthree\n' },
  ],
  [
    'keeps several parts in their order',
    `*** Begin Patch
*** Update File: a.txt
@@
-one
+1
@@
-three
+3
*** End Patch`,
    { 'a.txt': '1\ntwo\n3\n' },
  ],
  [
    'keeps the line ends of the file',
    `*** Begin Patch
*** Update File: crlf.txt
@@
 one
+x
*** End Patch`,
    { 'crlf.txt': 'one\r\nx\r\ntwo\r\nthree\r\n' },
  ],
  [
    'puts lines without neighbours at the end',
    `*** Begin Patch
*** Update File: a.txt
@@
+four
*** End of File
*** End Patch`,
    { 'a.txt': 'one\ntwo\nthree\nfour\n' },
  ],
  [
    'forgives blanks at line ends',
    `*** Begin Patch
*** Update File: a.txt
@@
 one\u0020\u0020
-two
+2
*** End Patch`,
    { 'a.txt': 'one  \n2\nthree\n' },
  ],
  [
    'forgives text around it and a missing end',
    `apply_patch <<'EOF'
*** Begin Patch
*** Update File: a.txt
@@
-two
+2`,
    { 'a.txt': 'one\n2\nthree\n' },
  ],
  [
    'reads Windows line ends',
    '*** Begin Patch\r\n*** Update File: a.txt\r\n@@\r\n-two\r\n+2\r\n*** End Patch\r\n',
    { 'a.txt': 'one\n2\nthree\n' },
  ],
])('a patch %s', (_, text, expected) => {
  expect(after(patch(text))).toEqual(expected);
});

test('a patch for a named environment is a patch', () => {
  const text = '*** Begin Patch\n*** Environment ID: x\n*** Add File: p\n+x\n*** End Patch';
  expect(resolve([patch(text)])).toMatchObject({ files: [{ path: 'p' }], problems: [] });
});

test('two patches in one text are both read', () => {
  const one = (file: string): string =>
    `*** Begin Patch\n*** Add File: ${file}\n+x\n*** End Patch\nEOF\n+y\n`;
  expect(after(patch(one('p') + one('q')))).toEqual({ p: 'x\n', q: 'x\n' });
});

test('a patch that moves a file says where it came from', () => {
  const text = `*** Begin Patch
*** Update File: a.txt
*** Move to: sub/b.txt
@@
-two
+2
*** End Patch`;
  expect(resolve([patch(text)]).files).toEqual([
    {
      path: 'sub/b.txt',
      absolute: '/repo/sub/b.txt',
      before: 'one\ntwo\nthree\n',
      after: 'one\n2\nthree\n',
      movedFrom: 'a.txt',
    },
  ]);
});

test.each<readonly [string, string, Readonly<Record<string, string | null>>]>([
  [
    'with names that have a prefix',
    `--- a/a.txt
+++ b/a.txt
@@ -7,3 +7,3 @@ nonsense
 one
-two
+2
 three
`,
    { 'a.txt': 'one\n2\nthree\n' },
  ],
  [
    'without a prefix',
    `--- a.txt
+++ a.txt
@@ -1 +1 @@
-one
+1
`,
    { 'a.txt': '1\ntwo\nthree\n' },
  ],
  [
    'of a new and a deleted file',
    `diff --git a/new.txt b/new.txt
new file mode 100644
--- /dev/null
+++ b/new.txt
@@ -0,0 +1,2 @@
+x
+y
diff --git a/a.txt b/a.txt
deleted file mode 100644
--- a/a.txt
+++ /dev/null
@@ -1,3 +0,0 @@
-one
-two
-three
`,
    { 'new.txt': 'x\ny\n', 'a.txt': null },
  ],
])('a unified diff %s', (_, text, expected) => {
  expect(after(patch(text, 'unified'))).toEqual(expected);
});

test.each<readonly [string, ProposedEdit, { why: string; mayApply: boolean }]>([
  [
    'text that is not there',
    replace('a.txt', swap('nine', '9')),
    { why: 'the text to replace was not found', mayApply: false },
  ],
  [
    'text that is there twice',
    replace('code.py', swap('return 1', '')),
    { why: 'the text to replace occurs more than once, so its place is unknown', mayApply: false },
  ],
  [
    'a file that is not there',
    replace('none.txt', swap('a', 'b')),
    { why: 'there is no such file', mayApply: false },
  ],
  [
    'nothing in a file with text',
    replace('a.txt', swap('', 'b')),
    { why: 'it replaces an empty text in a file that has text', mayApply: false },
  ],
  [
    'an unreadable file',
    replace('big.bin', swap('a', 'b')),
    { why: 'it is too large', mayApply: true },
  ],
  [
    'a notebook that is none',
    { kind: 'notebook-cell', path: 'a.txt', cell: null, mode: 'insert', source: '' },
    { why: 'the notebook cannot be read', mayApply: true },
  ],
  [
    'a cell that is not there',
    { kind: 'notebook-cell', path: 'book.ipynb', cell: 'c9', mode: 'replace', source: '' },
    { why: 'the notebook has no such cell', mayApply: true },
  ],
  ['no path', { kind: 'delete', path: '' }, { why: 'the edit names no file', mayApply: true }],
  [
    'a patch without files',
    patch('*** Begin Patch\n*** End Patch'),
    { why: 'the patch names no file', mayApply: true },
  ],
  [
    'a move of nothing',
    { kind: 'move', path: 'none', to: 'b' },
    { why: 'there is no such file', mayApply: false },
  ],
])('%s is a problem', (_, edit, expected) => {
  const { files, problems } = resolve([edit]);
  expect(files).toEqual([]);
  expect(problems).toMatchObject([expected]);
});

test('a loose tool may find what we do not: its text is judged at the end, and that is said', () => {
  const edit: ProposedEdit = {
    kind: 'replace',
    path: 'a.txt',
    replacements: [swap('nine', '9')],
    loose: true,
  };
  expect(resolve([edit])).toMatchObject({
    files: [{ after: 'one\ntwo\nthree\n9' }],
    problems: [{ mayApply: true }],
  });
});

test('a part of a patch without a place is judged all the same', () => {
  const text = '*** Begin Patch\n*** Update File: a.txt\n@@\n-nine\n+DROP\n*** End Patch';
  expect(resolve([patch(text)])).toMatchObject({
    files: [{ after: 'one\ntwo\nthree\nDROP\n' }],
    problems: [{ why: 'a part of the patch has no place in the file', mayApply: true }],
  });
});

test('several edits of one file follow each other, and a file that comes and goes was never there', () => {
  expect(
    after(
      { kind: 'write', path: 'x', content: 'a' },
      replace('/repo/./sub/../x', swap('a', 'b')),
      { kind: 'write', path: 'y', content: '' },
      { kind: 'delete', path: 'y' },
    ),
  ).toEqual({ x: 'b' });
});

test('a move onto another file is the end of that file', () => {
  expect(after({ kind: 'move', path: 'a.txt', to: 'open.txt' })).toEqual({
    'a.txt': null,
    'open.txt': 'one\ntwo\nthree\n',
  });
});

test('paths outside are named and not read, however they are written', () => {
  const { files, outside, problems } = resolve(
    [
      { kind: 'write', path: '../../etc/passwd', content: 'x' },
      { kind: 'write', path: '/repository/x', content: 'x' },
      { kind: 'delete', path: '/repo/../home/x' },
      { kind: 'write', path: '~/x', content: 'x' },
      { kind: 'write', path: '/', content: 'x' },
    ],
    '/repo/sub',
  );
  expect(outside).toEqual(['/etc/passwd', '/repository/x', '/home/x', '/']);
  expect(files.map(({ path }) => path)).toEqual(['sub/~/x']);
  expect(problems).toEqual([]);
});

test.each([
  ['C:/repo', String.raw`C:\repo\src\a.ts`, 'src/a.ts'],
  ['C:/repo', '/c:/repo/src/a.ts', 'src/a.ts'],
  [String.raw`c:\repo`, String.raw`src\..\a.ts`, 'a.ts'],
  ['C:/repo', 'D:/repo/a.ts', undefined],
])('with the top %s the path %s is %s', (top, path, expected) => {
  const { files } = resolveEdits([{ kind: 'write', path, content: 'x' }], {
    cwd: top,
    top,
    read: () => null,
  });
  expect(files[0]?.path).toBe(expected);
});

test('many edits are a problem, not a long wait', () => {
  const edits = Array.from({ length: 3_000 }, (_, at): ProposedEdit => ({
    kind: 'write',
    path: `${at}`,
    content: '',
  }));
  const { files, problems } = resolve(edits);
  expect(files).toHaveLength(2_000);
  expect(problems[0]?.mayApply).toBe(true);
});

test('text made to be slow is given up, not waited for', () => {
  const lines = 'a\n'.repeat(40_000);
  const chunk = `${'-a\n'.repeat(20_000)}-b\n+c`;
  const text = `*** Begin Patch\n*** Update File: slow\n@@\n${chunk}\n*** End Patch`;
  const { problems } = resolveEdits([patch(text)], { cwd: '/r', top: '/r', read: () => lines });
  expect(problems[0]?.why).toBe('a part of the patch has no place in the file');
});

test('a notebook that nests without end is a problem', () => {
  const deep = `{"cells":[],"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  const { problems } = resolveEdits(
    [{ kind: 'notebook-cell', path: 'n', cell: null, mode: 'insert', source: 'x' }],
    { cwd: '/r', top: '/r', read: () => deep },
  );
  expect(problems[0]?.why).toBe('the notebook cannot be read');
});
