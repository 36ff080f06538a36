import type { Gap } from './change.ts';

/** One change that landed earlier: a commit on the first-parent line, with whatever a merge brought in. */
export interface PastChange {
  readonly sha: string;
  /** Unix seconds of the landing commit. */
  readonly at: number;
  /** Addresses (mailmapped, lower case) of those who wrote it, who wrote most first; for a merge, the authors of the merged commits. */
  readonly authors: readonly string[];
  /** Addresses from `Reviewed-by`, `Acked-by` and the like, and whoever merged somebody else's commits. */
  readonly reviewers: readonly string[];
  /** The message says that it repairs something. */
  readonly fix: boolean;
  readonly files: readonly PastFile[];
}

export interface PastFile {
  readonly path: string;
  /** Path before the change; differs from `path` for renames only. */
  readonly oldPath: string;
  /** Bytes before the change, 0 for a new file, null where the object was missing. */
  readonly sizeBefore: number | null;
  /** Null where the lines were not counted, because an object was missing or the change is too old to be compared. */
  readonly added: number | null;
  readonly deleted: number | null;
}

/** Somebody changed or reviewed a file. */
export interface Touch {
  readonly sha: string;
  /** How many changes ago: 1 is the last one before the change that asks. */
  readonly ago: number;
  readonly at: number;
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
  /** Lines added plus deleted in this file; null where an object was missing, or more than 2,000 changes ago. */
  readonly lines: number | null;
}

/** How much somebody did in the last 2,000 changes of this repository. */
export interface PersonPast {
  /** Earlier changes; the same weighted by 1 / (1 + age in years); and those in each subsystem. */
  readonly changes: number;
  readonly recentChanges: number;
  readonly folders: ReadonlyMap<string, number>;
  /** Unix seconds of the last one. */
  readonly lastAt: number;
}

/**
 * The just-in-time features of Kamei et al. (2013): subsystems, folders, files, entropy of the lines over
 * the files, lines added, lines deleted, lines of the files before, repair, earlier developers, days since the
 * last touch, earlier touches, and the author's changes: all, weighted by recency, in these subsystems.
 */
export type FeatureName =
  | 'ns'
  | 'nd'
  | 'nf'
  | 'entropy'
  | 'la'
  | 'ld'
  | 'lt'
  | 'fix'
  | 'ndev'
  | 'age'
  | 'nuc'
  | 'exp'
  | 'rexp'
  | 'sexp';

export type Features = Readonly<Record<FeatureName, number>>;

/** What the past says about one change: only its own files and people, and how risky other changes were. */
export interface Past {
  /** By path before the change; touches newest first. */
  readonly files: ReadonlyMap<string, readonly Touch[]>;
  /** By address. */
  readonly people: ReadonlyMap<string, PersonPast>;
  /** By subsystem that gets a new file: changes there within the window, by address. Who else could know a new file? */
  readonly around?: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Risk scores of the last changes (2,000 at most) by the same model, ascending. */
  readonly scores: readonly number[];
  /** Median of each feature over the changes that have a score; null when there are none. */
  readonly usual: Features | null;
  /** How many changes this past covers. */
  readonly changes: number;
  /** Unix seconds of the last change; 0 when there is none. */
  readonly at: number;
  readonly gaps: readonly Gap[];
}

/** The past of a repository that has none, or of a change whose past was not read. */
export function noPast(gaps: readonly Gap[]): Past {
  return { files: new Map(), people: new Map(), scores: [], usual: null, changes: 0, at: 0, gaps };
}

/** First two folders of a path, what is called a subsystem here: in a monorepo the first one says too little. */
export function subsystemOf(path: string): string {
  const first = path.indexOf('/');
  if (first < 0) return '';
  const second = path.indexOf('/', first + 1);
  return path.slice(0, second < 0 ? first : second);
}

/** Release notes are written by the hundred and read by nobody in review: they are no part of a change's size. */
export function isReleaseNote(path: string): boolean {
  return /(?:^|\/)changelog[^/]*$|(?:^|\/)\.changeset\//i.test(path);
}

/** Files above this many bytes are data: their lines are not counted as work, neither before nor now. */
export const largestCountedBytes = 1_000_000;

/** A change of more files than this is a reformat or an import: not compared with, no sign that anybody knows a file. */
export const mostFilesCompared = 500;

const repairs =
  /\b(?:bug|bugs|bugfix|fix|fixes|fixed|fixing|hotfix|defect|defects|regression|repair|repairs|repaired|revert|reverts)\b/i;

/** Whether a commit message says that it repairs something: its subject, or a `Fixes: <sha>` or `Fixes #12` line. */
export function saysRepair(message: string): boolean {
  return repairs.test(subjectOf(message)) || /^fixes[: ]+(?:#\d|[0-9a-f]{7,64}\b)/im.test(message);
}

/** The first line that says something: a merge's own subject names branches, the line below names the work. */
function subjectOf(message: string): string {
  const lines = message.split('\n', 20).filter((line) => line.trim() !== '');
  const [first = '', second] = lines;
  return /^merge (?:pull request|branch|remote-tracking|commit|tag)\b/i.test(first)
    ? (second ?? '')
    : first;
}
