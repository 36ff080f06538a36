import { describe, expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { codeLanguages, grammarOf } from './grammar.ts';

const parsers = await loadParsers(codeLanguages);

describe.each(codeLanguages)('the table of %s', (language) => {
  const grammar = grammarOf(language);
  const kinds = Object.entries(grammar ?? {}).flatMap(([role, value]) =>
    Array.isArray(value) ? value.map((kind) => [role, String(kind)] as const) : [],
  );

  // Asking a tree for a kind its grammar lacks is an error, which would silence every guard.
  test.each(kinds)('names as %s a kind that the grammar knows: %s', (_role, kind) => {
    const root = parsers.tree(language, '\n');
    expect(() => root?.findAll({ rule: { kind } })).not.toThrow();
  });
});

test('other languages have no table', () => {
  expect(grammarOf('sql')).toBeNull();
});
