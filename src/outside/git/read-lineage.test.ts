import { fc, test as check } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { id, repo } from '../../../test/story.ts';
import type { Step } from '../../../test/story.ts';
import { addedLines } from '../../change/change.ts';
import type { FileChange } from '../../change/change.ts';
import { openRepository, readBlame, readChange } from './git.ts';

/** Each added line with the step that brought it in, the path and the line it had there. */
async function origins(steps: readonly Step[], range = 'base..head') {
  const folder = repo(steps);
  const names = new Map(
    steps.flatMap(({ as }) => (as === undefined ? [] : [[id(folder, as), as] as const])),
  );
  const repository = await openRepository(folder);
  const { files, gaps } = await readChange(repository, { kind: 'typed', text: range });
  expect(gaps).toEqual([]);
  return Object.fromEntries(
    files.map((file) => [
      file.path,
      file.origins.map(
        ({ from, to, commit, commitPath, commitFrom }) =>
          `${from}-${to} ${names.get(commit ?? '')} ${commitPath}:${commitFrom}`,
      ),
    ]),
  );
}

const ten = Array.from({ length: 10 }, (_, index) => `line ${index}\n`);

function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.flat().join('');
}

describe('an added line belongs to the commit that brought it in', () => {
  test('through later commits that shift it', async () => {
    const told = await origins([
      { files: { f: lines(ten) }, as: 'base' },
      { files: { f: lines(ten, 'one\n', 'two\n') }, as: 'first' },
      { files: { f: lines('zero\n', ten, 'one\n', 'TWO\n') }, as: 'head' },
    ]);
    expect(told).toEqual({ f: ['1-1 head f:1', '12-12 first f:11', '13-13 head f:13'] });
  });

  test('through renames, one after the other', async () => {
    const told = await origins([
      { files: { a: lines(ten) }, as: 'base' },
      { files: { a: lines(ten, 'mine\n') }, as: 'first' },
      { renames: { a: 'b' }, as: 'second' },
      { renames: { b: 'c/d' }, files: { 'c/d': lines('top\n', ten, 'mine\n') }, as: 'head' },
    ]);
    expect(told).toEqual({ 'c/d': ['1-1 head c/d:1', '12-12 first a:11'] });
  });

  test('through a merge of the base, with everything the base did meanwhile', async () => {
    const told = await origins(
      [
        { files: { f: lines(ten), g: lines(ten) }, as: 'start' },
        { branch: 'pr', from: 'main', files: { f: lines(ten, 'mine\n') }, as: 'mine' },
        {
          branch: 'main',
          files: { f: lines('theirs\n', ten), g: lines(ten, 'g\n') },
          as: 'theirs',
        },
        {
          branch: 'pr',
          merge: 'main',
          files: { f: lines('theirs\n', ten, 'mine\n'), g: lines(ten, 'g\n') },
          as: 'merge',
        },
        { files: { f: lines('theirs\n', ten, 'mine\n', 'more\n') }, as: 'more' },
      ],
      'main..pr',
    );
    expect(told).toEqual({ f: ['12-12 mine f:11', '13-13 more f:13'] });
  });

  test('through a merge that brings it to the name the other side gave the file', async () => {
    const told = await origins(
      [
        { files: { f: lines(ten) }, as: 'start' },
        { branch: 'pr', from: 'main', files: { f: lines(ten, 'mine\n') }, as: 'mine' },
        { branch: 'main', renames: { f: 'g' }, as: 'moved' },
        { branch: 'pr', merge: 'main', renames: { f: 'g' }, as: 'merge' },
      ],
      'main..pr',
    );
    expect(told).toEqual({ g: ['11-11 mine f:11'] });
  });

  test('and to the merge, when no parent has it', async () => {
    const told = await origins(
      [
        { files: { f: lines(ten) }, as: 'start' },
        { branch: 'pr', from: 'main', files: { f: lines(ten, 'a\n') }, as: 'a' },
        { branch: 'side', from: 'pr', files: { f: lines('s\n', ten, 'a\n') }, as: 's' },
        { branch: 'pr', files: { f: lines(ten, 'a\n', 'b\n') }, as: 'b' },
        {
          branch: 'pr',
          merge: 'side',
          files: { f: lines('s\n', ten, 'x\n', 'a\n', 'b\n') },
          as: 'm',
        },
      ],
      'main..pr',
    );
    expect(told).toEqual({
      f: ['1-1 s f:1', '12-12 m f:12', '13-13 a f:11', '14-14 b f:12'],
    });
  });

  test('when a file is deleted and comes back', async () => {
    const told = await origins([
      { files: { f: 'a\n', k: '' }, as: 'base' },
      { files: { f: null }, as: 'gone' },
      { files: { f: 'a\nb\n' }, as: 'head' },
    ]);
    expect(told).toEqual({ f: ['2-2 head f:2'] });
  });

  test('when the whole change sees a new file where its commits saw a move', async () => {
    const told = await origins([
      { files: { f: lines(ten) }, as: 'base' },
      { renames: { f: 'g' }, as: 'moved' },
      {
        files: {
          g: lines(
            ten.slice(0, 2),
            Array.from({ length: 30 }, (_, n) => `new ${n}\n`),
          ),
        },
        as: 'head',
      },
    ]);
    expect(told).toEqual({ f: [], g: ['1-2 moved g:1', '3-32 head g:3'] });
  });
});

