import { spawnSync } from 'node:child_process';
import { fc, test as check } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { git, repo, storyEnvironment } from '../../test/story.ts';
import type { FileContent } from '../../test/story.ts';
import { decodeText } from './decode.ts';
import { patchedText, patchReader, readPatch } from './patch.ts';
import type { PatchedFile, PatchReading } from './patch.ts';

type Files = Readonly<Record<string, FileContent>>;

/** What git prints between two states of a repository. */
function gitDiff(before: Files, after: Files, ...options: readonly string[]): Buffer {
  const gone = Object.fromEntries(Object.keys(before).map((path) => [path, null]));
  const folder = repo([{ files: before }, { files: { ...gone, ...after } }]);
  const args = ['diff-tree', '-r', '--raw', '-z', '-p', '-U0', '-M', '--full-index', ...options];
  return spawnSync('git', [...args, 'HEAD~1', 'HEAD'], {
    cwd: folder,
    env: storyEnvironment,
    maxBuffer: 2 ** 28,
  }).stdout;
}

function onlyPatch(reading: PatchReading): readonly PatchedFile[] {
  expect(reading.problems).toEqual([]);
  return reading.patches[0]?.files ?? [];
}

function linesOfChange(before: string, after: string, ...options: readonly string[]) {
  const file = onlyPatch(readPatch(gitDiff({ f: before }, { f: after }, ...options)))[0];
  return file?.hunks.map((hunk) => [hunk.oldStart, hunk.newStart, hunk.removed, hunk.added]);
}

describe('a diff as git prints it', () => {
  test.each<readonly [string, string, string, readonly unknown[]]>([
    ['a replaced line', 'a\nb\nc\n', 'a\nx\nc\n', [[2, 2, ['b'], ['x']]]],
    ['lines put in', 'a\nc\n', 'a\nb\nc\n', [[2, 2, [], ['b']]]],
    ['lines taken out', 'a\nb\nc\n', 'a\nc\n', [[2, 2, ['b'], []]]],
    ['a first line put in', 'b\n', 'a\nb\n', [[1, 1, [], ['a']]]],
    ['a lost line end', 'a\nb\n', 'a\nb', [[2, 2, ['b'], ['b']]]],
    ['a gained line end', 'a\nb', 'a\nb\n', [[2, 2, ['b'], ['b']]]],
    ['no line end on either side', 'a\nb', 'a\nc', [[2, 2, ['b'], ['c']]]],
    ['other line ends', 'a\r\nb\r\n', 'a\nb\r\n', [[1, 1, ['a\r'], ['a']]]],
    [
      'lines that look like a diff',
      '@@ -1 +1 @@\n',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n\\ No newline at end of file\n',
      [
        [
          1,
          1,
          ['@@ -1 +1 @@'],
          [
            'diff --git a/x b/x',
            '--- a/x',
            '+++ b/x',
            '@@ -1,9 +1,9 @@',
            '\\ No newline at end of file',
          ],
        ],
      ],
    ],
  ])('shows %s', (...[, before, after, expected]) => {
    expect(linesOfChange(before, after)).toEqual(expected);
    expect(linesOfChange(before, after, '-U3')).toEqual(expected);
  });

  test('keeps files with hostile names apart', () => {
    const names = [
      'a b',
      'quo"te',
      'line\nbreak',
      'tab\there',
      '-dash',
      'ünïcödé 漢字',
      ' b/ b',
      'a/x b/x',
      'back\\slash',
      ':(exclude)x',
      'new mode 100755',
    ];
    const before = Object.fromEntries(names.map((name) => [name, `old ${JSON.stringify(name)}\n`]));
    const after = Object.fromEntries(names.map((name) => [name, `new ${JSON.stringify(name)}\n`]));
    const files = onlyPatch(readPatch(gitDiff(before, after)));
    expect(new Set(files.map((file) => file.path))).toEqual(new Set(names));
    for (const file of files) {
      const added = file.hunks.flatMap((hunk) => hunk.added);
      expect(added).toEqual([`new ${JSON.stringify(file.path)}`]);
    }
  });

  test('tells every kind of change', () => {
    const text = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
    const files = onlyPatch(
      readPatch(
        gitDiff(
          {
            gone: 'x\n',
            moved: text,
            edited: `${text}q`,
            run: 'sh\n',
            file: 'was a file\n',
            bytes: new Uint8Array([0, 1]),
            sub: { mode: '160000', text: '1'.repeat(40) },
          },
          {
            come: '',
            'moved here': text,
            'edited here': `${text}r`,
            run: { mode: '100755', text: 'sh\n' },
            file: { mode: '120000', text: 'target' },
            bytes: new Uint8Array([0, 2]),
            sub: { mode: '160000', text: '2'.repeat(40) },
          },
        ),
      ),
    );
    const told = files.map((file) =>
      [file.letter, file.path, file.binary ? 'binary' : `+${file.added} -${file.deleted}`].join(
        ' ',
      ),
    );
    expect(told.sort()).toEqual([
      'A come +0 -0',
      'D gone +0 -1',
      'M bytes binary',
      'M run +0 -0',
      'M sub +1 -1',
      'R edited here +1 -1',
      'R moved here +0 -0',
      'T file +1 -1',
    ]);
  });

  test('may have lines longer than a megabyte and text that is not UTF-8', () => {
    const long = 'x'.repeat(3_000_000);
    expect(linesOfChange(`${long}\n`, `${long}y\n`)).toEqual([[1, 1, [long], [`${long}y`]]]);
    const latin = Buffer.from('caf\xe9\n', 'latin1');
    const files = onlyPatch(readPatch(gitDiff({ f: 'cafe\n' }, { f: latin })));
    expect(files[0]?.hunks[0]?.added).toEqual(['café']);
  });

  test('may be many diffs in one stream', () => {
    const folder = repo([
      { files: { a: '1\n', b: '1\n' } },
      { files: { a: '2\n' } },
      { files: {} },
      { files: { a: { mode: '100755', text: '2\n' } } },
      { files: { b: '3\n', c: '' } },
    ]);
    const ids = git(folder, 'rev-list', '--reverse', 'HEAD').split('\n');
    const args = ['diff-tree', '--stdin', '--always', '--root', '-r', '--raw', '-z', '-p', '-U0'];
    const { stdout } = spawnSync('git', [...args, '--full-index'], {
      cwd: folder,
      env: storyEnvironment,
      input: ids.map((id) => `${id}\n`).join(''),
    });
    const { patches, problems } = readPatch(stdout, { text: false });
    expect(problems).toEqual([]);
    expect(patches.map((patch) => patch.title)).toEqual(ids);
    expect(patches.map((patch) => patch.files.map((file) => file.path).join())).toEqual([
      'a,b',
      'a',
      '',
      'a',
      'b,c',
    ]);
    expect(patches[4]?.files[0]?.blocks).toEqual([
      { oldStart: 1, removed: 1, newStart: 1, added: 1 },
    ]);
    expect(patches[4]?.files[0]?.hunks).toEqual([]);
  });
});

