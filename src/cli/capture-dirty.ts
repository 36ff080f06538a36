import { openWorkTree, readDirtyFiles, readFilesAt } from '../outside/git/git.ts';
import type { Place } from '../outside/journal/place.ts';

/** Files that are not committed; without git's answer, none, and why. */
export async function dirtyFiles(
  place: Place,
): Promise<{ readonly paths: readonly string[]; readonly why: string | null }> {
  try {
    const { paths, gaps } = await readDirtyFiles(await openWorkTree(place.top, place.gitDir));
    return { paths, why: gaps[0]?.why ?? null };
  } catch (error) {
    // No git, or it refuses this repository: what is known is looked at all the same.
    return { paths: [], why: error instanceof Error ? error.message : String(error) };
  }
}

/** What files held when they were last committed. */
export async function textsAtHead(
  place: Place,
  head: string | null,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (paths.length === 0 || head === null || head === 'unborn') return new Map();
  try {
    return await readFilesAt(await openWorkTree(place.top, place.gitDir), head, paths);
  } catch {
    return new Map(); // git refuses this repository: then all of a file counts as new
  }
}
