import type { FileChange } from './change.ts';
import { classify } from './classify.ts';
import { hunksBetween } from './diff.ts';

/** What is known of a file that is only proposed: its place and its text on both sides, null where it does not exist. */
export interface TextSides {
  readonly path: string;
  /** Where it comes from when it is moved. */
  readonly oldPath?: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A change of one text file that no git has seen. */
export function textChange({ path, oldPath = path, before, after }: TextSides): FileChange {
  const hunks = hunksBetween(before, after);
  return {
    path,
    oldPath,
    status: statusOf({ path, oldPath, before, after }),
    content: 'text',
    oldMode: before === null ? '000000' : '100644',
    newMode: after === null ? '000000' : '100644',
    generated: classify({ path, before, after, attributes: null }),
    hunks,
    added: hunks.reduce((sum, { added }) => sum + added.length, 0),
    deleted: hunks.reduce((sum, { removed }) => sum + removed.length, 0),
    before,
    after,
    unread: null,
    origins: [],
  };
}

function statusOf({ path, oldPath, before, after }: Required<TextSides>): FileChange['status'] {
  if (before === null) return 'added';
  if (after === null) return 'deleted';
  return path === oldPath ? 'modified' : 'renamed';
}
