import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { textChange } from '../change/text-change.ts';
import type { Parsers } from '../guards/guard.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import type { Authorship, Provenance } from '../provenance/provenance.ts';
import { mutated, planMutants, withProbes, type Mutant } from './mutants.ts';

const loaded = new Map<'parsers', Parsers>();
beforeAll(async () => {
  loaded.set('parsers', await loadParsers(['typescript', 'tsx', 'javascript', 'python']));
});

interface Given {
  readonly before?: string;
  readonly runs?: readonly (readonly [number, number, Authorship])[];
  readonly most?: number;
}

function planned(
  path: string,
  after: string,
  { before = '', runs = [], most = 100 }: Given = {},
): readonly Mutant[] {
  const change = {
    base: null,
    head: 'x',
    commits: [],
    files: [textChange({ path, before, after })],
    gaps: [],
  };
  const file = {
    path,
    runs: runs.map(([from, to, authorship]) => ({
      from,
      to,
      authorship,
      tool: null,
      model: null,
      evidence: [],
      disputed: false,
    })),
  };
  const provenance: Provenance = {
    lines: { ai: 0, mixed: 0, human: 0, unknown: 0 },
    tools: [],
    files: [file],
    evidence: [],
    advised: false,
  };
  return planMutants(change, {
    parse: (language, text) => loaded.get('parsers')?.tree(language, text) ?? null,
    provenance,
    most,
  });
}

/** Every mutant of a text as `operator: before -> after`, in their order in the text. */
function ways(path: string, text: string): readonly string[] {
  return planned(path, text)
    .toSorted((a, b) => a.from - b.from || a.operator.localeCompare(b.operator))
    .map(({ operator, before, after }) => `${operator}: ${before} -> ${after}`);
}

describe('added lines are made wrong', () => {
  test.each([
    [
      'a.ts',
      'if (a > b) f();',
      ['negate-condition: a > b -> (!(a > b))', 'boundary: > -> >=', 'remove-call: f(); -> ;'],
    ],
    ['a.ts', 'const x = a && b === c;', ['logic: && -> ||', 'equality: === -> !==']],
    ['a.ts', 'const y = a ? 1 : z;', ['negate-condition: a -> (!(a))', 'constant: 1 -> 2']],
    ['a.ts', 'const y = a ?? true;', ['logic: ?? -> &&', 'constant: true -> false']],
    [
      'a.ts',
      'function f() { return a + b; }',
      ['return-default: return a + b; -> return undefined;', 'arithmetic: + -> -'],
    ],
    [
      'a.ts',
      'async function f() { await save(); }',
      ['drop-await: await save() -> save()', 'remove-call: await save(); -> ;'],
    ],
    [
      'a.py',
      'if a < b and c:\n    f()\n',
      [
        'negate-condition: a < b and c -> not (a < b and c)',
        'boundary: < -> <=',
        'logic: and -> or',
        'remove-call: f() -> pass',
      ],
    ],
    [
      'a.py',
      'def f(a):\n    return a * 2\n',
      ['return-default: return a * 2 -> return None', 'arithmetic: * -> /', 'constant: 2 -> 3'],
    ],
    [
      'a.py',
      'x = a is b or True\n',
      ['equality: is -> is not', 'logic: or -> and', 'constant: True -> False'],
    ],
    [
      'a.py',
      'async def f():\n    await g()\n',
      ['drop-await: await g() -> g()', 'remove-call: await g() -> pass'],
    ],
  ])('%s: %s', (path, text, expected) => {
    expect([...ways(path, text)].sort()).toEqual([...expected].sort());
  });

  test.each([
    ['a sum of texts', 'a.ts', 'const s = "a" + b + c;'],
    ['types', 'a.ts', 'let x: 1 | 2; type T = A extends 3 ? 4 : 5; interface I { a: 1 }'],
    ['what is only told', 'a.ts', 'console.log(a); logger.info(b);'],
    [
      'what is there for tools',
      'a.py',
      'if t.TYPE_CHECKING:\n    import x\nif __name__ == "__main__":\n    pass\n',
    ],
    ['imports', 'a.py', 'from a import b\n'],
    ['tests', 'a.test.ts', 'if (a > b) f();'],
    ['settings of tools', 'vite.config.ts', 'f(1);'],
    ['other languages', 'a.go', 'package a\nvar x = 1 > 2\n'],
    ['declarations', 'a.d.ts', 'declare const x = 1;'],
  ])('nothing is done to %s', (_, path, text) => {
    expect(ways(path, text)).toEqual([]);
  });

  test('only to lines that the change added', () => {
    const before = 'f(a > b);\n';
    expect(planned('a.ts', `${before}g(c > d);\n`, { before }).map(({ line }) => line)).toEqual([
      2, 2,
    ]);
  });
});

