import { describe, expect, test } from 'vitest';
import { loadParsers } from '../../outside/parsers/parsers.ts';
import { tryGuard } from '../tried.ts';
import { readOwnGuards } from './read-own-guards.ts';

const parsers = await loadParsers(['typescript', 'python']);

const path = '.hallmonitor/guards/a.yml';

function read(text: string) {
  return readOwnGuards([{ path, text }]);
}

const rule = `id: shop/raw-price
language: typescript
says: prints $WHAT
breaks: It leaks.
fix: Do not.
appears:
  pattern: console.log($WHAT)
caught:
  - name: a card is printed
    after: console.log(card);
passed:
  - name: it moves
    before: { src/a.ts: "console.log(card);\\n", src/b.ts: "x();\\n" }
    after: { src/a.ts: "y();\\n", src/b.ts: "x();\\nconsole.log(card);\\n" }
`;

describe('a rule of a team', () => {
  test('is asked like any guard, and says what it caught', () => {
    const [guard] = read(rule).guards;
    const tried = guard === undefined ? [] : tryGuard(guard, parsers);
    expect(tried.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(tried[0]?.said).toEqual(['src/shop.ts:1 prints card']);
  });

  test('can be about what goes while something else stays', () => {
    const text = rule
      .replace(
        'appears:\n  pattern: console.log($WHAT)',
        'disappears: { pattern: check($A) }\nstays: { pattern: pay($B) }',
      )
      .replace(
        'after: console.log(card);',
        'before: "check(card);\\npay(card);\\n"\n    after: "pay(card);\\n"',
      )
      .replace(
        /passed:[^]*/,
        'passed:\n  - name: both go\n    before: "check(card);\\npay(card);\\nx();\\n"\n    after: "x();\\n"\n',
      );
    const { guards, problems } = read(text);
    expect(problems).toEqual([]);
    expect(guards.flatMap((guard) => tryGuard(guard, parsers)).map(({ ok }) => ok)).toEqual([
      true,
      true,
      true,
    ]);
  });

  test.each([
    ['frontend/apps/**', 'frontend/apps/shop.ts'],
    ['src/**/*.tsx', 'src/shop.tsx'],
    ['src/pay.ts', 'src/pay.ts'],
  ])('for %s has its examples there: %s', (files, place) => {
    const { guards } = read(rule.replace('says:', `files: ["${files}"]\nsays:`));
    expect(Object.keys(guards[0]?.caught[0]?.after ?? {})).toEqual([place]);
  });

  test('whose pattern is none fails when it is asked, and is not silent', () => {
    const [guard] = read(rule.replace('pattern: console.log($WHAT)', 'kind: no_such_kind')).guards;
    const tried = guard === undefined ? [] : tryGuard(guard, parsers);
    expect(tried[0]?.ok).toBe(false);
    expect(tried[0]?.failed).toContain('not checked');
  });

  test.each([
    ['id: x', /id: must be a shelf/],
    ['severity: deadly', /severity/],
    ['language: cobol', /language/],
    ['caught: []', /caught: needs at least one/],
    ['colour: red', /colour/],
  ])('with %s is refused, with the place', (line, message) => {
    const key = line.split(':')[0] ?? '';
    const without = rule.replace(new RegExp(`^${key}:.*(?:\\n .*)*\\n`, 'm'), '');
    const { guards, problems } = read(`${without}${line}\n`);
    expect(guards).toEqual([]);
    expect(problems.map((one) => one.message).join()).toMatch(message);
    expect(problems[0]?.path).toBe(path);
  });

  test.each([['appears: {}\ndisappears: {}'], ['stays: {}\nappears: {}'], ['']])(
    'needs exactly one thing to look for, not %j',
    (parts) => {
      const text = rule.replace('appears:\n  pattern: console.log($WHAT)', parts);
      expect(read(text).problems).toHaveLength(1);
    },
  );

  test('that is no YAML, or enormous, gives a problem and nothing else', () => {
    expect(read('a: [').problems[0]?.line).toBe(1);
    expect(read(`# ${'x'.repeat(300_000)}`).problems[0]?.message).toContain('longer');
    expect(read('&a [*a, *a]').problems.length).toBeGreaterThan(0);
    expect(read('id: *nobody').problems[0]?.message).toContain('alias');
  });

  test('may not take the id of another', () => {
    const files = ['a.yml', 'b.yml'].map((name) => ({ path: name, text: rule }));
    const { guards, problems } = readOwnGuards(files);
    expect([guards.length, problems.length]).toEqual([1, 1]);
  });
});
