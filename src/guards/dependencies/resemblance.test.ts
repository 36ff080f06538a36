import { expect, test } from 'vitest';
import type { Registry } from './dependency.ts';
import { isOneEditApart, resemblanceOf } from './resemblance.ts';

test.each<[Registry, string, string | null]>([
  ['npm', 'recat', 'is one letter away from react'],
  ['npm', 'cross-env.js', null],
  ['npm', 'crossenv', 'is cross-env but for its separators'],
  ['npm', 'babel-core', null],
  ['npm', 'apollo-client', null],
  ['npm', 'tanstack-react-query', 'is @tanstack/react-query without the signs of a scope'],
  ['npm', '@ai-skd/openai', 'is one letter away from @ai-sdk/openai'],
  ['npm', '@nestjs/core', null],
  ['npm', '@nestsjs/core', 'is one letter away from @nestjs/core'],
  ['npm', 'preact', null],
  ['npm', '@types/react', null],
  ['pypi', 'request', 'is one letter away from requests'],
  ['pypi', 'beautifulsoup', 'is one letter away from beautifulsoup4'],
  ['pypi', 'python-dotenv', null],
  ['crates', 'rustdecimal', null],
  ['go', 'github.com/gorilla/muxx', 'is one letter away from github.com/gorilla/mux'],
  ['go', 'github.com/labstack/echo/v5', null],
  ['maven', 'com.google.guava:guava-testlib', null],
])('on %s, %s: %s', (registry, name, expected) => {
  expect(resemblanceOf(registry, name)?.says ?? null).toBe(expected);
});

test.each([
  ['abc', 'abd', true],
  ['abc', 'ab', true],
  ['abc', 'acb', true],
  ['abc', 'abc', false],
  ['abc', 'cba', false],
  ['abc', 'abcde', false],
])('%s and %s are one edit apart: %s', (a, b, expected) => {
  expect(isOneEditApart(a, b)).toBe(expected);
  expect(isOneEditApart(b, a)).toBe(expected);
});
