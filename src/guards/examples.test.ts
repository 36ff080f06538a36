import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { emptyBaseline } from './baseline.ts';
import { changeOf, readExample, searchExample } from './examples.ts';
import type { Example, Guard } from './guard.ts';
import { guards, inspect } from './guards.ts';
import { treeLanguages } from './scene.ts';

const parsers = await loadParsers([...treeLanguages, 'sql', 'terraform']);

function look(guard: Guard, example: Example) {
  return inspect(changeOf(example), {
    parsers,
    readAfter: readExample(example),
    search: searchExample(example),
    ...(example.registry === undefined ? {} : { registry: example.registry }),
    baseline: emptyBaseline,
    guards: [guard],
  });
}

const ranks = { note: 0, warn: 1, block: 2 };

describe.each(guards.map((guard) => [guard.id, guard] as const))('%s', (_, guard) => {
  test('has enough examples to be believed', () => {
    expect(guard.caught.length).toBeGreaterThanOrEqual(3);
    expect(guard.passed.length).toBeGreaterThanOrEqual(4);
    const names = [...guard.caught, ...guard.passed].map((example) => example.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(guard.caught.map((example) => [example.name, example] as const))(
    'catches: %s',
    (_name, example) => {
      const { findings, gaps } = look(guard, example);
      expect(gaps.filter(({ why }) => !why.startsWith('no guard understands'))).toEqual([]);
      expect(findings.length).toBeGreaterThan(0);
      const most = ranks[guard.gravest ?? guard.severity];
      expect(findings.filter(({ severity }) => ranks[severity] > most)).toEqual([]);
    },
  );

  test.each(guard.passed.map((example) => [example.name, example] as const))(
    'passes: %s',
    (_name, example) => {
      const { findings, gaps } = look(guard, example);
      expect(gaps.filter(({ why }) => !why.startsWith('no guard understands'))).toEqual([]);
      expect(findings.map((finding) => finding.message)).toEqual([]);
    },
  );

  test.each(guard.caught.map((example) => [example.name, example] as const))(
    'says nothing about what was there before: %s',
    (_name, example) => {
      const same = { ...example, before: example.after };
      expect(look(guard, same).findings).toEqual([]);
    },
  );
});

describe('the list of guards', () => {
  const room = import.meta.dirname;
  const declared = readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('/') && path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .filter((path) => /^export const \w+: Guard\b/m.test(readFileSync(join(room, path), 'utf8')))
    .map((path) => relative('.', path).replace(/\.ts$/, ''));

  test('names every file that declares a guard, by an id equal to its path, in order', () => {
    expect(guards.map((guard) => guard.id)).toEqual([...declared].sort());
  });
});
