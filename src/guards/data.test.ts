import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { dataOf, entriesIn, entryAt, scalarAt } from './data.ts';
import type { Language, Source } from './guard.ts';

function sourceOf(language: Language, text: string): Source {
  return { path: 'x', text, language, lines: text.split('\n'), tree: () => null };
}

function read(language: Language, text: string) {
  return dataOf(sourceOf(language, text));
}

describe('configuration read as data', () => {
  test('knows the line of a key in the second document of YAML', () => {
    const documents = read('yaml', 'a: 1\n---\n# second\nb:\n  c: [x, y]\n  d: "z"\n');
    expect(documents).toHaveLength(2);
    expect(entryAt(documents?.[1] ?? null, 'b', 'd')?.line).toBe(6);
    expect(scalarAt(documents?.[1] ?? null, 'b', 'd')).toBe('z');
  });

  test('follows anchors and merges of YAML', () => {
    const [data] = read('yaml', 'base: &b\n  x: 1\n  y: 2\nuse:\n  <<: *b\n  y: 3\n') ?? [];
    expect(entriesIn(entryAt(data ?? null, 'use')?.value ?? null).map(([name]) => name)).toEqual([
      'x',
      'y',
    ]);
    expect(scalarAt(data ?? null, 'use', 'y')).toBe(3);
  });

  test('reads JSON with comments and a trailing comma', () => {
    const [data] =
      read('json', '{\n  // why\n  "a": { "b": [1, 2,], /* x\n */ "c": "q\\"" },\n}\n') ?? [];
    expect(scalarAt(data ?? null, 'a', 'c')).toBe('q"');
    expect(entryAt(data ?? null, 'a', 'c')?.line).toBe(4);
  });

  test.each([
    ['json', '{ "a": }'],
    ['json', '{} {}'],
    ['json', '[1 2]'],
    ['json', '['.repeat(5_000)],
    ['yaml', '['.repeat(20_000)],
    ['yaml', 'a: [1, 2\nb: }'],
    ['yaml', 'a: {{ .Values.x }}\n  b: c: d'],
  ] as const)('says of %s %.20j that it cannot be read', (language, text) => {
    expect(read(language, text)).toBeNull();
  });

  test('gives up on aliases that multiply without end', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg']) {
      bomb.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(', ')}]`);
    }
    expect(read('yaml', bomb.join('\n'))).toBeNull();
  });

  prop.prop([fc.json()])('agrees with JSON.parse about what is JSON', (text) => {
    expect(read('json', text)).not.toBeNull();
  });

  prop.prop([fc.string(), fc.constantFrom<Language>('json', 'yaml')])(
    'never throws',
    (text, language) => {
      expect(() => read(language, text)).not.toThrow();
    },
  );
});
