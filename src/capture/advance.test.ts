import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, placeLines } from './advance.ts';
import { sessionOf, type Author } from './author.ts';
import { firstSight, readFileState, writeFileState, type FileState } from './file-state.ts';
import { hashedLine, hashedLines } from './line.ts';

const agent: Author = 'ai:s_1::t_1';
const other: Author = 'ai:s_2::t_2';

const letters = { A: agent, B: other, H: 'human', '.': 'base', G: 'gap', '?': 'unknown' } as const;
type Letter = keyof typeof letters;

function letterOf(author: Author): string {
  return Object.entries(letters).find(([, known]) => known === author)?.[0] ?? '!';
}

/** A file told as lines with the letter of who wrote each. */
function state(text: string, more: Partial<FileState> = {}): FileState {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({
      ...hashedLine(line.trimStart().slice(2)),
      author: letters[line.trimStart().charAt(0) as Letter],
    }));
  return { ...firstSight('a.ts', []), lines, ...more };
}

function after(before: FileState, text: string, author: Author): string {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => hashedLine(line.trimStart()));
  return advance(before, lines, author)
    .lines.map((line) => letterOf(line.author))
    .join('');
}

const file = `
  . export const first = 1;
  A export function price() {
  A return tax * amount;
  A }
  H const typedByHand = true;
`;

describe('an author stays through', () => {
  test.each([
    [
      'what somebody adds',
      `export const first = 1;
      export function price() {
      return tax * amount;
      }
      const typedByHand = true;
      const oneMoreLine = "new";`,
      '.AAAHB',
    ],
    [
      'a formatter that indents and changes quotes',
      `export const first = 1
      export function price() {
          return tax * amount
      }
      const typedByHand = true`,
      '.AAAH',
    ],
    [
      'a line that moves within the file',
      `const typedByHand = true;
      export const first = 1;
      export function price() {
      return tax * amount;
      }`,
      'B.AAA',
    ],
    [
      'a block that moves within the file',
      `export function price() {
      return tax * amount;
      }
      const typedByHand = true;
      export const first = 1;`,
      'AAAHB',
    ],
  ])('%s', (_, text, expected) => {
    expect(after(state(file), text, other)).toBe(expected);
  });

  test('an operator is no dress', () => {
    const typed = state('H const open = count > limit;');
    expect(after(typed, 'const open = count < limit;', agent)).toBe('A');
  });

  test('a line that goes and comes back is its author’s again', () => {
    const gone = advance(state(file), [hashedLine('export const first = 1;')], 'human');
    expect(after(gone, 'export const first = 1;\nreturn tax * amount;', 'human')).toBe('.A');
    const text = 'export const first = 1;\nexport function price() {\nreturn tax * amount;\n}';
    expect(after(gone, text, 'human')).toBe('.AAA');
  });

  test('one line alone is not taken from an agent for a person', () => {
    const gone = advance(state(file), [hashedLine('export const first = 1;')], 'base');
    const line = 'export const first = 1;\nconst typedByHand = true;';
    expect(after(gone, line, agent)).toBe('.A');
  });

  test('what an agent asked to write is its own, whoever is said to have written it', () => {
    const lines = ['return discount * amount;', '}'].map((line) => hashedLine(line));
    const proposals = [{ author: agent, callId: 'c', denied: false, lines }];
    const asked = state('. const first = 1;', { proposals });
    const text = 'const first = 1;\nreturn discount * amount;\n}\nconst typedByHand = true;';
    for (const author of ['human', 'gap', 'unknown', 'base'] as const)
      expect(after(asked, text, author)).toBe(`.AA${letterOf(author)}`);
  });
});

const line: fc.Arbitrary<string> = fc.constantFrom(
  'export const price = 1;',
  'export const amount = 2;',
  '  return price * amount;',
  'const typedByHand = true;',
  '}',
  '',
  '  });',
  'import { readFile } from "node:fs";',
);
const text = fc
  .array(line, { maxLength: 12 })
  .map((lines) => lines.map((one) => `${one}\n`).join(''));
const author = fc.constantFrom<Author>(agent, other, 'human', 'gap', 'base', 'unknown');
const history = fc.array(fc.tuple(text, author), { maxLength: 8 });

function told(steps: readonly (readonly [string, Author])[]): FileState {
  return steps.reduce(
    (known, [now, by]) => advance(known, hashedLines(now) ?? [], by),
    firstSight('a.ts', []),
  );
}

test('every line has one author, and the lines are those of the file', () => {
  fc.assert(
    fc.property(history, text, author, (steps, last, by) => {
      const lines = hashedLines(last) ?? [];
      const known = advance(told(steps), lines, by);
      expect(known.lines.map(({ strong }) => strong)).toEqual(lines.map(({ strong }) => strong));
      expect(placeLines(known, lines).map((one) => one.author)).toEqual(
        known.lines.map((one) => one.author),
      );
    }),
  );
});

test('without a person at work no line is a person’s', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const known = told(steps.map(([now, by]) => [now, by === 'human' ? 'gap' : by]));
      expect(known.lines.every(({ author: by }) => by !== 'human')).toBe(true);
    }),
  );
});

test('a person who puts an agent’s own lines back does not make them their own', () => {
  fc.assert(
    fc.property(text, (written) => {
      const lines = hashedLines(written) ?? [];
      const wrote = advance(firstSight('a.ts', []), lines, agent);
      const back = advance(advance(wrote, [], 'human'), lines, 'human');
      const long = back.lines.filter(({ weak }) => weak !== '');
      expect(long.every(({ author: by }) => sessionOf(by) !== null)).toBe(true);
    }),
  );
});

test('a state is read back as it was written', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const known = told(steps);
      expect(readFileState(writeFileState(known))).toEqual(known);
    }),
  );
});

test('a state that is damaged is none, and reading never throws', () => {
  const whole = writeFileState(told([['const price = 12345;\n', agent]]));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.string({ maxLength: 3 }), (at, put) => {
      readFileState(whole.slice(0, at) + put + whole.slice(at + 1));
    }),
  );
  expect(readFileState(whole.slice(0, -4))).toBeNull();
  expect(readFileState('{"v":1,"path":"a","by":[0,99999999999]}')).toBeNull();
});
