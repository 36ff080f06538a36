import { fc, test as check } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { applyHunks, diffTexts, linesOf } from './diff.ts';

describe('the difference of two texts', () => {
  test.each<readonly [string, string, string, readonly unknown[]]>([
    ['nothing for equal texts', 'a\nb\n', 'a\nb\n', []],
    ['a whole new file', '', 'a\nb\n', [[1, 1, [], ['a', 'b']]]],
    ['a whole lost file', 'a\n', '', [[1, 1, ['a'], []]]],
    ['a line in the middle', 'a\nb\nc\n', 'a\nx\nc\n', [[2, 2, ['b'], ['x']]]],
    ['a line put before another', 'a\nc\n', 'a\nb\nc\n', [[2, 2, [], ['b']]]],
    ['a line taken out', 'a\nb\nc\n', 'a\nc\n', [[2, 2, ['b'], []]]],
    ['a line end that went', 'a\nb\n', 'a\nb', [[2, 2, ['b'], ['b']]]],
    ['an empty line at the end', 'a\n', 'a\n\n', [[2, 2, [], ['']]]],
    ['line ends of another system', 'a\r\n', 'a\n', [[1, 1, ['a\r'], ['a']]]],
    [
      'a function that begins at its own first line',
      'f() {\n  x\n}\n\nh() {\n}\n',
      'f() {\n  x\n}\n\ng() {\n  y\n}\n\nh() {\n}\n',
      [[5, 5, [], ['g() {', '  y', '}', '']]],
    ],
  ])('is %s', (...[, before, after, expected]) => {
    expect(
      diffTexts(before, after).map((hunk) => [
        hunk.oldStart,
        hunk.newStart,
        hunk.removed,
        hunk.added,
      ]),
    ).toEqual(expected);
  });

  const line = fc.constantFrom('a', 'b', 'c', '}', '', 'x\r', 'unique', 'ü');
  const text = fc
    .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
    .map(([lines, open]) => lines.join('\n') + (open ? '' : '\n'));

  check.prop([text, text, fc.constantFrom(0, 2, 600)])(
    'turns the one into the other, at any limit',
    (before, after, edits) => {
      const hunks = diffTexts(before, after, { edits });
      expect(applyHunks(before, hunks, after.endsWith('\n'))).toBe(
        linesOf(after).length === 0 ? '' : after,
      );
      for (const hunk of hunks) {
        expect(
          linesOf(before)
            .slice(hunk.oldStart - 1)
            .slice(0, hunk.removed.length),
        ).toEqual(hunk.removed);
        expect(
          linesOf(after)
            .slice(hunk.newStart - 1)
            .slice(0, hunk.added.length),
        ).toEqual(hunk.added);
      }
    },
  );

  test('of a small edit in a large file is small', () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index % 977}`);
    const before = `${lines.join('\n')}\n`;
    const after = before.replaceAll('line 500\n', 'line five hundred\n');
    expect(diffTexts(before, after).length).toBe(51);
  });

  test('of two unlike large files is one replacement', () => {
    const before = Array.from({ length: 50_000 }, (_, index) => `a${index}`).join('\n');
    expect(diffTexts(before, before.replaceAll('a', 'b')).length).toBe(1);
  });
});
