import { describe, expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { source, treeLanguages } from '../scene.ts';
import { fullName, testCases } from './test-case.ts';

const parsers = await loadParsers(treeLanguages);

function marks(path: string, text: string): readonly string[] {
  const read = source(path, text, parsers);
  return (read === null ? [] : (testCases(read) ?? [])).map(
    (one) => `${one.mark} ${fullName(one)}`,
  );
}

describe('tests of JavaScript', () => {
  test.each([
    [`it.only('a', () => {});`, 'focus a'],
    [`fit('a', () => {});`, 'focus a'],
    [`test.concurrent.only('a', () => {});`, 'focus a'],
    [`test.describe.only('a', () => {});`, 'focus a'],
    [`it.each([1])('a %s', () => {});`, 'none a %s'],
    ['it.skip.each`x`("a", () => {});', 'skip a'],
    [`it["skip"]('a', () => {});`, 'skip a'],
    [`test('a', { only: true }, () => {});`, 'focus a'],
    [`test('a', { skip: 'later' }, () => {});`, 'skip a'],
    [`test('a', () => { test.skip(); });`, 'skip a'],
    [`test('a', () => { test.skip(isCi, 'slow'); });`, 'none a'],
    [`test('a', () => { if (isCi) test.skip(); });`, 'none a'],
    [`it.skipIf(isCi)('a', () => {});`, 'none a'],
    [`Deno.test('a', () => {});`, 'none a'],
  ])('%s', (text, expected) => {
    expect(marks('a.test.ts', text)).toEqual([expected]);
  });

  test('carry the names of the suites around them', () => {
    const text = `describe('cart', () => {\n  describe.skip('full', () => {\n    it('adds', () => {});\n  });\n  it('empties', () => {});\n});\n`;
    expect(marks('a.test.ts', text)).toEqual([
      'none cart',
      'skip cart > full',
      'none cart > full > adds',
      'none cart > empties',
    ]);
  });

  test.each([
    `test(value);`,
    `expect(it).toBe(1);`,
    `beforeEach(() => {});`,
    `test.use({ a: 1 });`,
  ])('are not seen in %s', (text) => {
    expect(marks('a.test.ts', text)).toEqual([]);
  });
});

describe('tests of other languages', () => {
  test.each([
    ['test_a.py', `@pytest.mark.skip(reason="x")\ndef test_a():\n    pass\n`, 'skip test_a'],
    ['test_a.py', `@pytest.mark.skipif(x, reason="y")\ndef test_a():\n    pass\n`, 'none test_a'],
    [
      'test_a.py',
      `@pytest.mark.xfail(sys.platform == "win32", reason="y")\ndef test_a():\n    pass\n`,
      'none test_a',
    ],
    ['test_a.py', `def test_a():\n    pytest.skip("x")\n`, 'skip test_a'],
    ['test_a.py', `def test_a():\n    if x:\n        pytest.skip("x")\n`, 'none test_a'],
    ['a_test.go', `package a\nfunc TestA(t *testing.T) {\n\tt.Skip("x")\n}\n`, 'skip TestA'],
    [
      'a_test.go',
      `package a\nfunc TestA(t *testing.T) {\n\tif x {\n\t\tt.Skip("x")\n\t}\n}\n`,
      'none TestA',
    ],
    ['a_test.go', `package a\nvar _ = FIt("adds", func() {})\n`, 'focus adds'],
    ['ATests.java', `class ATests { @Test @Disabled void a() {} }\n`, 'skip ATests > a'],
    [
      'ATests.java',
      `class ATests { @Test @DisabledOnOs(OS.MAC) void a() {} }\n`,
      'none ATests > a',
    ],
  ])('%s %s', (path, text, expected) => {
    expect(marks(path, text).at(-1)).toBe(expected);
  });
});
