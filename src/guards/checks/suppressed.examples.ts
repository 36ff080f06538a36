import type { Guard } from '../guard.ts';

// Written in two halves, so that no checker takes the examples for its own.
const tsIgnore = ['// @ts', 'ignore'].join('-');
const tsNoCheck = ['// @ts', 'nocheck'].join('-');
const typeIgnore = ['# type:', 'ignore'].join(' ');
const eslint = ['// eslint', 'disable-next-line'].join('-');

function becomes(
  path: string,
  before: string,
  after: string,
): { before: Record<string, string>; after: Record<string, string> } {
  return { before: { [path]: before }, after: { [path]: after } };
}

/** Cases of `checks/suppressed`. */
export const suppressedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a whole file is left unchecked',
      ...becomes('src/cart.ts', 'export const a = 1;\n', `${tsNoCheck}\nexport const a = 1;\n`),
    },
    {
      name: 'a type error is ignored',
      ...becomes('src/cart.ts', 'pay();\n', `${tsIgnore}\npay(1);\n`),
    },
    {
      name: 'Python ignores everything, where the file names what it ignores',
      ...becomes(
        'shop/cart.py',
        `a()  ${typeIgnore}[arg-type]\nb()  ${typeIgnore}[call-arg]\nc()\n`,
        `a()  ${typeIgnore}[arg-type]\nb()  ${typeIgnore}[call-arg]\nc()  ${typeIgnore}\n`,
      ),
    },
    {
      name: 'a rule of ESLint is named and silenced',
      ...becomes('src/cart.tsx', 'run(x);\n', `${eslint} no-eval\nrun(eval(x));\n`),
    },
    {
      name: 'Go, Java, Ruby, Rust and C# in one change',
      before: {},
      after: {
        'pay.go': 'package pay //nolint\n',
        'Pay.java': '@SuppressWarnings("unchecked")\nclass Pay {}\n',
        'pay.rb': 'run # rubocop:disable Security/Eval\n',
        'pay.rs': '#[allow(unused_must_use)]\nfn pay() {}\n',
        'Pay.cs': '#pragma warning disable CS8602\nclass Pay {}\n',
      },
    },
  ],
  passed: [
    {
      name: 'an everyday rule with its reason behind it',
      before: {},
      after: {
        'src/log.ts':
          'a();\n// eslint-disable-next-line no-console -- the only way out of here\nb();\n',
        'src/rows.ts': '/* eslint-disable comma-dangle */\nrows([1]);\n',
      },
    },
    {
      name: 'rules about names, casts, length and what is old',
      before: {},
      after: {
        'src/Nonce.kt':
          '@Suppress("UNCHECKED_CAST", "DEPRECATION")\nclass Nonce\n@Suppress("FunctionName")\nfun Make() = 1\n',
        'src/Pay.cs': '#pragma warning disable CS0618\nclass Pay {}\n',
        'src/pay.py': 'x = 1  # noqa: E501\n',
        'src/pay.rs': '#[allow(dead_code)]\nfn pay() {}\n',
      },
    },
    {
      name: 'the comment moves with its code',
      before: { 'src/a.ts': `${tsIgnore}\npay(1);\n`, 'src/b.ts': 'x();\n' },
      after: { 'src/a.ts': 'y();\n', 'src/b.ts': `x();\n${tsIgnore}\npay(1);\n` },
    },
    {
      name: 'a test silences its checker',
      ...becomes('src/cart.test.ts', 'pay();\n', `${tsIgnore}\npay(1);\n`),
    },
    {
      name: 'a comment talks about ignoring',
      ...becomes('src/cart.ts', 'pay();\n', '// we ignore empty carts here\npay();\n'),
    },
    {
      name: 'a suppression becomes another of its kind',
      ...becomes(
        'src/cart.ts',
        `${tsIgnore}\npay(1);\n`,
        `${tsIgnore} amount is a number here\npay(1);\n`,
      ),
    },
    {
      name: 'a line beside an old one changes',
      ...becomes('src/cart.ts', `${tsIgnore}\npay(1);\n`, `${tsIgnore}\npay(2);\n`),
    },
  ],
};
