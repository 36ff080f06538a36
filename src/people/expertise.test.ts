import { describe, expect, test } from 'vitest';
import type { Change, FileChange } from '../change/change.ts';
import { noPast } from '../change/past.ts';
import type { Past, PersonPast, Touch } from '../change/past.ts';
import { expertiseOf } from './expertise.ts';
import { identitiesOf } from './identities.ts';
import { readMailmap } from './mailmap.ts';
import type { Knowing } from './people.ts';
import { readRoster } from './roster.ts';

const day = 86_400;
const now = 1000 * day;
const usual: Knowing = { changedAtLeast: 1, reviewedAtLeast: 3, withinDays: 365, covering: 0.5 };

function file(path: string, lines: number, given: Partial<FileChange> = {}): FileChange {
  return {
    path,
    oldPath: path,
    status: 'modified',
    content: 'text',
    oldMode: '100644',
    newMode: '100644',
    generated: null,
    hunks: [],
    added: lines,
    deleted: 0,
    before: '',
    after: '',
    unread: null,
    origins: [],
    ...given,
  };
}

function change(files: readonly FileChange[], author = 'author@x'): Change {
  const by = { name: author, email: author };
  const commit = {
    sha: 'own',
    parents: [],
    author: by,
    committer: by,
    authoredAt: now,
    committedAt: now,
    message: '',
  };
  return { base: 'b', head: 'h', commits: [commit], files, gaps: [] };
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((each) => each !== '');
}

function touch(authors: string, reviewers = '', given: Partial<Touch> = {}): Touch {
  return {
    sha: 's',
    ago: 1,
    at: now - 10 * day,
    authors: words(authors),
    reviewers: words(reviewers),
    lines: 1,
    ...given,
  };
}

function past(files: Readonly<Record<string, readonly Touch[]>>, given: Partial<Past> = {}): Past {
  return { ...noPast([]), files: new Map(Object.entries(files)), ...given };
}

function active(folders: Readonly<Record<string, number>>, daysAgo = 5): PersonPast {
  return {
    changes: 3,
    recentChanges: 2,
    folders: new Map(Object.entries(folders)),
    lastAt: now - daysAgo * day,
  };
}

const roster = readRoster('version: 1\npeople: [{ name: Ann, emails: [ann@x, ann@old] }]').roster;
const identities = identitiesOf(roster, readMailmap('Bob <bob@x> <bob@old>'));

function check(files: readonly FileChange[], history: Past, definition = usual): readonly string[] {
  return expertiseOf(change(files), history, { definition, identities, now }).map(
    ({ email, share, changed, reviewed }) =>
      `${email} ${Math.round(share * 100)}% ${changed}+${reviewed}`,
  );
}

