import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../change/change.ts';
import { textChange } from '../change/text-change.ts';
import { compare } from '../cli/behaviour-isolate.ts';
import { languageOf } from '../guards/language.ts';
import type { Parsers } from '../guards/guard.ts';
import { makeIsolates } from '../outside/isolate/isolate.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { judgeDifference, planBehaviour, type Plan } from './behaviour.ts';

const isolates = makeIsolates();
const loaded = new Map<'parsers', Parsers>();
beforeAll(async () => {
  loaded.set('parsers', await loadParsers(['typescript', 'tsx', 'javascript']));
});

type Files = Readonly<Record<string, string>>;

function changeOf(before: Files, after: Files, says: string): Change {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const files = paths
    .map((path) => textChange({ path, before: before[path] ?? null, after: after[path] ?? null }))
    .filter((file) => file.before !== file.after);
  const person = { name: 'Ann', email: 'ann@example.com' };
  const commit = {
    sha: 'a'.repeat(40),
    parents: [],
    author: person,
    committer: person,
    authoredAt: 0,
    committedAt: 0,
    message: says,
  };
  return { base: null, head: 'x', commits: [commit], files, gaps: [] };
}

function planned(before: Files, after: Files, says = 'refactor: tidy'): Plan {
  const parsers = loaded.get('parsers');
  const parse = (path: string, text: string) => parsers?.tree(languageOf(path), text) ?? null;
  return planBehaviour(changeOf(before, after, says), {
    before: { read: (path) => before[path] ?? null, parse },
    after: { read: (path) => after[path] ?? null, parse },
  });
}

/** What is said about a change of `shop.ts` (or of several files): differences, then what was not checked. */
async function said(before: string | Files, after: string | Files, says?: string): Promise<string> {
  const old = typeof before === 'string' ? { 'shop.ts': before } : before;
  const fresh = typeof after === 'string' ? { 'shop.ts': after } : after;
  const { examinations, gaps } = planned(old, fresh, says);
  const lines: string[] = [];
  for (const examination of examinations) {
    await isolates.prepare();
    const answer = compare(examination, isolates);
    if ('why' in answer) lines.push(`not checked: ${answer.why}`);
    else if (answer.search.difference === null) lines.push('same');
    else {
      const { severity, message } = judgeDifference(examination, answer.search.difference);
      lines.push(`${severity} ${message}`);
    }
  }
  return [...lines, ...gaps.map(({ why }) => `not checked: ${why}`)].join('\n');
}

const f = (type: string, body: string) => `export function f(x: ${type}) { ${body} }\n`;

