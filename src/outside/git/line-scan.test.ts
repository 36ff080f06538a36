import { describe, expect, test } from 'vitest';
import { lineKinds } from '../../change/line-marks.ts';
import { lineScan } from './line-scan.ts';
import type { ScannedFile } from './line-scan.ts';

const [sha, one, other] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];

/** What git prints for a commit that changes `cart.ts`, as bytes. */
function printed(patch: string, path = 'cart.ts', letter = 'M'): string {
  return `${sha}\0:100644 100644 ${one} ${other} ${letter}\0${path}\0\0diff --git a/${path} b/${path}\nindex ${one}..${other} 100644\n--- a/${path}\n+++ b/${path}\n${patch}`;
}

function scanned(bytes: string | Buffer, pieceBytes = 1_000_000): readonly ScannedFile[] {
  const files: ScannedFile[] = [];
  const scan = lineScan({ title: () => {}, file: (file) => void files.push(file) });
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += pieceBytes) scan.push(all.subarray(at, at + pieceBytes));
  scan.end();
  return files;
}

function blocksOf(files: readonly ScannedFile[]): readonly (readonly number[])[] {
  return files.map(({ lines }) => [...(lines?.blocks ?? [])]);
}

describe('a patch', () => {
  test.each([
    ['one line for another', '@@ -3 +3 @@\n-a\n+b\n', [3, 1, 3, 1]],
    ['lines put in behind line 3', '@@ -3,0 +4,2 @@\n+a\n+b\n', [4, 0, 4, 2]],
    ['lines taken out', '@@ -4,2 +3,0 @@\n-a\n-b\n', [4, 2, 4, 0]],
    ['two blocks', '@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-c\n+d\n', [1, 1, 1, 1, 9, 1, 9, 1]],
    ['no line end at the end', '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n', [1, 1, 1, 1]],
  ])('with %s', (_, patch, expected) => {
    expect(blocksOf(scanned(printed(patch)))).toEqual([expected]);
  });

  test('is the same in whatever pieces it comes', () => {
    const bytes = printed('@@ -1,2 +1,2 @@\n-old line\n-}\n+new line\n+}\n');
    for (const pieceBytes of [1, 7, 64]) expect(scanned(bytes, pieceBytes)).toEqual(scanned(bytes));
  });

  test('is not ended by content that looks like the next one', () => {
    const bytes = printed(
      `@@ -1 +1,3 @@\n-diff --git a/x b/x\n+@@ -1 +1 @@\n+${sha}\0\n+index 1..2\n`,
    );
    const [file] = scanned(bytes);
    expect([file?.deleted, file?.added]).toEqual([1, 3]);
  });

  test.each([
    ['nothing', ''],
    ['noise', 'hello\nworld'],
    ['a cut title', sha.slice(0, 20)],
    ['a block without its lines', printed('@@ -1,5 +1,5 @@\n-a\n')],
    ['a block of too many lines', printed('@@ -1,999999999 +1 @@\n-a\n+b\n')],
  ])('that is %s does no harm', (_, bytes) => {
    expect(() => scanned(bytes)).not.toThrow();
  });
});

describe('a line', () => {
  function marked(lines: readonly string[], path: string): readonly [number, number][] {
    const patch = `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`;
    const marks = scanned(printed(patch, path))[0]?.lines?.added;
    return lines.map((_, at) => [marks?.hashes[at] ?? 0, marks?.kinds[at] ?? -1]);
  }

  test.each([
    ['cart.ts', '', lineKinds.blank],
    ['cart.ts', '  \t\r', lineKinds.blank],
    ['cart.ts', '  // pays', lineKinds.comment],
    ['cart.ts', '   * pays', lineKinds.comment],
    ['cart.c', '*cart = 3 + x;', lineKinds.code],
    ['cart.c', '#include <cart.h>', lineKinds.code],
    ['cart.py', '# pays', lineKinds.comment],
    ['cart.sql', '-- pays', lineKinds.comment],
    ['cart.ts', '})', lineKinds.slight],
    ['cart.ts', 'pay(cart, 3);', lineKinds.code],
    ['cart', '# who knows', lineKinds.code],
  ])('of %s, %j, is of kind %i', (path, line, kind) => {
    expect(marked([line], path)[0]?.[1]).toBe(kind);
  });

  test('is known again with other white space, and told from others', () => {
    const [a, b, c] = marked(['pay(cart, 3)', '    pay( cart,3 )\r', 'pay(cart, 4)'], 'cart.ts');
    expect(a?.[0]).toBe(b?.[0]);
    expect(a?.[0]).not.toBe(c?.[0]);
  });
});
