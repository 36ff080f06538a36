import type { Example } from '../guard.ts';

function test(...body: readonly string[]): Record<string, string> {
  return {
    'cart.test.ts': `it('adds up', () => {\n${body.map((line) => `  ${line}\n`).join('')}});\n`,
  };
}

function pytest(...body: readonly string[]): Record<string, string> {
  return {
    'tests/test_cart.py': `def test_adds():\n${body.map((line) => `    ${line}\n`).join('')}`,
  };
}

/** Tests that were bent until they pass. */
export const caught: readonly Example[] = [
  {
    name: 'a value becomes mere truth',
    before: test('const cart = make();', 'expect(total(cart)).toEqual(42);'),
    after: test('const cart = make();', 'expect(total(cart)).toBeTruthy();'),
  },
  {
    name: 'something is compared with itself',
    before: pytest('cart = make()', 'assert total(cart) == 42'),
    after: pytest('cart = make()', 'assert cart == cart'),
  },
  {
    name: 'assertEqual becomes assertTrue',
    before: pytest('cart = make()', 'self.assertEqual(cart.total, 42)'),
    after: pytest('cart = make()', 'self.assertTrue(cart.total)'),
  },
  {
    name: 'the tolerance grows a hundredfold',
    before: test('const cart = make();', 'expect(total(cart)).toBeCloseTo(42.5, 5);'),
    after: test('const cart = make();', 'expect(total(cart)).toBeCloseTo(42.5, 1);'),
  },
  {
    name: 'the assertion is commented out',
    before: test(
      'const cart = make();',
      'expect(total(cart)).toBe(42);',
      'expect(cart.ok).toBe(true);',
    ),
    after: test(
      'const cart = make();',
      '// expect(total(cart)).toBe(42);',
      'expect(cart.ok).toBe(true);',
    ),
  },
  {
    name: 'the only assertion goes',
    before: {
      'cart_test.go': `package cart\n\nfunc TestTotal(t *testing.T) {\n\tcart := build(t, 3, 4)\n\tassert.Equal(t, 7, cart.Total())\n}\n`,
    },
    after: {
      'cart_test.go': `package cart\n\nfunc TestTotal(t *testing.T) {\n\tcart := build(t, 3, 4)\n}\n`,
    },
  },
  {
    name: 'the expected exception is no longer expected',
    before: pytest(
      'cart = make()',
      'with pytest.raises(ValueError):',
      '    cart.add(-1)',
      'assert cart.size == 0',
    ),
    after: pytest('cart = make()', 'cart.add(-1)', 'assert cart.size == 0'),
  },
];

/** Tests that changed and are as strict as before. */
export const passed: readonly Example[] = [
  {
    name: 'helpers of the class, named with an underscore, check from now on',
    before: {
      'tests/test_cart.py': `class TestCart:\n    def test_filter(self):\n        rows = self.ask(self.query)\n        self.assertGreater(len(rows), 0)\n`,
    },
    after: {
      'tests/test_cart.py': `class TestCart:\n    def test_filter(self):\n        rows = self.ask(self.query)\n        self._assert_rows_found(rows)\n`,
    },
  },
  {
    name: 'another value is expected',
    before: test('const cart = make();', 'expect(total(cart)).toEqual(42);'),
    after: test('const cart = make();', 'expect(total(cart)).toEqual(43);'),
  },
  {
    name: 'an assertion moves into a helper',
    before: test(
      'const cart = make();',
      'expect(total(cart)).toEqual(42);',
      'expect(cart.lines).toEqual([]);',
    ),
    after: test('const cart = make();', 'expectEmpty(cart);'),
  },
  {
    name: 'assertions move to another test of the change',
    before: test(
      'const cart = make();',
      'expect(total(cart)).toEqual(42);',
      'expect(cart.lines).toEqual([]);',
    ),
    after: {
      'cart.test.ts': `it('adds up', () => {\n  const cart = make();\n  expect(total(cart)).toEqual(42);\n});\nit('is empty', () => {\n  const cart = make();\n  expect(cart.lines).toEqual([]);\n});\n`,
    },
  },
  {
    name: 'truth becomes a value',
    before: test('const cart = make();', 'expect(total(cart)).toBeTruthy();'),
    after: test('const cart = make();', 'expect(total(cart)).toEqual(42);'),
  },
  {
    name: 'one assertion on the whole replaces several on its parts',
    before: test('const cart = make();', 'expect(cart.a).toBe(1);', 'expect(cart.b).toBe(2);'),
    after: test('const cart = make();', 'expect(cart).toEqual({ a: 1, b: 2 });'),
  },
  {
    name: 'the assertion goes with the field it looked at',
    before: {
      'cart.ts': `export const make = () => ({ total: 42, legacyCoupon: 1 });\n`,
      ...test(
        'const cart = make();',
        'expect(cart.total).toBe(42);',
        'expect(cart.legacyCoupon).toBe(1);',
      ),
    },
    after: {
      'cart.ts': `export const make = () => ({ total: 42 });\n`,
      ...test('const cart = make();', 'expect(cart.total).toBe(42);'),
    },
  },
];