describe('a change that behaves differently is told with the smallest input', () => {
  test.each([
    [
      'a boundary',
      f('number', 'return x > 18'),
      f('number', 'return x >= 18'),
      'warn f(18) gave false before and gives true now',
    ],
    [
      'a falsy default',
      f('{ n?: number }', 'return x.n ?? 1'),
      f('{ n?: number }', 'return x.n || 1'),
      'warn f({ n: 0 }) gave 0 before and gives 1 now',
    ],
    [
      'a forgotten plus',
      f('string', 'return x.replace(/ +/g, "-")'),
      f('string', 'return x.replace(/ /g, "-")'),
      'warn f("  ") gave "-" before and gives "--" now',
    ],
    [
      'an empty list',
      f('number[]', 'return x.length === 0 ? 0 : Math.max(...x)'),
      f('number[]', 'return Math.max(...x)'),
      'warn f([]) gave 0 before and gives -Infinity now',
    ],
    [
      'an error',
      f('string', 'if (x === "") throw new Error("empty"); return x'),
      f('string', 'return x'),
      'warn f("") threw Error (empty) before and gives "" now',
    ],
    [
      'a loop without end',
      f('number', 'let i = 0; while (i < 3) i += 1; return i'),
      f('number', 'let i = x; while (i !== 3) i = i === 7 ? 7 : 3; return i'),
      'warn f(7) gave 3 before and does not end now',
    ],
    [
      'a recursion without end',
      f('number', 'return x <= 0 ? 0 : 1'),
      `export function f(x: number): number { return x === 0 ? 0 : x < 0 ? f(x - 1) : 1 }\n`,
      'warn f(-1) gave 0 before and calls itself without end now',
    ],
    [
      'a changed argument',
      f('number[]', 'return [...x].sort()[0]'),
      f('number[]', 'return x.sort()[0]'),
      'warn f([0, -1]) leaves its arguments as [[-1, 0]] now, and as [[0, -1]] before',
    ],
    [
      'a null that the type allows',
      f('string | null', 'return x?.trim()'),
      f('string | null', 'return (x ?? "").trim()'),
      'warn f(null) gave undefined before and gives "" now',
    ],
    [
      'a member of a union',
      f("'a' | 'b'", "return x === 'a' ? 1 : 2"),
      f("'a' | 'b'", "return x === 'b' ? 1 : 1"),
      'warn f("b") gave 2 before and gives 1 now',
    ],
    [
      'a rest parameter',
      'export const f = (...x: number[]) => x.length',
      'export const f = (...x: number[]) => x.filter(Boolean).length',
      'warn f(0) gave 1 before and gives 0 now',
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await said(before, after)).toBe(expected);
  });

  test('through an imported helper, an enum and an interface', async () => {
    const kinds = `export enum Kind { Gift = 'gift', Sale = 'sale' }\nexport interface Line { kind: Kind; price: number }\nexport const half = (n: number) => n / 2;\n`;
    const use = (body: string) => ({
      'kinds.ts': kinds,
      'shop.ts': `import { Kind, half, type Line } from './kinds.js';\nexport function due(line: Line): number { ${body} }\n`,
    });
    expect(
      await said(
        use('return line.kind === Kind.Gift ? 0 : half(line.price)'),
        use('return half(line.price)'),
      ),
    ).toBe('warn due({ kind: "gift", price: 1 }) gave 0 before and gives 0.5 now');
  });

  test('through a constant of another changed file, in what says that nothing changes', async () => {
    const use = (limit: number) => ({
      'limits.ts': `export const LIMIT = ${limit};\n`,
      'shop.ts': `import { LIMIT } from './limits.ts';\nexport const capped = (n: number) => Math.min(n, LIMIT); // ${limit}\n`,
    });
    expect(await said(use(100), use(99))).toBe('warn capped(100) gave 100 before and gives 99 now');
  });

  test('of JavaScript, with what its comment says of the parameter', async () => {
    const file = (body: string) => ({
      'a.js': `/**\n * @param {string} s\n */\nexport function f(s) { ${body} }\n`,
    });
    expect(await said(file('return s.length > 2'), file('return s.length > 1'))).toBe(
      'warn f("aa") gave false before and gives true now',
    );
  });

  test('by an input that a test shows', async () => {
    const file = (body: string) => ({
      'id.ts': `export function f(x: string) { ${body} }\n`,
      'id.test.ts': `test('x', () => { check(f('ord-77-zq')) });\n`,
    });
    expect(
      await said(
        file('return x.startsWith("o")'),
        file('return x.startsWith("o") && !/-77-z/.test(x)'),
      ),
    ).toBe("warn f('ord-77-zq') gave true before and gives false now");
  });
});

describe('a change that behaves the same is not told', () => {
  test.each([
    [
      'a loop becomes a reduce',
      f('number[]', 'let s = 0; for (const n of x) s += n; return s'),
      f('number[]', 'return x.reduce((a, b) => a + b, 0)'),
    ],
    [
      'a condition is turned round',
      f('number', 'if (x > 3) return "a"; return "b"'),
      f('number', 'return !(x > 3) ? "b" : "a"'),
    ],
    [
      'keys change places',
      f('number', 'return { a: x, b: 1 }'),
      f('number', 'return { b: 1, a: x }'),
    ],
    [
      'an absent key is undefined',
      f('number', 'return {}'),
      f('number', 'return { a: undefined }'),
    ],
    [
      'another error message',
      f('number', 'throw new Error("no")'),
      f('number', 'throw new Error("never")'),
    ],
    [
      'a crash by other words',
      f('{ a?: { b: number } }', 'return x.a!.b'),
      f('{ a?: { b: number } }', 'const y = x.a!; return y.b'),
    ],
  ])('%s', async (_, before, after) => {
    expect(await said(before, after)).toBe('same');
  });

  test('types and comments are no change at all', () => {
    expect(
      planned(
        { 'a.ts': f('number', 'return x') },
        { 'a.ts': f('number | bigint', '// now\n return x') },
      ).changed,
    ).toBe(0);
  });
});

