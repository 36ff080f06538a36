import { describe, expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { changeOf } from '../examples.ts';
import { buildScene } from '../scene.ts';
import { codeLanguages } from './grammar.ts';
import { matchUnits } from './pairs.ts';
import { unitsOf } from './units.ts';

const parsers = await loadParsers(codeLanguages);
type Files = Readonly<Record<string, string>>;

function sceneOf(before: Files, after: Files) {
  const world = { parsers, readAfter: () => null };
  return buildScene(changeOf({ name: '', before, after }), world, () => {});
}

function check(before: Files, after: Files): readonly string[] {
  const { pairs, fresh } = matchUnits(sceneOf(before, after));
  return [
    ...pairs
      .filter(({ before }) => before.name !== '')
      .map(
        ({ from, before, file, after }) =>
          `${from.path} ${before.name} -> ${file.path} ${after.name}`,
      ),
    ...fresh
      .filter(({ unit }) => unit.name !== '')
      .map(({ unit, file }) => `new ${file.path} ${unit.name}`),
  ];
}

const load = (name: string): string =>
  `function ${name}(id) {\n  const row = table.find(id);\n  trace(row);\n  return shape(row);\n}\n`;

describe('what became of a function', () => {
  test.each([
    [
      'it changed in place',
      { 'a.js': load('load') },
      { 'a.js': load('load').replace('trace(row)', 'log(row)') },
      ['a.js load -> a.js load'],
    ],
    [
      'it was renamed',
      { 'a.js': load('load') },
      { 'a.js': load('fetchRow') },
      ['a.js load -> a.js fetchRow'],
    ],
    [
      'it moved to another file',
      { 'a.js': `${load('load')}x();\n` },
      { 'a.js': 'x();\n', 'b.js': load('load') },
      ['a.js load -> b.js load'],
    ],
    ['it is new', { 'a.js': 'x();\n' }, { 'a.js': `x();\n${load('load')}` }, ['new a.js load']],
    ['it is gone', { 'a.js': `x();\n${load('load')}` }, { 'a.js': 'x();\n' }, []],
  ])('%s', (_name, before, after, expected) => {
    expect(check(before as Files, after as Files)).toEqual(expected);
  });
});

describe('names of units', () => {
  test.each([
    ['a.ts', 'class A { save() {} load = async () => {} }', ['A.save', 'A.load']],
    ['a.ts', "router.get('/orders', async (request) => {})", ["router/get('/orders')"]],
    ['a.tsx', 'const onSave = useCallback(async () => {}, [])', ['onSave']],
    [
      'a.py',
      'class A:\n    @cached\n    def save(self):\n        def inner(): pass\n',
      ['A.save.inner', 'A.save'],
    ],
    ['a.go', 'package a\nfunc (s *Store[T]) Save() {}\nfunc Load() {}\n', ['Store.Save', 'Load']],
    ['A.java', 'class A { void save() {} class B { B() {} } }', ['A.save', 'A.B.B']],
  ])('%s: %s', (path, text, names) => {
    const source = sceneOf({}, { [path]: text }).files[0]?.after;
    const found = source === null || source === undefined ? [] : unitsOf(source);
    expect(found.map((unit) => unit.name).filter((name) => name !== '')).toEqual(names);
  });
});
