import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { authCheckRemoved } from '../auth/check-removed.ts';
import { emptyBaseline } from '../baseline.ts';
import { handlingRemoved } from '../errors/handling-removed.ts';
import { swallowed } from '../errors/swallowed.ts';
import { changeOf } from '../examples.ts';
import type { Example } from '../guard.ts';
import { inspect } from '../guards.ts';
import { checkRemoved } from '../nulls/check-removed.ts';
import { timeoutMissing } from '../timeouts/missing.ts';
import { timeoutRemoved } from '../timeouts/removed.ts';
import { codeLanguages } from './grammar.ts';

const parsers = await loadParsers(codeLanguages);
const guards = [
  authCheckRemoved,
  handlingRemoved,
  swallowed,
  checkRemoved,
  timeoutMissing,
  timeoutRemoved,
];
const examples = guards.flatMap((guard) => [...guard.caught, ...guard.passed]);

function look(example: Example) {
  const world = { parsers, readAfter: () => null, baseline: emptyBaseline, guards };
  return inspect(changeOf(example), world);
}

function cut(files: Readonly<Record<string, string>>, from: number, length: number) {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const start = Math.floor(from * text.length);
      return [path, text.slice(0, start) + text.slice(start + length)];
    }),
  );
}

const unit = fc.double({ min: 0, max: 1, noNaN: true });

test.prop([fc.constantFrom(...examples), unit, unit, fc.integer({ min: 0, max: 60 })], {
  numRuns: 300,
})('code that is broken anywhere makes no guard fail', (example, first, second, length) => {
  const before = cut(example.before ?? {}, first, length);
  const after = cut(example.after, second, length);
  const { gaps } = look({ name: example.name, before, after });
  expect(gaps.filter((gap) => gap.what.startsWith('guard '))).toEqual([]);
});

test.prop([fc.constantFrom(...examples)], { numRuns: 60 })(
  'a change of blanks alone is silent',
  (example) => {
    const spaced = Object.fromEntries(
      Object.entries(example.after).map(([path, text]) => [path, text.replace(/\n/g, '\n\n')]),
    );
    expect(look({ name: '', before: example.after, after: spaced }).findings).toEqual([]);
  },
);
