import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { splitSql } from './split-sql.ts';

function split(text: string) {
  return splitSql(text).map(({ line, text: said }) => `${line}: ${said.replace(/\s+/g, ' ')}`);
}

describe('a script splits into statements', () => {
  test.each([
    ['at semicolons, by line', 'A 1;\n\n  B 2;', ['1: A 1', '3: B 2']],
    ['without the last semicolon', 'A;\nB', ['1: A', '2: B']],
    [
      'not inside quotes',
      `A 'x;y', "p;q", 'it''s; b';\nC`,
      [`1: A 'x;y', "p;q", 'it''s; b'`, '2: C'],
    ],
    [
      'not inside comments',
      '-- a; b\nA /* ; /* ; */ ; */ 1;\nB',
      ['2: A /* ; /* ; */ ; */ 1', '3: B'],
    ],
    [
      'not inside dollar bodies',
      'A $f$ x; $$ y; $f$;\nB $$;$$',
      ['1: A $f$ x; $$ y; $f$', '2: B $$;$$'],
    ],
    [
      'by the words of goose',
      '-- +goose StatementBegin\nA;\nB;\n-- +goose StatementEnd\nC;',
      ['2: A; B;', '5: C'],
    ],
    ['by the delimiter of MySQL', 'DELIMITER //\nA; B//\nDELIMITER ;\nC;', ['2: A; B', '4: C']],
    ['by GO', 'A\nGO\nB\nGO', ['1: A', '3: B']],
    [
      'by the breakpoints of Drizzle',
      'A--> statement-breakpoint\nB\n--> statement-breakpoint\nC',
      ['1: A', '2: B', '4: C'],
    ],
    [
      'without psql commands and data',
      '\\connect x\nA;\nCOPY t FROM stdin;\n1;2\n\\.\nB;',
      ['2: A', '6: B'],
    ],
    [
      'with backslashes in strings of MySQL',
      "INSERT INTO `t` VALUES ('a\\';b');\nB;",
      ["1: INSERT INTO `t` VALUES ('a\\';b')", '2: B'],
    ],
    [
      'with routines whole',
      'CREATE TRIGGER t BEGIN IF a THEN B; END IF; C; END;\nD;',
      ['1: CREATE TRIGGER t BEGIN IF a THEN B; END IF; C; END', '2: D'],
    ],
    ['with transactions apart', 'BEGIN;\nA;\nEND;', ['1: BEGIN', '2: A', '3: END']],
    ['with Windows line ends', 'A;\r\nB;\r\n', ['1: A', '2: B']],
  ])('%s', (_name, text, expected) => {
    expect(split(text)).toEqual(expected);
  });

  const scrap = fc.constantFrom(
    "'",
    '"',
    '`',
    '$$',
    '$a$',
    ';',
    '\n',
    '--',
    '/*',
    '*/',
    'BEGIN',
    ' END ',
    'CREATE TRIGGER',
    'DELIMITER x',
    '\\x',
    'E',
    ' a ',
  );
  prop.prop([fc.array(scrap, { maxLength: 60 })])(
    'whatever it holds, losing no order and no line',
    (scraps) => {
      const text = scraps.join('');
      const pieces = splitSql(text);
      const total = text.split('\n').length;
      for (const [index, { line, endLine, text: said }] of pieces.entries()) {
        expect(text).toContain(said);
        expect(line).toBeGreaterThanOrEqual(pieces[index - 1]?.line ?? 1);
        expect(endLine).toBeLessThanOrEqual(total);
      }
    },
  );
});
