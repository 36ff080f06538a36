import { describe, expect, test } from 'vitest';
import { readXml } from './liquibase-xml.ts';

describe('a change log in XML', () => {
  test('is read with its lines, without comments', () => {
    const log = `<databaseChangeLog>\n  <!-- <dropTable tableName="a"/> -->\n  <x:sql><![CDATA[DROP TABLE b;]]></x:sql>\n</databaseChangeLog>\n`;
    const [top] = readXml(log);
    expect(top?.children).toMatchObject([{ name: 'sql', line: 3, text: 'DROP TABLE b;' }]);
  });

  test.each([
    ['tags that never close', '<a "'],
    ['comments that never close', '<!--'],
    ['texts that never close', '<![CDATA['],
    ['quotes', `<a b="'`],
  ])('is left alone where it consists of %s', (_name, piece) => {
    expect(readXml(piece.repeat(20_000))).toEqual([]);
  });
});
