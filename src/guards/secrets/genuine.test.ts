import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { isGenuine } from './genuine.ts';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

// Made as issuers make them, with another's check sum, so that no token stands in this file.
function token(prefix: string, entropy: string): string {
  let sum = '';
  for (let rest = crc32(entropy); rest > 0; rest = Math.floor(rest / 62))
    sum = `${digits[rest % 62]}${sum}`;
  return `${prefix}_${entropy}${sum.padStart(6, '0')}`;
}

const entropy = ['zQ8mW2xK5vR7tY', '4bN6cD9fG1hJ3lP0'].join('');

test.each(['ghp', 'gho', 'ghs', 'npm'])('a token of %s with its check sum is genuine', (prefix) => {
  expect(isGenuine(token(prefix, entropy))).toBe(true);
});

test('another sum, another length or another prefix is not', () => {
  const real = token('ghp', entropy);
  expect(isGenuine(`${real.slice(0, -1)}${real.endsWith('a') ? 'b' : 'a'}`)).toBe(false);
  expect(isGenuine(real.slice(0, -1))).toBe(false);
  expect(isGenuine(real.replace('ghp', 'xyz'))).toBe(false);
});
