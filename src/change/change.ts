/**
 * The nouns of a change: what somebody wants to land, as plain data.
 * Everything here was read at the edge; nothing here reads anything itself.
 */

/** Something that could not be examined. It reaches the screen as "not checked"; it never counts as fine. */
export interface Gap {
  readonly what: string;
  readonly why: string;
}

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** Unix seconds. */
  readonly authoredAt: number;
  /** Unix seconds. */
  readonly committedAt: number;
  /** The whole message, subject first, decoded, otherwise untouched (CRLF included). */
  readonly message: string;
}

export type FileStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'retyped';

export type Content = 'text' | 'binary' | 'symlink' | 'submodule';

/** Why a file is not for people to read: it does not count as reviewable, and most guards leave it out. */
export type Generated = 'lock-file' | 'vendored' | 'generated' | 'minified';

/**
 * A replaced block without context. Starts are 1-based; a pure insertion has `removed: []`. An empty side starts where
 * its lines would stand, so that the block always lies before the line of that number. Lines keep their `\r`.
 */
export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Where a run of added lines entered: the commit, and the place it had in that commit. */
export interface Origin {
  /** First and last line in the file as it is after the change, 1-based, inclusive. */
  readonly from: number;
  readonly to: number;
  /** Null for lines that are not committed yet. */
  readonly commit: string | null;
  readonly commitPath: string;
  /** Line number that `from` had in `commit`. */
  readonly commitFrom: number;
}

export interface FileChange {
  /** Path after the change; for a deletion, the path that went. */
  readonly path: string;
  /** Path before the change; differs from `path` for renames and copies only. */
  readonly oldPath: string;
  readonly status: FileStatus;
  readonly content: Content;
  /** Git file modes, `000000` where the file does not exist. */
  readonly oldMode: string;
  readonly newMode: string;
  readonly generated: Generated | null;
  readonly hunks: readonly Hunk[];
  /** Number of added and deleted lines; 0 for binary files. */
  readonly added: number;
  readonly deleted: number;
  /** Whole text, null where the file does not exist on that side or `unread` says why it was not read. */
  readonly before: string | null;
  readonly after: string | null;
  readonly unread: string | null;
  /** Covers every added line once; empty when the lineage was not traced. */
  readonly origins: readonly Origin[];
}

export interface Change {
  /** Commit the change starts from; null when there is none (first commit, or two plain trees). */
  readonly base: string | null;
  /** Tip of what it is to land on, where that has moved on since `base`. Its policy and people count. */
  readonly target?: string;
  /** Commit it leads to, or what stands in its place. */
  readonly head: string;
  readonly commits: readonly Commit[];
  readonly files: readonly FileChange[];
  readonly gaps: readonly Gap[];
}

/** Lines that count as work for a reviewer: added plus deleted, without generated, vendored and lock files. */
export function reviewableLines(change: Change): number {
  return change.files
    .filter((file) => file.generated === null)
    .reduce((sum, file) => sum + file.added + file.deleted, 0);
}

/** Line numbers (1-based, in the file after the change) that the change added, in order. */
export function addedLines(file: FileChange): readonly number[] {
  return file.hunks.flatMap((hunk) => hunk.added.map((_, index) => hunk.newStart + index));
}

/** Line numbers (1-based, in the file before the change) that the change removed, in order. */
export function removedLines(file: FileChange): readonly number[] {
  return file.hunks.flatMap((hunk) => hunk.removed.map((_, index) => hunk.oldStart + index));
}
