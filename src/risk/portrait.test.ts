import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Change, FileChange } from '../change/change.ts';
import type { Past, PastChange, PastFile } from '../change/past.ts';
import { defaultModel } from './default-model.ts';
import { packPortrait, pastInBytes, unpackPortrait } from './portrait-bytes.ts';
import { emptyPortrait, pastOf, portrayNext } from './portrait.ts';
import type { Portrait } from './portrait.ts';

const day = 86_400;

function file(path: string, more: Partial<PastFile> = {}): PastFile {
  return { path, oldPath: path, sizeBefore: 100, added: 2, deleted: 1, ...more };
}

function landed(order: number, more: Partial<PastChange> = {}): PastChange {
  return {
    sha: order.toString(16).padStart(40, '0'),
    at: order * day,
    authors: ['ann@x'],
    reviewers: [],
    fix: false,
    files: [file('src/a.ts')],
    ...more,
  };
}

function draw(changes: Iterable<PastChange>): Portrait {
  let portrait = emptyPortrait(defaultModel);
  for (const change of changes) portrait = portrayNext(portrait, change);
  return portrait;
}

function asking(...paths: readonly string[]): Change {
  const files = paths.map((path): FileChange => ({
    path,
    oldPath: path,
    status: 'modified',
    content: 'text',
    oldMode: '100644',
    newMode: '100644',
    generated: null,
    hunks: [],
    added: 1,
    deleted: 0,
    before: '',
    after: '',
    unread: null,
    origins: [],
  }));
  return { base: 'b', head: 'h', commits: [], files, gaps: [] };
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** Maps compare by what they hold, in whatever order it came in. */
function plain(past: Past | null): unknown {
  if (past === null) return null;
  const people = [...past.people].map(([email, person]) => [
    email,
    { ...person, folders: [...person.folders].toSorted(byText) },
  ]);
  return { ...past, files: [...past.files], people: people.toSorted(byText) };
}

describe('a portrait', () => {
  test('scores a change by what was known before it, not by the change itself', () => {
    const [first, second] = draw([landed(1), landed(3)]).landed;
    expect(first?.features).toMatchObject({ nuc: 0, ndev: 0, exp: 0, age: 0 });
    expect(second?.features).toMatchObject({ nuc: 1, ndev: 1, exp: 1, age: 2 });
  });

  test('tells touches newest first, with how long ago they were', () => {
    const bob = landed(2, { authors: ['bob@x'], reviewers: ['ann@x'] });
    const past = pastOf(asking('src/a.ts'), draw([landed(1), bob]));
    expect(
      past.files.get('src/a.ts')?.map(({ ago, authors, lines }) => [ago, authors, lines]),
    ).toEqual([
      [1, ['bob@x'], 3],
      [2, ['ann@x'], 3],
    ]);
    expect(past.people.get('bob@x')?.changes).toBe(1);
  });

  test('follows a file through renames, two of which swap names', () => {
    const swap = landed(3, {
      files: [file('src/a.ts', { oldPath: 'src/b.ts' }), file('src/b.ts', { oldPath: 'src/a.ts' })],
    });
    const ofA = landed(1, { authors: ['ann@x'] });
    const ofB = landed(2, { authors: ['bob@x'], files: [file('src/b.ts')] });
    const past = pastOf(asking('src/a.ts', 'src/b.ts'), draw([ofA, ofB, swap]));
    expect(past.files.get('src/a.ts')?.at(-1)?.authors).toEqual(['bob@x']);
    expect(past.files.get('src/b.ts')?.at(-1)?.authors).toEqual(['ann@x']);
  });

  test('a change of very many files makes nobody an expert and is not compared with', () => {
    const bulk = Array.from({ length: 501 }, (_, index) => file(`src/${index}.ts`));
    const past = pastOf(asking('src/7.ts'), draw([landed(1, { files: bulk })]));
    expect(past).toMatchObject({ scores: [], changes: 1, gaps: [] });
    expect(past.files.size).toBe(0);
  });

  test('says how many changes could not be compared with', () => {
    const unread = landed(2, { files: [file('x', { added: null, deleted: null })] });
    const past = pastOf(asking(), draw([landed(1), unread]));
    expect(past.scores).toHaveLength(1);
    expect(past.gaps[0]?.what).toBe('risk of 1 earlier change');
  });

  test('forgets touches after 4,000 changes, people and scores after 2,000', () => {
    const early = Array.from({ length: 10 }, (_, order) =>
      landed(order, { authors: ['old@x'], files: [file('old.ts')] }),
    );
    function later(count: number): readonly PastChange[] {
      return Array.from({ length: count }, (_, order) => landed(10 + order));
    }
    const kept = pastOf(asking('old.ts'), draw([...early, ...later(3995)]));
    expect(kept.files.get('old.ts')).toHaveLength(5);
    expect(kept.files.get('old.ts')?.[0]?.lines).toBeNull();
    expect(kept.people.has('old@x')).toBe(false);
    expect(kept.scores).toHaveLength(2000);
    const gone = draw([...early, ...later(4000)]);
    expect(gone.files.has('old.ts')).toBe(false);
    expect(gone.landed).toHaveLength(4000);
  });
});

describe('a portrait packed into bytes', () => {
  const names = fc.constantFrom('a.ts', 'src/b.ts', 'src/ü"\\\n.ts', 'x/y/z.ts', 'x/y/w.ts');
  const lines = fc.option(fc.nat(50), { nil: null });
  const files = fc.uniqueArray(
    fc.record({ path: names, oldPath: names, sizeBefore: fc.nat(9000), added: lines }),
    { selector: ({ path }) => path, maxLength: 4 },
  );
  const history = fc.array(
    fc.record({
      authors: fc.subarray(['ann@x', 'bob@x', 'cy@x'], { minLength: 1 }),
      reviewers: fc.subarray(['dee@x']),
      fix: fc.boolean(),
      files,
    }),
    { maxLength: 25 },
  );
  function changesOf(story: readonly Omit<PastChange, 'sha' | 'at'>[]): readonly PastChange[] {
    return story.map((change, order) => landed(order, change));
  }
  const told = history.map((story) =>
    changesOf(
      story.map((change) => ({
        ...change,
        files: change.files.map((one) => ({ ...one, deleted: one.added })),
      })),
    ),
  );
  const all = asking('a.ts', 'src/b.ts', 'src/ü"\\\n.ts', 'x/y/z.ts', 'x/y/w.ts', 'never.ts');

  property.prop([told])('answers as the portrait does', (changes) => {
    const portrait = draw(changes);
    const answer = pastInBytes(packPortrait(portrait), all, defaultModel);
    expect(plain(answer)).toEqual(plain(pastOf(all, portrait)));
  });

  property.prop([told, told])('goes on from where it was packed', (before, after) => {
    const onwards = after.map((change) => ({ ...change, at: change.at + 100 * day }));
    let portrait = unpackPortrait(packPortrait(draw(before)), defaultModel);
    expect(portrait).not.toBeNull();
    for (const change of onwards) portrait = portrayNext(portrait!, change);
    const anew = draw([...before, ...onwards]);
    expect(plain(pastOf(all, portrait!))).toEqual(plain(pastOf(all, anew)));
  });

  test('is of no use to another version of the model', () => {
    const bytes = packPortrait(draw([landed(1)]));
    const newer = { ...defaultModel, version: 'newer' };
    expect(pastInBytes(bytes, all, newer)).toBeNull();
    expect(unpackPortrait(bytes, newer)).toBeNull();
  });

  test.each([0, 1, 7, 40])('is no portrait when cut to %i bytes', (length) => {
    const bytes = packPortrait(draw([landed(1)])).subarray(0, length);
    expect(pastInBytes(bytes, all, defaultModel)).toBeNull();
  });
});
