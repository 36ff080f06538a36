import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { emptyBaseline } from '../baseline.ts';
import { changeOf } from '../examples.ts';
import { guards, inspect } from '../guards.ts';

const parsers = await loadParsers([]);
const asked = guards.filter(({ id }) => id.startsWith('security/'));
const examples = asked.flatMap(({ caught, passed }) => [...caught, ...passed]);
const share = fc.double({ min: 0, max: 1, noNaN: true });

function cut(files: Readonly<Record<string, string>>, from: number, length: number) {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const start = Math.floor(from * text.length);
      return [path, text.slice(0, start) + text.slice(start + length)];
    }),
  );
}

test.prop([fc.constantFrom(...examples), share, share, fc.integer({ min: 0, max: 40 })], {
  numRuns: 200,
})('code that is broken anywhere makes no guard fail', (example, first, second, length) => {
  const before = cut(example.before ?? {}, first, length);
  const after = cut(example.after, second, length);
  const world = { parsers, readAfter: () => null, baseline: emptyBaseline, guards: asked };
  const { gaps } = inspect(changeOf({ name: '', before, after }), world);
  expect(gaps.filter(({ what }) => what.startsWith('guard '))).toEqual([]);
});
