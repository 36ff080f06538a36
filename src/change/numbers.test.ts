import { expect, test } from 'vitest';
import { grouped } from './numbers.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
  [-4200, '-4,200'],
])('%d is written %s', (number, written) => {
  expect(grouped(number)).toBe(written);
});
