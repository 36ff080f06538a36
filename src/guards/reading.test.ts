import { expect, test } from 'vitest';
import type { FileChange } from '../change/change.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { emptyBaseline } from './baseline.ts';
import { changeOf } from './examples.ts';
import { inspect } from './guards.ts';

const world = {
  parsers: await loadParsers(['sql', 'yaml']),
  readAfter: () => null,
  baseline: emptyBaseline,
};

function look(path: string, text: string, file: Partial<FileChange>) {
  const change = changeOf({ name: 'x', after: { [path]: text } });
  return inspect({ ...change, files: change.files.map((one) => ({ ...one, ...file })) }, world);
}

const drop = '-- auto-generated\nDROP TABLE users;\n';

test.each([
  ['a generated migration', 'migrations/2.sql', 'generated', ['sql/drop-table']],
  ['a vendored migration', 'vendor/x/migrations/2.sql', 'vendored', []],
  ['a generated dump', 'db/structure.sql', 'generated', []],
] as const)('what takes effect is read whoever wrote it: %s', (_, path, generated, expected) => {
  expect(look(path, drop, { generated }).findings.map(({ guard }) => guard)).toEqual(expected);
});

test('says that a submodule was not looked into', () => {
  const [gap] = look('lib', 'Subproject commit 1\n', { content: 'submodule' }).gaps;
  expect(gap?.why).toContain('it is a submodule');
});

const why = 'it holds zero bytes, so it counts as binary and was not read';

test.each([
  ['a script', 'src/a.js', { status: 'added' }, [{ what: 'src/a.js', why }]],
  ['a picture', 'logo.png', { status: 'added' }, []],
  ['a script that goes away', 'src/a.js', { status: 'deleted' }, []],
] as const)('says when code hides from guards behind zero bytes: %s', (_, path, file, gaps) => {
  const hidden = { ...file, content: 'binary', before: null, after: null, hunks: [] } as const;
  expect(look(path, 'x', hidden).gaps).toEqual(gaps);
});
