import type { PastFile } from '../../change/past.ts';
import { largestCountedBytes } from '../../change/past.ts';
import { lookUp } from './objects.ts';
import { isForPeople } from './past-exclusions.ts';
import type { Landing } from './past-landings.ts';
import { asUtf8, streamTokens } from './past-tokens.ts';
import type { Place } from './run.ts';

/** One file of a commit as `diff-tree --raw` tells it, without reading its content. */
export interface RawFile {
  readonly path: string;
  readonly oldObject: string;
  readonly newObject: string;
  readonly isSubmodule: boolean;
  readonly forPeople: boolean;
}

/** Added and deleted lines of one file, null where only its names were asked for. */
export interface CountedFile {
  readonly path: string;
  readonly oldPath: string;
  readonly added: number | null;
  readonly deleted: number | null;
}

export interface Batch {
  readonly place: Place;
  readonly landings: readonly Landing[];
}

/** What a pass over commits gave, and the commits it could not do. */
export interface Pass<T> {
  readonly files: ReadonlyMap<string, readonly T[]>;
  readonly failed: readonly string[];
}

/** After this many commits that git stumbled over, the rest of the pass is given up. */
const mostRestarts = 20;

/** Which files each commit changed: trees only, so that missing contents do no harm. */
export function readRawFiles(batch: Batch): Promise<Pass<RawFile>> {
  return passOver(batch, ['--raw', '--no-renames', '--no-abbrev'], rawReader);
}

/** How many lines each commit added and deleted; `excluded` are pathspecs of what must not be read. */
export function countLines(batch: Batch, excluded: readonly string[]): Promise<Pass<CountedFile>> {
  const args = ['--numstat', '-M', '-l400', '--no-ext-diff', '--no-textconv', '--', '.'];
  return passOver(batch, [...args, ...excluded], countReader);
}

/** Which files each commit renamed, without counting: git reads only what was added and what was deleted. */
export function findRenames(batch: Batch, excluded: readonly string[]): Promise<Pass<CountedFile>> {
  const args = ['--raw', '-M', '-l400', '--diff-filter=R', '--', '.'];
  return passOver(batch, [...args, ...excluded], renameReader);
}

interface Reader<T> {
  /** Takes a token after a commit's own; gives a file when one is complete. */
  readonly take: (token: string) => T | null;
}

/** Runs diff-tree over all commits and takes its output apart at the NULs. */
function passOver<T>(
  batch: Batch,
  args: readonly string[],
  newReader: () => Reader<T>,
): Promise<Pass<T>> {
  return passWith<T>(batch, (input, hear) => {
    const reader = newReader();
    return streamTokens(batch.place, [...asData, ...diffTree, ...args], {
      input,
      take(token) {
        if (isSha(token) && hear.title(token)) return;
        const file = reader.take(token);
        if (file !== null) hear.file(file);
      },
    });
  });
}

/** Hears what a pass finds: commits, of which it says whether it waits for them, and the files of each. */
export interface PassHearer<T> {
  readonly title: (sha: string) => boolean;
  readonly file: (file: T) => void;
}

/** Runs something over all commits; where git dies, that commit is left out and the rest is done. */
export async function passWith<T>(
  { landings }: Batch,
  run: (input: string, hear: PassHearer<T>) => Promise<number | null>,
): Promise<Pass<T>> {
  const files = new Map<string, readonly T[]>();
  const failed: string[] = [];
  let from = 0;
  for (let restarts = 0; from < landings.length; restarts++) {
    if (restarts > mostRestarts) {
      failed.push(...landings.slice(from).map(({ sha }) => sha));
      break;
    }
    const rest = landings.slice(from);
    const known = new Map(rest.map(({ sha }, index) => [sha, index]));
    let current: T[] = [];
    let last = -1;
    function title(sha: string): boolean {
      const index = known.get(sha);
      if (index === undefined || index <= last) return false;
      last = index;
      current = [];
      files.set(sha, current);
      return true;
    }
    const hear = { title, file: (file: T) => void current.push(file) };
    const input = rest
      .map(({ sha, parent }) => `${[sha, parent ?? ''].join(' ').trim()}\n`)
      .join('');
    const code = await run(input, hear);
    if (code === 0) break;
    // A commit is announced before its files are counted: announced without files, it is the one git died of.
    const culprit = last >= 0 && current.length === 0 ? last : last + 1;
    const sha = rest[culprit]?.sha;
    if (sha === undefined) break;
    files.delete(sha);
    failed.push(sha);
    from += culprit + 1;
  }
  return { files, failed };
}

