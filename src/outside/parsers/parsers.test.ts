import { describe, expect, test } from 'vitest';
import { loadParsers } from './parsers.ts';

const parsers = await loadParsers([
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'kotlin',
  'ruby',
  'csharp',
  'php',
  'rust',
  'sql',
]);

describe('parsers', () => {
  test('load only what is wanted', async () => {
    const none = await loadParsers(['markdown']);
    expect(none.tree('typescript', 'a')).toBeNull();
    expect(none.sql('SELECT 1')).toBeNull();
    expect(none.gaps).toEqual([]);
  });

  test.each([
    ['typescript', 'const a: number = 1;', 'program'],
    ['tsx', 'const a = <b c={1} />;', 'program'],
    ['javascript', 'const a = <b />;', 'program'],
    ['python', 'def f():\n    pass\n', 'module'],
    ['go', 'package a\n', 'source_file'],
    ['java', 'class A {}', 'program'],
    ['kotlin', 'val a = 1', 'source_file'],
    ['ruby', 'a = 1', 'program'],
    ['csharp', 'class A {}', 'compilation_unit'],
    ['php', '<?php $a = 1;', 'program'],
    ['rust', 'fn a() {}', 'source_file'],
  ] as const)('make a tree of %s', (language, text, kind) => {
    expect(parsers.tree(language, text)?.kind()).toBe(kind);
  });

  test('make no tree of configuration', () => {
    expect(parsers.tree('yaml', 'a: 1')).toBeNull();
  });

  test('keep a statement of another dialect without a node, and lose no other', () => {
    const kinds = parsers
      .sql('ALTER TABLE `a` DROP `b`;\nSELECT 1;\nnonsense here;\nDROP TABLE c;')
      ?.map(({ line, node }) => [line, node === null ? null : Object.keys(node)[0]]);
    expect(kinds).toEqual([
      [1, null],
      [2, 'SelectStmt'],
      [3, null],
      [4, 'DropStmt'],
    ]);
  });

  test('give what a DO block runs as statements of the file', () => {
    const found = parsers.sql(
      'DO $$\nDECLARE\n  x int;\nBEGIN\n  IF x > 1 THEN\n    DROP TABLE a;\n  END IF;\nEND $$;\n',
    );
    const drop = found?.find(({ node }) => node !== null && 'DropStmt' in node);
    expect(drop).toMatchObject({ line: 6, endLine: 6, text: 'DROP TABLE a' });
  });

  test('give nothing for a dump with too many statements', () => {
    expect(parsers.sql('SELECT 1;\n'.repeat(20_001))).toBeNull();
  });
});
