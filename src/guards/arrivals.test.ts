import { describe, expect, test } from 'vitest';
import type { FileChange } from '../change/change.ts';
import { diffTexts } from '../change/diff.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { emptyBaseline } from './baseline.ts';
import { changeOf } from './examples.ts';
import { inspect } from './guards.ts';

const parsers = await loadParsers(['sql', 'yaml', 'python', 'typescript']);
const drops = 'DROP TABLE users;\nSELECT 1;\n';

function moved(status: 'renamed' | 'copied', oldPath: string, path: string) {
  return [drops, `${drops}-- later\n`].map((after) => {
    const example = changeOf({ name: 'x', after: { [path]: after } });
    const [file] = example.files;
    if (file === undefined) throw new Error('the example has no file');
    const hunks = diffTexts(drops, after);
    const added = hunks.reduce((sum, hunk) => sum + hunk.added.length, 0);
    const change: FileChange = { ...file, oldPath, status, before: drops, hunks, added };
    const world = { parsers, readAfter: () => null, baseline: emptyBaseline };
    const { findings } = inspect({ ...example, files: [change] }, world);
    return findings.map(({ guard, line }) => `${guard}:${line}`);
  });
}

describe('a file that comes from elsewhere', () => {
  test.each([
    ['a note that becomes a migration', 'renamed', 'docs/notes.txt', 'migrations/002.sql'],
    ['a script that becomes a migration', 'renamed', 'examples/a.sql', 'migrations/002.sql'],
    ['a migration that is copied', 'copied', 'migrations/001.sql', 'migrations/002.sql'],
  ] as const)('is wholly looked at: %s', (_, status, from, to) => {
    expect(moved(status, from, to)).toEqual([['sql/drop-table:1'], ['sql/drop-table:1']]);
  });

  test.each([
    ['a migration that gets another number', 'migrations/001.sql', 'migrations/002.sql'],
    ['a migration whose folder moves', 'migrations/001.sql', 'db/migrations/001.sql'],
  ])('stays what it was: %s', (_, from, to) => {
    expect(moved('renamed', from, to)).toEqual([[], []]);
  });
});
