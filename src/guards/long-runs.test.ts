import { expect, test } from 'vitest';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { emptyBaseline } from './baseline.ts';
import { changeOf } from './examples.ts';
import { inspect } from './guards.ts';

const parsers = await loadParsers(['sql', 'yaml', 'python']);

// Each is read in milliseconds; with a pattern that goes back and forth the runner's own limit ends the test.
test.each([
  ['blanks in a manifest', 'k8s/app.yml', `${' '.repeat(200_000)}x`],
  ['empty lines in a manifest', 'k8s/app.yml', '\n'.repeat(200_000)],
  ['empty lines in an API description', 'openapi.yaml', '\n'.repeat(200_000)],
  ['empty lines in a migration', 'migrations/1.sql', '\n'.repeat(100_000)],
  ['empty lines in a list of packages', 'requirements.txt', '\n'.repeat(100_000)],
  ['quotes that never close in an interface', 'api.proto', '"\\'.repeat(100_000)],
  ['comments that never close in an interface', 'api.proto', '/*'.repeat(100_000)],
  ['quotes that never close in a schema', 'api.graphql', '"\\'.repeat(100_000)],
  ['descriptions that never close in a schema', 'api.graphql', '"""\n'.repeat(50_000)],
])('%s are read in one pass', (_, path, text) => {
  const change = changeOf({ name: 'x', after: { [path]: text } });
  const { findings } = inspect(change, { parsers, readAfter: () => null, baseline: emptyBaseline });
  expect(findings).toEqual([]);
});