/** Larger files count as binary: git need not even unpack them. */
export const asData: readonly string[] = ['-c', `core.bigFileThreshold=${largestCountedBytes}`];
/** Commits are asked by standard input; each is told, also without files. */
export const diffTree: readonly string[] = [
  'diff-tree',
  '--stdin',
  '-r',
  '-z',
  '--root',
  '--always',
];

function isSha(token: string): boolean {
  return (token.length === 40 || token.length === 64) && /^[0-9a-f]+$/.test(token);
}

function rawReader(): Reader<RawFile> {
  let meta: readonly string[] | null = null;
  return {
    take: (token) => {
      if (meta === null) {
        meta = token.split(' ');
        return null;
      }
      const [oldMode = '', newMode = '', oldObject = '', newObject = ''] = meta;
      meta = null;
      const isSubmodule = oldMode.endsWith('160000') || newMode === '160000';
      const path = asUtf8(token);
      return { path, oldObject, newObject, isSubmodule, forPeople: isForPeople(path) };
    },
  };
}

function renameReader(): Reader<CountedFile> {
  let names: string[] = [];
  return {
    take: (token) => {
      names.push(asUtf8(token));
      if (names.length < 3) return null;
      const [, oldPath = '', path = ''] = names;
      names = [];
      return { path, oldPath, added: null, deleted: null };
    },
  };
}

function countReader(): Reader<CountedFile> {
  let counts: readonly string[] | null = null;
  let oldPath: string | null = null;
  return {
    take: (token) => {
      if (counts === null) {
        const [added = '', deleted = '', ...path] = token.split('\t');
        if (path.join('\t') !== '') return counted([added, deleted], asUtf8(path.join('\t')));
        counts = [added, deleted];
        return null;
      }
      if (oldPath === null) {
        oldPath = asUtf8(token);
        return null;
      }
      const file = { ...counted(counts, asUtf8(token)), oldPath };
      counts = null;
      oldPath = null;
      return file;
    },
  };
}

/** Binary files have `-` for both numbers. */
function counted([added = '', deleted = '']: readonly string[], path: string): CountedFile {
  return {
    path,
    oldPath: path,
    added: added === '-' ? 0 : Number(added),
    deleted: deleted === '-' ? 0 : Number(deleted),
  };
}

/** Sizes of objects in bytes; null for those the repository does not have. */
export async function readSizes(
  place: Place,
  objects: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number | null>> {
  const asked = [...objects];
  const heads = await lookUp(place, asked);
  return new Map(asked.map((object, index) => [object, heads[index]?.sizeBytes ?? null]));
}

/** Joins what the passes know of one commit: counted files, and those whose lines stay unknown. */
export function joinFiles(
  raw: readonly RawFile[],
  counts: readonly CountedFile[] | undefined,
  sizes: ReadonlyMap<string, number | null>,
): readonly PastFile[] {
  const before = new Map(raw.map((file) => [file.path, file]));
  function sizeOf(path: string): number | null {
    const object = before.get(path)?.oldObject ?? '';
    return /^0*$/.test(object) ? 0 : (sizes.get(object) ?? null);
  }
  const counted = (counts ?? [])
    .filter((file) => before.get(file.path)?.forPeople ?? isForPeople(file.path))
    .map((file) => ({ ...file, sizeBefore: sizeOf(file.oldPath) }));
  const known = new Set(counted.flatMap((file) => [file.path, file.oldPath]));
  const unknown = raw
    .filter((file) => file.forPeople && !known.has(file.path))
    .map(({ path }) => ({
      path,
      oldPath: path,
      sizeBefore: sizeOf(path),
      added: null,
      deleted: null,
    }));
  return [...counted, ...unknown];
}
