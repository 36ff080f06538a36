import type { Gap } from '../../change/change.ts';
import type { PastChange } from '../../change/past.ts';
import { inHalves, isNothing, objectsOf, readContents } from './past-contents.ts';
import { countLines, findRenames, joinFiles, readRawFiles, readSizes } from './past-diffs.ts';
import type { Batch, RawFile } from './past-diffs.ts';
import { readLandings } from './past-landings.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';
import type { Place } from './run.ts';

export interface PastOptions {
  /** Newest commit to read. */
  readonly until: string;
  /** How many changes at most, counted back from there. */
  readonly limit: number;
  /** In so many of the last changes the lines are counted, which is what takes the time. */
  readonly counted: number;
  /** Takes each change, oldest first. */
  readonly each: (change: PastChange) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was read, and what could not be. */
export interface PastRead {
  readonly changes: number;
  readonly gaps: readonly Gap[];
}

/** So many changes are held in memory at once. */
const blockSize = 4000;

/**
 * Reads what landed on the first-parent line, oldest first: a few git processes for thousands of commits.
 * What is missing in a shallow, partial or damaged repository becomes a gap, never an error.
 */
export async function readPast(repository: Repository, options: PastOptions): Promise<PastRead> {
  const shas = await firstParentLine(repository, options.until, options.limit + 1);
  const before = shas[options.limit] ?? null;
  const line = { place: repository, shas: shas.slice(0, options.limit), before };
  const landings = await readLandings(line);
  // A shallow clone left the parents of these behind: their diff would be the whole tree.
  const whole = landings.filter((landing) => !repository.cutOff.has(landing.sha));
  const place = withPatterns(repository.objects);
  for (let from = 0; from < whole.length; from += blockSize) {
    const block = whole.slice(from, from + blockSize);
    const countedFrom = Math.max(0, whole.length - options.counted - from);
    for (const change of await readBlock({ place, landings: block }, countedFrom)) {
      options.each(change);
    }
    options.onProgress?.(from + block.length, whole.length);
  }
  return { changes: whole.length, gaps: whole.length < landings.length ? [cutShort] : [] };
}

/** What a shallow clone keeps from us. */
export const cutShort: Gap = {
  what: 'older history',
  why: 'the clone is shallow; git fetch --unshallow gets the rest',
};

/** The first-parent line from a commit back, newest first; empty when there is no such commit. */
export async function firstParentLine(
  repository: Repository,
  until: string,
  limit: number,
): Promise<readonly string[]> {
  const args = [
    'rev-list',
    '--first-parent',
    `--max-count=${limit}`,
    '--end-of-options',
    until,
    '--',
  ];
  const { stdout } = await runGit(repository, args);
  return stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

/** The one place where pathspecs are more than names: they are ours, made of file names without signs in them. */
export function withPatterns(place: Place): Place {
  return { ...place, environment: { ...place.environment, GIT_LITERAL_PATHSPECS: undefined } };
}

async function readBlock(batch: Batch, countedFrom: number): Promise<readonly PastChange[]> {
  const { place, landings } = batch;
  const raw = await inHalves(batch, readRawFiles);
  const recent = landings.slice(countedFrom);
  // Without renames in the older changes a file would lose its past, or not, by how many changes were counted.
  const older = landings
    .slice(0, countedFrom)
    .filter(({ sha }) => mayRename(raw.files.get(sha) ?? []));
  const sizes = await readSizes(place, objectsOf([...older, ...recent], raw));
  const counts = new Map([
    ...(await readContents({ place, landings: older }, { raw, sizes, read: findRenames })),
    ...(await readContents({ place, landings: recent }, { raw, sizes, read: countLines })),
  ]);
  return landings.map((landing) => ({
    sha: landing.sha,
    at: landing.at,
    authors: landing.authors,
    reviewers: landing.reviewers,
    fix: landing.fix,
    files: joinFiles(raw.files.get(landing.sha) ?? [], counts.get(landing.sha), sizes),
  }));
}

function mayRename(files: readonly RawFile[]): boolean {
  return (
    files.some((file) => isNothing(file.oldObject)) &&
    files.some((file) => isNothing(file.newObject))
  );
}
