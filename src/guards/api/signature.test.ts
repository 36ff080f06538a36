import { expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { source, treeLanguages } from '../scene.ts';
import { exportsOf } from './exported.ts';
import { signatureChange } from './signature.ts';

const parsers = await loadParsers(treeLanguages);

function change(path: string, before: string, after: string): string | null {
  const [was, now] = [before, after].map((text) => {
    const read = source(path, text, parsers);
    return read === null ? null : ([...(exportsOf(read)?.values() ?? [])][0]?.signature ?? null);
  });
  return was === null || was === undefined || now === null || now === undefined
    ? null
    : (signatureChange(was, now)?.says ?? null);
}

test.each([
  ['a.ts', 'export function f(a: A) {}', 'export function f(a: A, b: B) {}', 'requires b'],
  ['a.ts', 'export function f(a: A) {}', 'export function f(a: A, b?: B) {}', null],
  ['a.ts', 'export function f(a: A) {}', 'export function f(a: A, ...b: B[]) {}', null],
  ['a.ts', 'export function f(a: A, b?: B) {}', 'export function f(a: A) {}', 'no longer takes b'],
  [
    'a.ts',
    'export const f = (a: A, b: B) => 1;',
    'export const f = (b: B, a: A) => 1;',
    'takes its parameters in another order',
  ],
  ['a.ts', 'export function f(a: A) {}', 'export async function f(a: A) {}', 'is now async'],
  [
    'a.ts',
    'export function f(a: A): Promise<B> {}',
    'export async function f(a: A): Promise<B> {}',
    null,
  ],
  ['a.ts', 'export function f(): A {}', 'export function f(): B {}', 'returns B instead of A'],
  ['a.ts', 'export function f(): A {}', 'export function f(): A | null {}', null],
  ['a.py', 'def f(a): pass', 'def f(a, b): pass', 'requires b'],
  ['a.py', 'def f(a): pass', 'def f(a, b=1, *c, **d): pass', null],
  ['a.py', 'def f(a, b): pass', 'def f(a): pass', 'no longer takes b'],
  ['a.go', 'package a\nfunc F(a int) {}', 'package a\nfunc F(a int, b int) {}', 'requires b'],
  ['a.go', 'package a\nfunc F(a, b int) {}', 'package a\nfunc F(c, d int) {}', null],
])('%s: from `%s` to `%s`: %s', (path, before, after, expected) => {
  expect(change(path, before, after)).toBe(expected);
});
