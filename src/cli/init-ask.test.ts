import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { agreed } from './init-ask.ts';

function answer(text: string): Promise<boolean> {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.end(text);
  return agreed('Do this?', { input, output: new PassThrough() });
}

test.each([
  ['y\n', true],
  ['Yes\n', true],
  ['n\n', false],
  ['\n', false],
  ['yesterday\n', false],
  ['', false],
])('the answer %j means %s', async (text, expected) => {
  expect(await answer(text)).toBe(expected);
});

test('nobody at the keyboard is no answer, and is told what to pass', () => {
  const terminal = { input: new PassThrough(), output: new PassThrough() };
  expect(() => agreed('Do this?', terminal)).toThrow('nobody is here to say yes');
});