describe('files with a history', () => {
  test('a file weighs its lines, and whoever changed it once knows it', () => {
    const history = past({ a: [touch('ann@x')], b: [touch('bob@x')] });
    expect(check([file('a', 30), file('b', 10)], history)).toEqual([
      'ann@x 75% 1+0',
      'bob@x 25% 1+0',
    ]);
  });

  test('three reviews know a file, two do not', () => {
    const review = touch('ann@x', 'bob@x');
    expect(check([file('a', 1)], past({ a: [review, review, review] }))).toEqual([
      'ann@x 100% 3+0',
      'bob@x 100% 0+3',
    ]);
    expect(check([file('a', 1)], past({ a: [review, review] }))).toEqual([
      'ann@x 100% 2+0',
      'bob@x 0% 0+2',
    ]);
  });

  test('whoever wrote a change has not reviewed it', () => {
    expect(check([file('a', 1)], past({ a: [touch('ann@x', 'ann@old ann@x')] }))).toEqual([
      'ann@x 100% 1+0',
    ]);
  });

  test('what is too old, not yet or the change itself does not count', () => {
    const touches = [
      touch('ann@x', '', { at: now - 400 * day }),
      touch('bob@x', '', { at: now + day }),
      touch('cat@x', '', { sha: 'own' }),
    ];
    expect(check([file('a', 1)], past({ a: touches }))).toEqual([]);
  });

  test('one person with several addresses is one, by roster, mailmap and forge address', () => {
    const touches = [
      touch('ann@x'),
      touch('ann@old'),
      touch('bob@old'),
      touch('bob@x'),
      touch('7+zed@users.noreply.github.com'),
      touch('zed@users.noreply.github.com'),
    ];
    const two = { ...usual, changedAtLeast: 2 };
    expect(check([file('a', 1)], past({ a: touches }), two)).toEqual([
      'ann@x 100% 2+0',
      'bob@x 100% 2+0',
      'zed@users.noreply.github.com 100% 2+0',
    ]);
  });

  test('automation knows nothing', () => {
    const touches = [
      touch('49699333+dependabot[bot]@users.noreply.github.com'),
      touch('noreply@github.com'),
    ];
    expect(check([file('a', 1)], past({ a: touches }))).toEqual([]);
  });

  test('a moved file keeps its experts', () => {
    const moved = file('new/a', 4, { status: 'renamed', oldPath: 'old/a' });
    expect(check([moved], past({ 'old/a': [touch('ann@x')] }))).toEqual(['ann@x 100% 1+0']);
  });

  test('generated files weigh nothing', () => {
    const lock = file('lock', 9000, { generated: 'lock-file' });
    const history = past({ a: [touch('ann@x')], lock: [touch('bob@x')] });
    expect(check([file('a', 1), lock], history)).toEqual(['ann@x 100% 1+0']);
  });

  test('files without lines, such as pure moves, count alike', () => {
    const history = past({ a: [touch('ann@x')], b: [touch('bob@x')] });
    expect(check([file('a', 0), file('b', 0)], history)).toEqual([
      'ann@x 50% 1+0',
      'bob@x 50% 1+0',
    ]);
  });

  test('an old file nobody knows stays in the account', () => {
    const history = past({ a: [touch('ann@x')] });
    expect(check([file('a', 1), file('b', 3)], history)).toEqual(['ann@x 25% 1+0']);
  });

  test('of equals the latest comes first', () => {
    const history = past({ a: [touch('ann@x', '', { at: now - 50 * day }), touch('bob@x')] });
    expect(check([file('a', 1)], history).map((line) => line.split(' ')[0])).toEqual([
      'bob@x',
      'ann@x',
    ]);
  });
});

describe('new files', () => {
  function fresh(path: string, lines: number): FileChange {
    return file(path, lines, { status: 'added', before: null });
  }

  test('whoever works in the folder knows them', () => {
    const around = new Map([
      [
        'src/pay',
        new Map([
          ['ann@x', 2],
          ['author@x', 9],
        ]),
      ],
    ]);
    expect(check([fresh('src/pay/new.ts', 50)], past({}, { around }))).toEqual(
      ['author@x 100% 0+0', 'ann@x 100% 0+0'].toSorted(),
    );
  });

  test('without neighbours but the author they are left out', () => {
    const people = new Map([['author@x', active({ 'src/pay': 4 })]]);
    const history = past({ a: [touch('bob@x')] }, { people });
    expect(check([file('a', 5), fresh('src/pay/new.ts', 500)], history)).toEqual([
      'bob@x 100% 1+0',
    ]);
  });

  test('when nothing else is left, everybody lately active knows them', () => {
    const people = new Map([
      ['bob@x', active({ docs: 1 })],
      ['cat@x', active({ docs: 1 }, 400)],
    ]);
    expect(check([fresh('brand/new.ts', 50)], past({}, { people }))).toEqual(['bob@x 100% 0+0']);
  });

  test('in a repository without a past nobody is made an expert', () => {
    expect(check([fresh('a', 1)], noPast([]))).toEqual([]);
  });
});
