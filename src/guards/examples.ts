import { diffTexts } from '../change/diff.ts';
import type { Change, FileChange } from '../change/change.ts';
import type { Example, Search } from './guard.ts';

/** The change that an example tells: its files before and after, as if they had been read from a repository. */
export function changeOf(example: Example): Change {
  const before = example.before ?? {};
  const paths = [...new Set([...Object.keys(before), ...Object.keys(example.after)])].sort();
  return {
    base: null,
    head: 'example',
    commits: [],
    files: paths
      .map((path) => fileChange(path, before[path] ?? null, example.after[path] ?? null))
      .filter((file) => file.before !== file.after),
    gaps: [],
  };
}

/** Reads the files an example leaves as they end up. */
export function readExample(example: Example): (path: string) => string | null {
  return (path) => example.after[path] ?? null;
}

/** Finds a word in the files an example leaves. */
export function searchExample(example: Example): Search {
  return (word) =>
    Object.entries(example.after).flatMap(([path, content]) =>
      content
        .split('\n')
        .flatMap((text, index) =>
          text.split(/[^\w-]+/).includes(word) ? [{ path, line: index + 1, text }] : [],
        ),
    );
}

function fileChange(path: string, before: string | null, after: string | null): FileChange {
  const hunks = diffTexts(before ?? '', after ?? '');
  const mode = '100644';
  const none = '000000';
  return {
    path,
    oldPath: path,
    status: before === null ? 'added' : after === null ? 'deleted' : 'modified',
    content: 'text',
    oldMode: before === null ? none : mode,
    newMode: after === null ? none : mode,
    generated: null,
    hunks,
    added: hunks.reduce((sum, hunk) => sum + hunk.added.length, 0),
    deleted: hunks.reduce((sum, hunk) => sum + hunk.removed.length, 0),
    before,
    after,
    unread: null,
    origins: [],
  };
}
