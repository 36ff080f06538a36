import type { Gap } from './change.ts';

/** One change that landed earlier: a commit on the first-parent line, with whatever a merge brought in. */
export interface PastChange {
  readonly sha: string;
  /** Unix seconds of the landing commit. */
  readonly at: number;
  /** Addresses (mailmapped, lower case) of those who wrote it; for a merge, the authors of the merged commits. */
  readonly authors: readonly string[];
  /** Addresses from `Reviewed-by`, `Acked-by` and the like, and whoever merged somebody else's commits. */
  readonly reviewers: readonly string[];
  /** The message says that it repairs something. */
  readonly fix: boolean;
  readonly files: readonly PastFile[];
}

export interface PastFile {
  readonly path: string;
  /** Null where an object was missing, so that the lines could not be counted. */
  readonly added: number | null;
  readonly deleted: number | null;
}

/** Somebody changed or reviewed a file. */
export interface Touch {
  readonly sha: string;
  readonly at: number;
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
  /** Lines added plus deleted in this file. */
  readonly lines: number;
}

/** How much somebody did in this repository before the change. */
export interface PersonPast {
  /** Earlier changes; the same weighted by 1 / (1 + age in years); and those in each top folder pair. */
  readonly changes: number;
  readonly recentChanges: number;
  readonly folders: ReadonlyMap<string, number>;
  /** Unix seconds of the last one. */
  readonly lastAt: number;
}

/** What the past says about one change: only its own files and people, and how risky other changes were. */
export interface Past {
  /** By path before the change; touches newest first. */
  readonly files: ReadonlyMap<string, readonly Touch[]>;
  /** By address. */
  readonly people: ReadonlyMap<string, PersonPast>;
  /** Risk scores of the last changes (2,000 at most) by the same model, ascending. */
  readonly scores: readonly number[];
  /** How many changes this past covers. */
  readonly changes: number;
  readonly gaps: readonly Gap[];
}
