import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileChange } from '../change/change.ts';
import { diffTexts } from '../change/diff.ts';
import { advance } from './advance.ts';
import { attributeLanding, type Known } from './attribute-landing.ts';
import type { Author } from './author.ts';
import { carryIndex } from './carry.ts';
import { firstSight } from './file-state.ts';
import type { Landed } from './landed.ts';
import { hashedLine, hashedLines } from './line.ts';

const agent: Author = 'ai:s_1::t_1';
const long = (n: number): string => `export const number${n} = compute(${n});`;
const nothing: Known = {
  states: [],
  noted: new Map(),
  index: carryIndex([]),
  twin: null,
  people: true,
};

function change(before: string, after: string, path = 'a.ts'): FileChange {
  const hunks = diffTexts(before, after);
  return {
    path,
    oldPath: path,
    status: 'modified',
    content: 'text',
    oldMode: '100644',
    newMode: '100644',
    generated: null,
    hunks,
    added: hunks.reduce((sum, { added }) => sum + added.length, 0),
    deleted: 0,
    before,
    after,
    unread: null,
    origins: [],
  };
}

/** A commit that added lines to a file, all by one author. */
function landed(path: string, texts: readonly string[], author: Author, patchId = 'p'): Landed {
  const lines = texts.map((text) => hashedLine(text).strong);
  const runs = [{ from: 1, to: lines.length, author, via: null, lines }];
  const journal = { id: 'j', n: 1, hash: 'h' };
  return {
    commit: 'source',
    at: 0,
    patchId,
    journal,
    files: [{ path, runs }],
    sessions: {},
    damage: [],
    cut: false,
  };
}

function letters(file: FileChange, known: Partial<Known>): string {
  const { runs } = attributeLanding(file, { ...nothing, ...known });
  const names: Record<string, string> = { base: '.', human: 'H', gap: 'G', unknown: '?' };
  return runs.map(({ from, to, author }) => (names[author] ?? 'A').repeat(to - from + 1)).join('');
}

describe('lines of a commit without a note', () => {
  test.each([
    ['one long line in the same file', [long(1)], 'a.ts', [long(1)], 'A'],
    ['a short line alone is known everywhere', ['}'], 'a.ts', ['}'], '.'],
    ['a short line behind a long one goes with it', [long(1), '}'], 'a.ts', [long(1), '}'], 'AA'],
    ['one long line in another file', [long(1)], 'b.ts', [long(1)], '.'],
    [
      'three lines in another file, two of them long',
      [long(1), '}', long(2)],
      'b.ts',
      [long(1), '}', long(2)],
      'AAA',
    ],
    [
      'three lines in another file, one of them long',
      ['{', '}', long(2)],
      'b.ts',
      ['{', '}', long(2)],
      '...',
    ],
    [
      'only the lines that are known',
      [long(1), long(9), long(2)],
      'a.ts',
      [long(1), long(2)],
      'A.A',
    ],
  ])('%s', (_, added, path, known, expected) => {
    const file = change('', added.map((line) => `${line}\n`).join(''));
    expect(letters(file, { index: carryIndex([landed(path, known, agent)]) })).toBe(expected);
  });

  test('the same patch says so of every line, short ones too', () => {
    const source = landed('a.ts', ['}', '{', '}'], agent);
    expect(letters(change('', '}\n{\n}\n'), { twin: source })).toBe('AAA');
    expect(letters(change('', '}\n{\n'), { twin: source })).toBe('..');
  });
});

test('several lines of an agent that come from another commit are its, whoever was seen to put them here', () => {
  const texts = [long(1), long(2)];
  const text = texts.map((line) => `${line}\n`).join('');
  const state = advance(firstSight('a.ts', []), hashedLines(text) ?? [], 'human');
  const index = carryIndex([landed('a.ts', texts, agent)]);
  expect(letters(change('', text), { states: [state] })).toBe('HH');
  expect(letters(change('', text), { states: [state], people: false })).toBe('??');
  expect(letters(change('', text), { states: [state], index })).toBe('AA');
});

const line = fc.constantFrom(long(1), long(2), long(3), '}', '', 'x');
const text = fc
  .array(line, { maxLength: 10 })
  .map((lines) => lines.map((one) => `${one}\n`).join(''));
const author = fc.constantFrom<Author>(agent, 'human', 'gap', 'base', 'unknown');

test('every added line gets exactly one answer, whatever is known', () => {
  fc.assert(
    fc.property(
      fc.record({
        before: text,
        after: text,
        seen: text,
        by: author,
        elsewhere: fc.array(line, { minLength: 1 }),
        people: fc.boolean(),
      }),
      ({ before, after, seen, by, elsewhere, people }) => {
        const file = change(before, after);
        const state = advance(firstSight('a.ts', []), hashedLines(seen) ?? [], by);
        const source = landed('a.ts', elsewhere, by);
        const { runs } = attributeLanding(file, {
          states: [state],
          noted: new Map([[1, { author: by, via: null }]]),
          index: carryIndex([source]),
          twin: source,
          people,
        });
        const numbers = runs.flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, at) => from + at),
        );
        const added = file.hunks.flatMap((hunk) => hunk.added.map((_, at) => hunk.newStart + at));
        expect(numbers).toEqual(added);
        const human = runs.some((run) => run.author === 'human');
        expect(human && (by !== 'human' || !people)).toBe(false);
        for (const run of runs) expect([0, run.to - run.from + 1]).toContain(run.lines.length);
      },
    ),
  );
});
