import { expect, test } from 'vitest';
import { mixedNames } from './mixed-names.ts';

test.each([
  ['const p\u0430yment = 1;', ['p\u0430yment']],
  ['const \u0446\u0435\u043d\u0430 = 1;', []],
  ['const \u0394t = 1;', []],
  ['const user_\u0438\u043c\u044f = 1;', []],
  ['const payment = 1;', []],
  ['const \uff41dmin = 1;', ['\uff41dmin']],
])('%s', (line, expected) => {
  expect(mixedNames(line).map((name) => name.text)).toEqual(expected);
});
