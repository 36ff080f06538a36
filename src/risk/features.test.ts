import { describe, expect, test } from 'vitest';
import type { Commit, FileChange } from '../change/change.ts';
import type { PastChange, PastFile, PersonPast } from '../change/past.ts';
import { asPastChange, featuresOf } from './features.ts';
import type { Lookup, Sight } from './features.ts';

const day = 86_400;

function file(path: string, added = 1, deleted = 0): PastFile {
  return { path, oldPath: path, sizeBefore: 3600, added, deleted };
}

function landed(files: readonly PastFile[], more: Partial<PastChange> = {}): PastChange {
  return { sha: 'c', at: 100 * day, authors: ['ann@x'], reviewers: [], fix: false, files, ...more };
}

function knowing(
  touches: Readonly<Record<string, readonly Sight[]>>,
  people: Readonly<Record<string, PersonPast>> = {},
): Lookup {
  return {
    eachTouch: (path, see) => touches[path]?.forEach((touch) => see(touch)),
    person: (email) => people[email],
  };
}

describe('the size and spread of a change', () => {
  test('count subsystems, folders and files', () => {
    const change = landed([
      file('services/cart/src/a.ts'),
      file('services/cart/b.ts'),
      file('services/pay/c.ts'),
      file('README.md'),
    ]);
    expect(featuresOf(change, knowing({}))).toMatchObject({ ns: 3, nd: 4, nf: 4 });
  });

  test.each([
    ['one file has no entropy', [file('a', 10)], 0],
    ['two files changed alike have one bit', [file('a', 5), file('b', 3, 2)], 1],
    ['four files changed alike have two bits', ['a', 'b', 'c', 'd'].map((path) => file(path)), 2],
    ['no line at all has none', [file('a', 0), file('b', 0)], 0],
  ])('%s', (_, files, entropy) => {
    expect(featuresOf(landed(files), knowing({})).entropy).toBeCloseTo(entropy);
  });

  test('lines are added up, and the size before is bytes in lines', () => {
    const features = featuresOf(landed([file('a', 5, 2), file('b', 7, 1)]), knowing({}));
    expect(features).toMatchObject({ la: 12, ld: 3, lt: 200 });
  });

  test('files whose lines nobody could count are left out', () => {
    const unread = { ...file('z/y/x'), added: null, deleted: null };
    expect(featuresOf(landed([file('a'), unread]), knowing({}))).toMatchObject({ ns: 1, nf: 1 });
  });
});

describe('the history of the files', () => {
  const touches = {
    a: [
      { at: 60 * day, authors: ['ann@x'] },
      { at: 90 * day, authors: ['bob@x'] },
    ],
    b: [{ at: 80 * day, authors: ['ann@x', 'cy@x'] }],
  };

  test('counts developers once, touches each time, and days since the last touch on average', () => {
    const features = featuresOf(landed([file('a'), file('b'), file('new')]), knowing(touches));
    expect(features).toMatchObject({ ndev: 3, nuc: 3, age: 15 });
  });

  test('a renamed file keeps its history', () => {
    const renamed = { ...file('moved/a'), oldPath: 'a' };
    expect(featuresOf(landed([renamed]), knowing(touches))).toMatchObject({ ndev: 2, nuc: 2 });
  });

  test('a clock that went backwards makes no negative age', () => {
    expect(featuresOf(landed([file('a')], { at: 0 }), knowing(touches)).age).toBe(0);
  });
});

describe('experience is that of the main author', () => {
  const people = {
    'ann@x': {
      changes: 9,
      recentChanges: 4.5,
      folders: new Map([
        ['src/cart', 6],
        ['src/pay', 2],
      ]),
      lastAt: 0,
    },
  };

  test.each([
    ['in one subsystem', ['src/cart/x.ts'], 6],
    ['on average over several', ['src/cart/x.ts', 'src/pay/y.ts'], 4],
    ['none in a new one', ['web/x.ts'], 0],
  ])('%s', (_, paths, sexp) => {
    const change = landed(paths.map((path) => file(path)));
    expect(featuresOf(change, knowing({}, people))).toMatchObject({ exp: 9, rexp: 4.5, sexp });
  });

  test('a stranger has none, whoever came second', () => {
    const change = landed([file('src/cart/x.ts')], { authors: ['new@x', 'ann@x'] });
    expect(featuresOf(change, knowing({}, people))).toMatchObject({ exp: 0, rexp: 0, sexp: 0 });
  });
});

describe('a change is measured as those before it were', () => {
  const plain: FileChange = {
    path: 'a.ts',
    oldPath: 'a.ts',
    status: 'modified',
    content: 'text',
    oldMode: '100644',
    newMode: '100644',
    generated: null,
    hunks: [],
    added: 3,
    deleted: 1,
    before: 'x'.repeat(72),
    after: '',
    unread: null,
    origins: [],
  };
  function commit(email: string, message: string, parents = ['p']): Commit {
    const person = { name: '', email };
    return {
      sha: message,
      parents,
      author: person,
      committer: person,
      authoredAt: 5,
      committedAt: 5,
      message,
    };
  }
  function measured(files: readonly FileChange[], commits: readonly Commit[] = []): PastChange {
    return asPastChange({ base: 'b', head: 'h', commits, files, gaps: [] }, 0);
  }

  test.each([
    ['a lock file', { generated: 'lock-file' as const }],
    ['a changelog', { path: 'packages/x/CHANGELOG.md' }],
    ['a changeset', { path: '.changeset/brave-dogs.md' }],
  ])('%s does not count', (_, differs) => {
    expect(measured([{ ...plain, ...differs }]).files).toEqual([]);
  });

  test('a new file and a copy were not there before, a rename was', () => {
    const moved = { ...plain, path: 'b.ts' };
    const files = measured([
      { ...moved, status: 'added', before: null },
      { ...moved, status: 'copied' },
      { ...moved, status: 'renamed' },
    ]).files;
    expect(files.map(({ oldPath, sizeBefore }) => [oldPath, sizeBefore])).toEqual([
      ['b.ts', 0],
      ['b.ts', 0],
      ['a.ts', 72],
    ]);
  });

  test('a file of more than a megabyte is data: it is touched, its lines are no work', () => {
    const data = { ...plain, after: 'x'.repeat(1_000_001), added: 90_000 };
    expect(measured([data]).files[0]).toMatchObject({ added: 0, deleted: 0 });
  });

  test('the author of most commits stands first, and merges are nobody’s work', () => {
    const commits = [
      commit('Bob@x', 'one'),
      commit('ann@x', 'two'),
      commit('ann@x', 'three'),
      commit('cy@x', 'Merge', ['p', 'q']),
    ];
    expect(measured([plain], commits).authors).toEqual(['ann@x', 'bob@x']);
  });

  test.each([
    ['half of the commits', ['fix: x', 'feat: y'], true],
    ['fewer', ['fix lint', 'feat: y', 'docs'], false],
    ['none, as nothing is committed', [], false],
  ])('it is a repair when %s say so', (_, messages, fix) => {
    expect(
      measured(
        [plain],
        messages.map((message) => commit('a@x', message)),
      ).fix,
    ).toBe(fix);
  });
});
