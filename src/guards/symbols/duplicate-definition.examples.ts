import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

const add = 'export function add(a: number, b: number) {\n  return a + b;\n}\n';
const py = 'def load(path):\n    return open(path)\n\n\ndef save(path):\n    return path\n';
const suite =
  'class TestCart(TestCase):\n    def test_total(self):\n        self.assertEqual(1, 1)\n';
const java = 'class Cart {\n  int total(int a) {\n    return a;\n  }\n}\n';

export const caught: readonly Example[] = [
  exampleOf('a function written again further down', 'src/a.ts', [
    add,
    `${add}\nexport const one = 1;\n\nexport function add(a: number, b: number) {\n  return b + a + 0;\n}\n`,
  ]),
  exampleOf('a method of a class', 'src/a.js', [
    'class A {\n  run() {\n    return 1;\n  }\n}\n',
    'class A {\n  run() {\n    return 1;\n  }\n\n  stop() {}\n\n  run() {\n    return 2;\n  }\n}\n',
  ]),
  exampleOf('a key of an object', 'src/a.js', [
    'export const a = {\n  rows: 5,\n  pages: 2,\n};\n',
    "export const a = {\n  rows: 5,\n  pages: 2,\n  'rows': 6,\n};\n",
  ]),
  exampleOf('a constant of a module', 'src/a.ts', [
    'const limit = 5;\nexport const x = limit;\n',
    'const limit = 5;\nexport const x = limit;\nconst limit = 6;\n',
  ]),
  exampleOf('a name that is imported twice', 'src/a.ts', [
    "import { x } from './x';\nexport const b = x;\n",
    "import { x } from './x';\nimport { y as x } from './y';\nexport const b = x;\n",
  ]),
  exampleOf('a Python function', 'app/files.py', [
    py,
    `${py}\n\ndef load(path, mode='r'):\n    return open(path, mode)\n`,
  ]),
  exampleOf('a Python test that hides another', 'tests/test_cart.py', [
    suite,
    `${suite}\n    def test_total(self):\n        self.assertEqual(2, 2)\n`,
  ]),
  exampleOf('a key of a Python dictionary', 'app/conf.py', [
    "conf = {\n    'a': 1,\n}\n",
    "conf = {\n    'a': 1,\n    'b': 3,\n    'a': 2,\n}\n",
  ]),
  exampleOf('a Go method', 'cart.go', [
    'package cart\n\nfunc (c *Cart) Total() int {\n\treturn 1\n}\n',
    'package cart\n\nfunc (c *Cart) Total() int {\n\treturn 1\n}\n\nfunc (c Cart) Total() int {\n\treturn 2\n}\n',
  ]),
  exampleOf('a Java method of the same types', 'src/Cart.java', [
    java,
    'class Cart {\n  int total(int a) {\n    return a;\n  }\n\n  int total(int b) {\n    return b + 1;\n  }\n}\n',
  ]),
  exampleOf('a Ruby method', 'app/cart.rb', [
    'class Cart\n  def total\n    1\n  end\nend\n',
    'class Cart\n  def total\n    1\n  end\n\n  def total\n    2\n  end\nend\n',
  ]),
  exampleOf('a PHP method', 'src/Cart.php', [
    '<?php\nclass Cart {\n  public function total() { return 1; }\n}\n',
    '<?php\nclass Cart {\n  public function total() { return 1; }\n  public function total() { return 2; }\n}\n',
  ]),
];

export const passed: readonly Example[] = [
  exampleOf('overloads of TypeScript', 'src/a.ts', [
    add,
    'export function add(a: string): string;\nexport function add(a: number): number;\nexport function add(a: unknown) {\n  return a;\n}\n',
  ]),
  exampleOf('a getter and its setter, static and not', 'src/a.ts', [
    'class A {}\n',
    'class A {\n  get x() {\n    return 1;\n  }\n  set x(value) {}\n  static run() {}\n  run() {}\n}\n',
  ]),
  exampleOf('a key that overrides what is spread', 'src/a.ts', [
    'export const a = {};\n',
    'export const a = { x: 1, ...rest, x: 2 };\n',
  ]),
  exampleOf('the same name in other scopes', 'src/a.ts', [
    add,
    `${add}\nfunction f() {\n  const x = 1;\n  return x;\n}\nfunction g() {\n  const x = 2;\n  if (x) {\n    const x = 3;\n    return x;\n  }\n  return x;\n}\n`,
  ]),
  exampleOf('a property, overloads and what depends on a condition in Python', 'app/a.py', [
    py,
    'import typing\n\n\nclass A:\n    @property\n    def x(self):\n        return 1\n\n    @x.setter\n    def x(self, value):\n        pass\n\n    @typing.overload\n    def y(self): ...\n    @typing.overload\n    def y(self, a): ...\n    def y(self, a=None):\n        return a\n\n\nif typing.TYPE_CHECKING:\n    def z(): ...\nelse:\n    def z():\n        return 1\n\ntry:\n    def w():\n        return 1\nexcept ImportError:\n    def w():\n        return 2\n',
  ]),
  exampleOf('overloads of Java', 'src/Cart.java', [
    java,
    'class Cart {\n  int total(int a) {\n    return a;\n  }\n\n  int total(long b) {\n    return 1;\n  }\n\n  int total() {\n    return 1;\n  }\n}\n',
  ]),
  exampleOf('init of Go, and methods of two types', 'cart.go', [
    'package cart\n\nfunc init() {\n}\n',
    'package cart\n\nfunc init() {\n}\n\nfunc init() {\n}\n\nfunc (a A) Total() int {\n\treturn 1\n}\n\nfunc (b B) Total() int {\n\treturn 2\n}\n',
  ]),
  exampleOf('functions of Rust that one build or the other has', 'src/a.rs', [
    'fn a() {}\n',
    'fn a() {}\n\n#[cfg(unix)]\nfn run() {}\n\n#[cfg(windows)]\nfn run() {}\n',
  ]),
  exampleOf('what was there twice before', 'src/a.js', [
    'export const a = { x: 1, x: 2 };\nexport const b = 1;\n',
    'export const a = { x: 1, x: 2, y: 3 };\nexport const b = 2;\n',
  ]),
  exampleOf('a function that is moved', 'src/a.ts', [
    `${add}\nexport const one = 1;\n`,
    `export const one = 1;\n\n${add}`,
  ]),
];
