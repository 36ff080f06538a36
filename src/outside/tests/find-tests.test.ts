import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findTests } from './find-tests.ts';

function folder(files: Readonly<Record<string, string>>): string {
  const top = mkdtempSync(join(tmpdir(), 'hallmonitor-tests-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  }
  return top;
}

const shop = {
  'src/cart.ts': '',
  'src/index.ts': `export * from './cart.js';`,
  'src/tax.ts': '',
  'test/cart.ts': `import { a } from '../src/index.ts';`,
  'src/tax.test.ts': `const { b } = require('./tax');`,
  'tests/run.js': '',
};

test('tests are those that reach the file by imports', () => {
  const tests = findTests(folder(shop), 'script');
  expect(tests.all).toEqual(['src/tax.test.ts', 'test/cart.ts']);
  expect(tests.relatedTo(['src/cart.ts'])).toEqual(['test/cart.ts']);
  expect(tests.relatedTo(['src/tax.ts'])).toEqual(['src/tax.test.ts']);
});

test('where no import leads to it, all tests are asked', () => {
  expect(
    findTests(folder({ ...shop, 'lib/other.js': '' }), 'script').relatedTo(['lib/other.js']),
  ).toHaveLength(2);
});

test.each([
  ['tests/', ['tests/run.js']],
  ['tests', ['tests/run.js']],
  ['src/**/*.test.ts', ['src/tax.test.ts']],
  ['./test/cart.ts', ['test/cart.ts']],
])('a script may name them: %s', (pattern, expected) => {
  expect(findTests(folder(shop), 'script', [pattern]).all).toEqual(expected);
});

test("Python's tests are those that say the module's name", () => {
  const files = {
    'pkg/cart.py': '',
    'tests/test_cart.py': '',
    'tests/test_all.py': 'from pkg import cart',
    'tests/test_tax.py': '',
  };
  const tests = findTests(folder(files), 'python');
  expect(tests.relatedTo(['pkg/cart.py'])).toEqual(['tests/test_all.py', 'tests/test_cart.py']);
});
