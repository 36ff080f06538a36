import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Language, Source } from '../guard.ts';
import { writtenLanguages } from './lexis.ts';
import { writtenOf } from './written.ts';

function sourceOf(text: string, language: Language): Source {
  return { path: 'a', text, language, lines: text.split('\n'), tree: () => null };
}

const cases: readonly (readonly [Language, string, string])[] = [
  ['typescript', 'a(`b ${c + "d"} e`); // f', 'a(`    c + " "   `);     '],
  ['typescript', "a = /'/; b('c')", "a = / /; b(' ')"],
  ['python', "a(f'b {c} d', 'e {f}') # g", "a(f'   c   ', '     ')    "],
  ['ruby', 'a "b #{c}" # d', 'a "    c "    '],
  ['php', 'a("b $c {$d}"); // e', 'a("  $c  $d ");     '],
  ['go', 'a(`b`, "c") // d', 'a(` `, " ")     '],
  ['csharp', 'a($"b {c}", @"d\\")', 'a($"   c ", @"  ")'],
  ['kotlin', 'a("b $c ${d}")', 'a("  $c   d ")'],
];

test.each(cases)('%s: only code is left of %s', (language, text, bare) => {
  expect(writtenOf(sourceOf(text, language))?.bare).toBe(bare);
});

property.prop([
  fc.constantFrom(...writtenLanguages),
  fc.string({ unit: fc.constantFrom(...Array.from('ab"\'`${}#/*\\\n<~([%@r')) }),
])('every character keeps its place, whatever the text', (language, text) => {
  const written = writtenOf(sourceOf(text, language));
  expect(written?.bare.length).toBe(text.length);
  expect(written?.code.length).toBe(text.length);
});
