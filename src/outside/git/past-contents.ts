import { isReleaseNote, mostFilesCompared } from '../../change/past.ts';
import type { Batch, CountedFile, Pass, RawFile } from './past-diffs.ts';
import { notForPeople } from './past-exclusions.ts';
import type { Landing } from './past-landings.ts';

/** A batch smaller than this is not worth a second process. */
const worthSplitting = 200;
/** With more unreadable paths than this the command line would grow without end. */
const mostLeftOut = 500;
/** Each of these costs a process. */
const mostDamaged = 100;

type Sizes = ReadonlyMap<string, number | null>;

/** What to read of commits whose files are known. */
export interface Contents<T extends CountedFile> {
  readonly raw: Pass<RawFile>;
  readonly sizes: Sizes;
  /** What is asked of git; `excluded` are pathspecs of what it must not read. */
  readonly read: (batch: Batch, excluded: readonly string[]) => Promise<Pass<T>>;
  /** Changes of very many files are read too, and of files for people all: nothing may depend on what is read beside. */
  readonly everything?: boolean;
}

/**
 * Reads whole commits in one pass, and those with missing files in others that leave these files out: each only its
 * own, so that what is known of a commit never depends on which commits are read together with it.
 */
export async function readContents<T extends CountedFile>(
  batch: Batch,
  { raw, sizes, read, everything = false }: Contents<T>,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const damaged = new Map<string, Damaged>();
  const whole: Landing[] = [];
  const costs: { readonly path: string; readonly bytes: number }[] = [];
  for (const landing of batch.landings) {
    const files = raw.files.get(landing.sha);
    if (files === undefined || (!everything && isBulk(files))) continue;
    const gone = files.filter((file) => !isThere(file, sizes)).map(({ path }) => path);
    for (const { path, newObject } of files)
      if (!everything || !isReleaseNote(path))
        costs.push({ path, bytes: sizes.get(newObject) ?? 0 });
    if (gone.length === 0) whole.push(landing);
    else addTo(damaged, gone, landing);
  }
  const excluded = notForPeople(costs);
  const pass = await inHalves({ ...batch, landings: whole }, (half) => read(half, excluded));
  const rest = await readDamaged(batch, [...damaged.values()], (part, without) =>
    read(part, [...excluded, ...without]),
  );
  return new Map([...pass.files, ...rest]);
}

/** Commits in which the same files are missing. */
interface Damaged {
  readonly paths: readonly string[];
  readonly landings: Landing[];
}

function addTo(damaged: Map<string, Damaged>, paths: readonly string[], landing: Landing): void {
  const key = paths.join('\0');
  const known = damaged.get(key);
  if (known === undefined) damaged.set(key, { paths, landings: [landing] });
  else known.landings.push(landing);
}

async function readDamaged<T>(
  batch: Batch,
  damaged: readonly Damaged[],
  read: (part: Batch, without: readonly string[]) => Promise<Pass<T>>,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const files = new Map<string, readonly T[]>();
  // Where this many are damaged the contents were never fetched.
  if (damaged.length > mostDamaged) return files;
  for (const { paths, landings } of damaged) {
    const isNameable = paths.every((path) => !path.includes('\uFFFD'));
    if (paths.length > mostLeftOut || !isNameable) continue;
    const without = paths.map((path) => `:(top,exclude,literal)${path}`);
    const pass = await read({ ...batch, landings }, without);
    for (const [sha, found] of pass.files) files.set(sha, found);
  }
  return files;
}

function isBulk(files: readonly RawFile[]): boolean {
  return files.filter((file) => file.forPeople).length > mostFilesCompared;
}

/** Submodules point at commits of another repository and need nothing to be read. */
function isThere(file: RawFile, sizes: Sizes): boolean {
  if (file.isSubmodule) return true;
  return [file.oldObject, file.newObject].every(
    (object) => isNothing(object) || sizes.get(object) !== null,
  );
}

/** True for the id that stands for no object. */
export function isNothing(object: string): boolean {
  return /^0*$/.test(object);
}

/** Two processes, one half each: diffs wait for one another on nothing. */
export async function inHalves<T>(
  batch: Batch,
  pass: (half: Batch) => Promise<Pass<T>>,
): Promise<Pass<T>> {
  const { landings } = batch;
  if (landings.length < worthSplitting) return pass(batch);
  const middle = landings.length >> 1;
  const halves = await Promise.all([
    pass({ ...batch, landings: landings.slice(0, middle) }),
    pass({ ...batch, landings: landings.slice(middle) }),
  ]);
  return {
    files: new Map(halves.flatMap((half) => [...half.files])),
    failed: halves.flatMap((half) => half.failed),
  };
}

/** All objects on either side of the changes of some commits. */
export function objectsOf(landings: readonly Landing[], raw: Pass<RawFile>): ReadonlySet<string> {
  const objects = new Set<string>();
  for (const file of landings.flatMap(({ sha }) => raw.files.get(sha) ?? [])) {
    if (!isNothing(file.oldObject)) objects.add(file.oldObject);
    if (!isNothing(file.newObject)) objects.add(file.newObject);
  }
  return objects;
}