describe('limits', () => {
  test('of lines and files stop the reading with a sentence', () => {
    const diff = gitDiff({}, { a: 'a\n'.repeat(50), b: 'b\n', c: 'c\n' });
    expect(readPatch(diff, { limits: { files: 9, lines: 20 } }).problems).toEqual([
      'The diff has more than 20 changed lines; the rest was not read.',
    ]);
    expect(readPatch(diff, { limits: { files: 2, lines: 999 } })).toMatchObject({
      problems: ['The diff has more than 2 files; the rest was not read.'],
      patches: [{ files: [{ path: 'a' }, { path: 'b' }] }],
    });
  });
});

const line = fc.constantFrom(
  'a',
  'b',
  '',
  '-x',
  '+x',
  '@@ -1 +1 @@',
  'diff --git a/a b/a',
  'z\r',
  '\\ No newline at end of file',
  'ü',
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, open]) => (lines.length === 0 ? '' : lines.join('\n') + (open ? '' : '\n')));
const state = fc.dictionary(fc.constantFrom('a', 'b', 'c d', 'e"f', 'g\nh', 'ü'), text);

describe('properties', () => {
  check.prop([state, state], { numRuns: 40 })(
    'the diff of two states, put onto the first, gives the second',
    (before, after) => {
      const files = onlyPatch(readPatch(gitDiff(before, after)));
      const result = new Map(Object.entries(before));
      for (const file of files) {
        const old = before[file.oldPath] ?? '';
        if (file.letter === 'R') result.delete(file.oldPath);
        if (file.letter === 'D') result.delete(file.path);
        else result.set(file.path, patchedText(old, file));
      }
      expect(Object.fromEntries(result)).toEqual({ ...after });
    },
  );

  const alphabet = fc.constantFrom(
    ':100644 100644 ',
    'a'.repeat(40),
    '0'.repeat(40),
    ' M\0',
    ' R100\0',
    'f\0',
    '\0',
    '\n',

    'diff --git a/f b/f\n',
    '@@ -1 +1 @@\n',
    '@@ -0,0 +1,99999999 @@\n',
    '-x\n',
    '+x\n',
    '\\ No',
    'index 1..2\n',
    'Binary files a and b differ\n',
    '@@',
    '@@ nonsense\n',
    ' ',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(alphabet, { maxLength: 60 }).map((parts) => new TextEncoder().encode(parts.join(''))),
  );

  check.prop([bytes], { numRuns: 2000 })('no bytes make the reader throw or hang', (input) => {
    expect(readPatch(input).problems.length).toBeLessThan(10);
  });

  check.prop([bytes, fc.integer({ min: 1, max: 30 })], { numRuns: 1000 })(
    'it does not matter in which pieces the bytes come',
    (input, size) => {
      const reader = patchReader();
      for (let start = 0; start < input.length; start += size)
        reader.push(input.subarray(start, start + size));
      expect(reader.end()).toEqual(readPatch(input));
    },
  );

  check.prop([fc.uint8Array()])('any bytes decode to some text', (input) => {
    expect(decodeText(input).length).toBeLessThanOrEqual(input.length);
  });
});
