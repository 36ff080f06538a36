import type { Commit, Person } from '../change/change.ts';
import type { ChangedLines } from '../change/line-marks.ts';
import type { PastChange } from '../change/past.ts';

/** One change as it is read from git, before anything is made of it. */
export interface LandedChange {
  /** The commit on the default branch, as it stands. */
  readonly commit: Commit;
  /** Commits that a merge brought in, oldest first; empty otherwise. */
  readonly merged: readonly Commit[];
  /** The hands on it by their names in the mailmap. */
  readonly author: Person;
  readonly committer: Person;
  /** The same in the form in which risk is measured. */
  readonly past: PastChange;
  /** All files, also those that no person reads. */
  readonly files: readonly LandedFile[];
}

/** A file with the lines that went and came, as marks that tell lines apart without holding them. */
export interface LandedFile {
  readonly path: string;
  readonly oldPath: string;
  /** Git's letter: A, C, D, M, R or T. */
  readonly letter: string;
  readonly generated: boolean;
  /** Null where the lines were not read: binary, too large, missing here, or not for people. */
  readonly lines: ChangedLines | null;
}
