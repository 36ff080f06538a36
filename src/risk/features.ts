import type { Change, FileChange } from '../change/change.ts';
import type { Features, FeatureName, PastChange, PastFile, PersonPast } from '../change/past.ts';
import { isReleaseNote, largestCountedBytes, saysRepair, subsystemOf } from '../change/past.ts';

/** In the order of the publication. */
export const featureNames: readonly FeatureName[] = [
  'ns',
  'nd',
  'nf',
  'entropy',
  'la',
  'ld',
  'lt',
  'fix',
  'ndev',
  'age',
  'nuc',
  'exp',
  'rexp',
  'sexp',
];

/** Features look this many changes back and no further, so that a score never depends on how much was read. */
export const changesBehindAFeature = 2000;

/** What a feature needs to know of one earlier touch of a file. */
export interface Sight {
  readonly at: number;
  readonly authors: readonly string[];
}

/** Answers about the changes before this one, within the window. */
export interface Lookup {
  /** Shows each earlier touch of a file; a list would be made for every file of every change of a history. */
  readonly eachTouch: (path: string, see: (touch: Sight) => void) => void;
  readonly person: (email: string, at: number) => PersonPast | undefined;
}

/** Git blobs are measured in bytes; the published feature counts lines. Mean over common languages. */
const bytesPerLine = 36;
const secondsPerDay = 86_400;

/** The 14 features of a change. Files whose lines could not be counted are left out of all of them. */
export function featuresOf(change: PastChange, lookup: Lookup): Features {
  const files = change.files.filter((file) => file.added !== null && file.deleted !== null);
  const subsystems = new Set(files.map((file) => subsystemOf(file.path)));
  const lines = files.map((file) => (file.added ?? 0) + (file.deleted ?? 0));
  return {
    ns: subsystems.size,
    nd: new Set(files.map((file) => folderOf(file.path))).size,
    nf: files.length,
    entropy: entropyOf(lines),
    la: sum(files.map((file) => file.added ?? 0)),
    ld: sum(files.map((file) => file.deleted ?? 0)),
    lt: sum(files.map((file) => file.sizeBefore ?? 0)) / bytesPerLine,
    fix: change.fix ? 1 : 0,
    ...historyOf(files, change.at, lookup),
    ...experienceOf(change, subsystems, lookup),
  };
}

type History = Pick<Features, 'ndev' | 'age' | 'nuc'>;

function historyOf(files: readonly PastFile[], at: number, lookup: Lookup): History {
  const developers = new Set<string>();
  const ages: number[] = [];
  let nuc = 0;
  for (const file of files) {
    let [count, last] = [0, 0];
    lookup.eachTouch(file.oldPath, (touch) => {
      count += 1;
      for (const author of touch.authors) developers.add(author);
      if (touch.at > last) last = touch.at;
    });
    nuc += count;
    if (count > 0) ages.push(Math.max(0, at - last) / secondsPerDay);
  }
  const age = ages.length === 0 ? 0 : sum(ages) / ages.length;
  return { ndev: developers.size, age, nuc };
}

type Experience = Pick<Features, 'exp' | 'rexp' | 'sexp'>;

/** Of the main author alone: a merge by a veteran does not make the newcomer's commits experienced. */
function experienceOf(
  change: PastChange,
  subsystems: ReadonlySet<string>,
  lookup: Lookup,
): Experience {
  const [author] = change.authors;
  const person = author === undefined ? undefined : lookup.person(author, change.at);
  if (person === undefined) return { exp: 0, rexp: 0, sexp: 0 };
  const here = sum([...subsystems].map((name) => person.folders.get(name) ?? 0));
  return {
    exp: person.changes,
    rexp: person.recentChanges,
    sexp: subsystems.size === 0 ? 0 : here / subsystems.size,
  };
}

/** Shannon entropy in bits of the changed lines over the files: 0 when all are in one file. */
function entropyOf(lines: readonly number[]): number {
  const total = sum(lines);
  if (total === 0) return 0;
  const shares = lines.filter((count) => count > 0).map((count) => count / total);
  return sum(shares.map((share) => share * Math.log2(1 / share)));
}

/** The change in the form in which earlier changes are known, so that both are measured alike. */
export function asPastChange(change: Change, now: number): PastChange {
  const landing = change.commits.filter((commit) => commit.parents.length < 2);
  const repairs = landing.filter((commit) => saysRepair(commit.message)).length;
  return {
    sha: change.head,
    at: Math.max(now, ...change.commits.map((commit) => commit.committedAt)),
    authors: byFrequency(landing.map((commit) => commit.author.email.toLowerCase())),
    reviewers: [],
    fix: repairs > 0 && repairs * 2 >= landing.length,
    files: change.files
      .filter((file) => file.generated === null && !isReleaseNote(file.path))
      .map(asPastFile),
  };
}

function asPastFile(file: FileChange): PastFile {
  const renamed = file.status === 'renamed';
  return {
    path: file.path,
    oldPath: renamed ? file.oldPath : file.path,
    sizeBefore: file.status === 'added' || file.status === 'copied' ? 0 : sizeOf(file.before),
    added: isData(file) ? 0 : file.added,
    deleted: isData(file) ? 0 : file.deleted,
  };
}

function isData({ before, after }: FileChange): boolean {
  return Math.max(before?.length ?? 0, after?.length ?? 0) > largestCountedBytes;
}

/** Characters stand for bytes: close enough for a feature that enters by its logarithm. */
function sizeOf(text: string | null): number | null {
  return text === null ? null : text.length;
}

function byFrequency(emails: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const email of emails) counts.set(email, (counts.get(email) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([email]) => email);
}

/** Folder of a path, empty at the top. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