function coveredOnce(file: FileChange): void {
  const covered = file.origins.flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  );
  expect(covered).toEqual([...addedLines(file)]);
}

// Lines that stand once make blame and diff agree on what is the same line.
interface Edit {
  readonly branch: 'pr' | 'side';
  readonly path: string;
  readonly at: number;
  readonly remove: number;
  readonly add: number;
  readonly merge: boolean;
  readonly rename: boolean;
}

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    branch: fc.constantFrom('pr' as const, 'side' as const),
    path: fc.constantFrom('a', 'b'),
    at: fc.nat(12),
    remove: fc.nat(2),
    add: fc.nat(3),
    merge: fc.boolean(),
    rename: fc.boolean(),
  }),
  { minLength: 2, maxLength: 7 },
);

interface Branch {
  files: Map<string, string[]>;
}

/** A story out of random edits on two branches that merge each other now and then. */
function storyOf(list: readonly Edit[]): Step[] {
  const start = new Map([
    ['a', ten.map((line) => `a ${line}`)],
    ['b', ten.map((line) => `b ${line}`)],
  ]);
  const steps: Step[] = [{ files: flat(start), as: 'base' }];
  const branches: Record<string, Branch> = {};
  let count = 0;
  for (const { branch, path, at, remove, add, merge, rename } of list) {
    const isNew = branches[branch] === undefined;
    const state = (branches[branch] ??= { files: new Map(start) });
    const other = branches[branch === 'pr' ? 'side' : 'pr'];
    const begin = isNew ? { branch, from: 'main' } : { branch };
    const paths = [...state.files.keys()];
    const name = paths.find((known) => known.startsWith(path)) ?? path;
    const old = state.files.get(name) ?? [];
    const fresh = Array.from({ length: add }, () => `new ${++count}\n`);
    if (merge && other !== undefined && !isNew) {
      // The merge takes one side's file whole, or one side's with lines of its own.
      const merged = new Map(rename ? state.files : other.files);
      const [first = 'a'] = merged.keys();
      merged.set(first, [...(merged.get(first) ?? []), ...fresh]);
      const gone = [...state.files.keys()].filter((known) => !merged.has(known));
      steps.push({
        ...begin,
        merge: branch === 'pr' ? 'side' : 'pr',
        files: { ...Object.fromEntries(gone.map((known) => [known, null])), ...flat(merged) },
      });
      state.files = merged;
      continue;
    }
    const text = [...old.slice(0, at), ...fresh, ...old.slice(at + remove)];
    const to = rename ? `${name}x` : name;
    state.files = new Map([...state.files].filter(([known]) => known !== name)).set(to, text);
    steps.push({
      ...begin,
      ...(rename ? { renames: { [name]: to } } : {}),
      files: { [to]: text.join('') },
    });
  }
  return steps;
}

function flat(files: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  return Object.fromEntries([...files].map(([path, text]) => [path, text.join('')]));
}

check.prop([edits], { numRuns: 40 })('origins agree with git blame', async (list) => {
  const steps = storyOf(list);
  const branch = steps.at(-1)?.branch ?? 'pr';
  const folder = repo(steps);
  const repository = await openRepository(folder);
  const change = await readChange(repository, { kind: 'typed', text: `main..${branch}` });
  const own = new Set(change.commits.map(({ sha }) => sha));
  for (const file of change.files.filter(({ status }) => status !== 'deleted')) {
    coveredOnce(file);
    const blame = await readBlame(repository, file.path, branch);
    for (const origin of file.origins)
      for (let line = origin.from; line <= origin.to; line++) {
        const blamed = blame.origins.find(({ from, to }) => from <= line && line <= to);
        // Blame follows moves that the change as a whole does not count as moves.
        if (!blamed?.commit || !own.has(blamed.commit)) continue;
        expect([
          line,
          origin.commit,
          origin.commitPath,
          origin.commitFrom + line - origin.from,
        ]).toEqual([
          line,
          blamed.commit,
          blamed.commitPath,
          blamed.commitFrom + line - blamed.from,
        ]);
      }
  }
});
