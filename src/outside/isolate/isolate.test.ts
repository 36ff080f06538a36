import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Outcome } from '../../behaviour/behaviour.ts';
import { makeIsolates } from './isolate.ts';
import { isolatedProcess } from './isolated-process.ts';

const isolates = makeIsolates();

async function called(code: string, args = ''): Promise<Outcome> {
  await isolates.prepare();
  const isolated = isolates.open(code);
  const outcome = isolated.call(args);
  isolated.dispose();
  return outcome;
}

const value = (text: string, args = '[]') => ({ kind: 'value', text, args });

test.each([
  ['numbers', '() => [0, -0, NaN, 1n]', '[0, 0, NaN, 1n]'],
  ['collections', '() => new Map([["a", new Set([1])]])', 'Map("a" => Set(1))'],
  ['dates and patterns', '() => [new Date(5), /a/g]', '[Date(5), /a/g]'],
  ['instances', '() => new (class Money { constructor() { this.n = 1 } })()', 'Money { "n": 1 }'],
  ['circles', '() => { const a = {}; a.a = a; return a }', '{ "a": [circle] }'],
])('tells %s', async (_, code, text) => {
  expect(await called(code)).toEqual(value(text));
});

test.each([
  [
    'the process',
    '() => typeof process + typeof require + typeof module',
    '"undefinedundefinedundefined"',
  ],
  [
    'the network and timers',
    '() => typeof fetch + typeof setTimeout + typeof WebSocket',
    '"undefinedundefinedundefined"',
  ],
  [
    'the host by constructors',
    '() => typeof (() => {}).constructor("return this")().process',
    '"undefined"',
  ],
  [
    'the host by an argument',
    '(list) => typeof list.constructor.constructor("return this")().process',
    '"undefined"',
  ],
  [
    'the host by an error',
    '() => { try { null.x } catch (e) { return typeof e.constructor.constructor("return this")().process } }',
    '"undefined"',
  ],
  [
    'the host by a thenable',
    '() => ({ then(f) { f(f.constructor("return this")().process) } })',
    '{ "then": [function] }',
  ],
])('nothing reaches %s', async (_, code, text) => {
  const outcome = await called(code, '[]');
  expect(outcome).toMatchObject({ kind: 'value', text });
});

test('what code does to prototypes does not reach what is told about it', async () => {
  const hostile = `() => {
    Object.prototype.toJSON = () => 'forged';
    Array.prototype.toJSON = () => 'forged';
    JSON.stringify = () => 'forged';
    Array.prototype.sort = () => ['forged'];
    Reflect.ownKeys = () => ['forged'];
    Object.defineProperty(Array.prototype, '0', { set() { throw new Error('forged') } });
    String = () => 'forged';
    return { b: 'x', a: 1 };
  }`;
  expect(await called(hostile)).toEqual(value('{ "a": 1, "b": "x" }'));
});

test('one version does not see what the other did', async () => {
  await isolates.prepare();
  const one = isolates.open(
    '() => { Array.prototype.at = () => "mine"; globalThis.left = 1; return [1].at(0) }',
  );
  const other = isolates.open('() => [[1].at(0), typeof left]');
  expect(one.call('')).toMatchObject({ text: '"mine"' });
  expect(other.call('')).toMatchObject({ text: '[1, "undefined"]' });
  one.dispose();
  other.dispose();
});

test.each([
  ['a loop', '() => { for (;;); }', 'endless'],
  ['a pattern that tries everything', '() => /^(a+)+$/.test("a".repeat(60) + "b")', 'endless'],
  ['a loop that catches what stops it', '() => { for (;;) try { for (;;); } catch {} }', 'endless'],
  ['a getter that never answers', '() => ({ get a() { for (;;); } })', 'endless'],
  ['a huge text', '() => "x".repeat(5e6)', 'unreadable'],
  ['a huge tree', '() => Array.from({ length: 20000 }, () => [1])', 'unreadable'],
  ['a promise', '() => Promise.resolve(1)', 'unreadable'],
  ['code that does not load', 'this is no code', 'unreadable'],
  ['a program that is no function', '42', 'unreadable'],
])('%s ends', async (_, code, kind) => {
  expect((await called(code)).kind).toBe(kind);
});

test('a recursion ends, by the stack or by the memory', async () => {
  const { kind } = await called('function f() { return f() + 1 }; f');
  expect(['stack', 'memory']).toContain(kind);
});

test.each([
  ['one block', '() => new ArrayBuffer(1e9)'],
  ['a growing list', '() => { const all = []; for (;;) all.push({ a: [1, 2, 3] }) }'],
  ['a growing text', '() => { let s = "x"; for (;;) s += s }'],
])('%s does not take the memory of the host, and the next call works', async (_, code) => {
  expect((await called(code)).kind).not.toBe('value');
  expect(await called('(a) => a + 1', '1')).toEqual(value('2', '[1]'));
});

test('promises that call each other are never run', async () => {
  const code =
    '() => { const p = Promise.resolve(); (function again() { p.then(again) })(); return 1 }';
  expect(await called(code)).toEqual(value('1'));
});

test('an isolate is as good as new after what was stopped', async () => {
  await isolates.prepare();
  const isolated = isolates.open(
    'const seen = []; (n) => { seen.push(n); if (n === 1) for (;;); return seen.length }',
  );
  expect(isolated.call('1')).toEqual({ kind: 'endless' });
  expect(isolated.call('2')).toMatchObject({ text: '1' });
  isolated.dispose();
});

test('the process around it may not read, write, start, listen or see its environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-isolate-'));
  const script = join(folder, 'try.mjs');
  const secret = join(mkdtempSync(join(tmpdir(), 'hallmonitor-secret-')), 'secret.txt');
  writeFileSync(secret, 'secret');
  writeFileSync(
    script,
    `import { createInterface } from 'node:readline';
     import { readFileSync, writeFileSync } from 'node:fs';
     import { spawnSync } from 'node:child_process';
     import { Worker } from 'node:worker_threads';
     const tries = {
       read: () => readFileSync(${JSON.stringify(secret)}),
       write: () => writeFileSync(${JSON.stringify(join(folder, 'out'))}, 'x'),
       start: () => spawnSync('/bin/true'),
       worker: () => new Worker('1', { eval: true }),
     };
     for await (const line of createInterface({ input: process.stdin })) {
       const refused = Object.keys(tries).filter((name) => { try { tries[name](); return false } catch (error) { return error.code === 'ERR_ACCESS_DENIED' } });
       const seen = Object.keys(process.env).filter((name) => name !== 'PWD' && name !== 'OLDPWD');
       console.log(JSON.stringify({ line, refused, seen, word: process.argv[2] }));
     }`,
  );
  const isolated = isolatedProcess(script, 'word');
  expect(JSON.parse((await isolated.ask('hello')) ?? 'null')).toEqual({
    line: 'hello',
    refused: ['read', 'write', 'start', 'worker'],
    seen: [],
    word: 'word',
  });
  isolated.end();
});

test('a process that dies gives no answer, and the next question gets a new one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallmonitor-isolate-'));
  const script = join(folder, 'die.mjs');
  writeFileSync(
    script,
    `import { createInterface } from 'node:readline';
     for await (const line of createInterface({ input: process.stdin })) {
       if (line === 'die') process.exit(1);
       console.log(line);
     }`,
  );
  const isolated = isolatedProcess(script, 'word');
  expect(await isolated.ask('one')).toBe('one');
  expect(await isolated.ask('die')).toBe(null);
  expect(await isolated.ask('two')).toBe('two');
  isolated.end();
});