describe('what is not pure or not understood is not checked, with the reason', () => {
  test.each([
    ['async', 'export async function f(x: number) { return x }', 'it is asynchronous'],
    ['the clock', f('number', 'return Date.now() + x'), 'it uses Date, which gives other answers'],
    ['dice', f('number', 'return Math.random() + x'), 'it uses Math, which gives other answers'],
    ['the process', f('number', 'return process.env.A + x'), 'it uses process'],
    ['a package', `import y from 'y';\n${f('number', 'return y(x)')}`, 'it uses y of y'],
    ['a variable', `let n = 0;\n${f('number', 'return n + x')}`, 'it reads n, which may change'],
    [
      'a cache',
      `const seen = new Map();\n${f('number', 'seen.set(x, 1); return x')}`,
      'it changes seen, which lies outside it',
    ],
    [
      'this',
      'export function f(x: number) { return this.a + x }',
      'it uses the this of its caller',
    ],
    [
      'a callback',
      f('() => number', 'return x()'),
      'the type of its parameter x is not understood: () => number',
    ],
    ['no type', 'export function f(x) { return [x] }', 'nothing says what its parameter x may be'],
    [
      'the language of the machine',
      f('number', 'return x.toLocaleString()'),
      'it calls toLocaleString, which depends on the machine',
    ],
    ['an outer global', f('number', 'return globalThis.x + x'), 'it uses globalThis'],
  ])('%s', async (_, code, why) => {
    expect(await said(code, code.replace(/return|throw/, '"changed"; return'))).toBe(
      `not checked: ${why}`,
    );
  });

  test('a signature that asks for more', async () => {
    const two = 'export function f(x: number, y: number) { return x + y }\n';
    expect(await said(f('number', 'return x'), two)).toBe(
      'not checked: it asks for more than before',
    );
  });

  test('a function that keeps what it saw', async () => {
    const keeps = `const kept: { n: number } = { n: 0 };\nfunction count(o: { n: number }) { o.n += 1; return o.n }\n`;
    expect(
      await said(
        `${keeps}${f('number', 'return count(kept) > 40')}`,
        `${keeps}${f('number', 'return count(kept) > 50')}`,
      ),
    ).toBe('not checked: it does not give the same answer each time');
  });
});

describe('what the change said it meant is only noted', () => {
  const old = f('number', 'return x > 18').replaceAll('f(', 'isAdult(');
  const fresh = old.replace('>', '>=');
  test.each([
    ['fix: isAdult at eighteen', 'note'],
    ['Count eighteen as adult\n\nThis changes who may buy.', 'note'],
    ['fix: wrong age limit', 'note'],
    ['refactor: shorten isAdult', 'warn'],
    ['chore: format', 'warn'],
    ['wip', 'warn'],
  ])('%s: %s', async (says, severity) => {
    expect((await said(old, fresh, says)).split(' ')[0]).toBe(severity);
  });

  test('a changed expectation says it too', async () => {
    const shown = (result: boolean) => `expect(isAdult(18)).toBe(${result});\n`;
    const before = { 'age.ts': old, 'age.test.ts': shown(false) };
    const after = { 'age.ts': fresh, 'age.test.ts': shown(true) };
    expect(await said(before, after)).toMatch(/^note /);
  });

  test('rare numbers are rare', async () => {
    expect(await said(f('number', 'return x === x'), f('number', 'return true'))).toMatch(
      /^note f\(NaN\)/,
    );
  });

  test('what takes nothing gives a constant, which the diff shows', async () => {
    const all = (n: number) => `export function all() { return [1, ${n}]; }\n`;
    expect(await said(all(2), all(3))).toBe('note all() gave [1, 2] before and gives [1, 3] now');
  });

  test('a crash that went is no loss', async () => {
    const type = '{ a?: { b: number } }';
    expect(await said(f(type, 'return x.a!.b'), f(type, 'return x.a?.b'))).toMatch(
      /^note f\(\{\}\) threw TypeError/,
    );
  });
});