describe('where there is not time for all', () => {
  const text = 'f(a > b);\nf(a > b);\nf(a > b);\n';

  test('lines of an AI come first, then those of nobody known', () => {
    const runs = [
      [1, 1, 'human'],
      [2, 2, 'unknown'],
      [3, 3, 'ai'],
    ] as const;
    expect(planned('a.ts', text, { runs }).map(({ line }) => line)).toEqual([3, 3, 2, 2, 1, 1]);
  });

  test('each line comes once before any comes twice', () => {
    const lines = planned('a.ts', text, { most: 3 }).map(({ line }) => line);
    expect(lines.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });
});

test('a mutant is put where it belongs, also after letters of several bytes', () => {
  const text = 'const s = "😀é"; f(a > 1);\n';
  const boundary = planned('a.ts', text).find(({ operator }) => operator === 'boundary');
  expect(boundary && mutated(text, boundary)).toBe('const s = "😀é"; f(a >= 1);\n');
});

describe('notes of what is reached leave the program as it was', () => {
  function ran(
    name: string,
    program: string,
    text: string,
  ): { readonly said: string; readonly lines: readonly string[] } {
    const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-probes-'));
    const file = join(folder, 'notes');
    writeFileSync(file, '');
    const mutants = planned(name, text).map((mutant, number) => [number, mutant] as const);
    writeFileSync(join(folder, name), withProbes(name, text, { mutants, file }));
    const said = execFileSync(program, [join(folder, name)], { encoding: 'utf8' });
    const reached = new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number));
    const lines = mutants
      .filter(([number]) => reached.has(number))
      .map(([, { line, operator }]) => `${line} ${operator}`);
    return { said, lines: [...new Set(lines)].sort() };
  }

  test('in JavaScript', () => {
    const text = `function f(a, b) {\n  if (a > 1 && b < 2) return a + 1;\n  for (let i = 0; i < 3; i += 1) b += i * 2;\n  return b;\n}\nfunction never() {\n  return 5 > 4;\n}\nconsole.log(f(2, 1), f(0, 0));\n`;
    const { said, lines } = ran('a.mjs', process.execPath, text);
    expect(said).toBe('3 6\n');
    expect(lines).toContain('2 negate-condition');
    expect(lines).toContain('2 boundary');
    expect(lines).toContain('4 return-default');
    expect(lines.filter((line) => line.startsWith('7'))).toEqual([]);
  });

  test('in Python', () => {
    const text = `def f(a, b):\n    if a > 1 and b < 2:\n        return a + 1\n    elif not a:\n        b = b * 2\n    return b, a\n\ndef never():\n    return 5 > 4\n\nimport sys\nsys.stdout.write(str(f(2, 1)) + str(f(0, 3)))\n`;
    const { said, lines } = ran('a.py', 'python3', text);
    expect(said).toBe('3(6, 0)');
    expect(lines).toContain('2 negate-condition');
    expect(lines).toContain('4 negate-condition');
    expect(lines.filter((line) => line.startsWith('9'))).toEqual([]);
  });
});
