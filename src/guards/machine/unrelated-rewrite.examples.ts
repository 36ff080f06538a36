import { exampleOf } from '../code/example-of.ts';
import type { Example } from '../guard.ts';

function script(indent: string, last: string): string {
  const bodies = Array.from(
    { length: 20 },
    (_, index) =>
      `function step${index}(a) {\n${indent}const b = a + ${index};\n${indent}return b;\n}\n`,
  );
  return `${bodies.join('\n')}\n${last}\n`;
}

function python(indent: string, last: string): string {
  const bodies = Array.from(
    { length: 20 },
    (_, index) =>
      `def step${index}(a):\n${indent}b = a + ${index}\n${indent}print(a)\n${indent}return b\n`,
  );
  return `${bodies.join('\n')}\n${last}\n`;
}

const tail = 'export const limit = 5;';

export const caught: readonly Example[] = [
  exampleOf('indented anew, with one number changed', 'src/a.js', [
    script('  ', tail),
    script('    ', 'export const limit = 50;').replaceAll(' {', '\n{'),
  ]),
  exampleOf('Python indented anew, with a call gone', 'app/a.py', [
    python('    ', 'limit = check(5)'),
    python('\t', 'limit = 5'),
  ]),
  exampleOf('semicolons taken away, with a word changed', 'src/a.ts', [
    script('  ', tail),
    script('\t', tail)
      .replaceAll(';', '')
      .replaceAll('(a) {', '( a ) {')
      .replace('step3', 'step33'),
  ]),
];

export const passed: readonly Example[] = [
  exampleOf('only laid out anew', 'src/a.js', [
    script('  ', tail),
    script('    ', tail).replaceAll(' {', '\n{'),
  ]),
  exampleOf('a small change', 'src/a.js', [
    script('  ', tail),
    script('  ', 'export const limit = 6;'),
  ]),
  exampleOf('written anew', 'src/a.js', [
    script('  ', tail),
    script('    ', tail).replaceAll('step', 'stage').replaceAll('const b', 'let c'),
  ]),
  exampleOf('a short file', 'src/a.js', ['a();\nb();\n', '  a();\n  c();\n']),
];
