import { carryIndex, type CarryIndex } from '../capture/carry.ts';
import { landedRef, readLanded, type Landed } from '../capture/landed.ts';
import { readNotes, readRecentNotes, type Repository } from '../outside/git/git.ts';
import { mayHaveRef } from '../outside/journal/head.ts';
import { placeOfRepository } from './capture-checkpoint.ts';

/** So many commits are searched for lines that landed before; older ones are not carried over. */
export const mostSources = 500;

/** What the notes of earlier commits say: those named first, then those that were written last. */
export async function carrySources(
  repository: Repository,
  named: readonly string[] = [],
): Promise<CarryIndex> {
  if (!mayHaveRef(placeOfRepository(repository), landedRef)) return carryIndex([]);
  const [first, recent] = await Promise.all([
    landedOf(repository, named),
    readRecentNotes(repository, landedRef, mostSources),
  ]);
  const latest = recent.flatMap(({ commit, text }) => readLanded(text, commit) ?? []);
  return carryIndex([...first.values(), ...latest]);
}

/** What is noted of given commits. */
export async function landedOf(
  repository: Repository,
  commits: readonly string[],
): Promise<ReadonlyMap<string, Landed>> {
  const notes = await readNotes(repository, commits, [landedRef]);
  return new Map(
    notes
      .filter(({ ref }) => ref === landedRef)
      .flatMap(({ commit, text }) => {
        const landed = readLanded(text, commit);
        return landed === null ? [] : [[commit, landed] as const];
      }),
  );
}
