import type { Change } from '../change/change.ts';
import { readFilesAt, mentionsIn, type Repository } from '../outside/git/git.ts';
import { findReach, type Reach } from '../reach/reach.ts';
import type { Catalogue } from '../risk/services.ts';

/** Follows the users of a change in the tree it leaves behind. */
export function reachOf(
  repository: Repository,
  change: Change,
  catalogue: Catalogue,
): Promise<Reach> {
  const { head } = change;
  const tree = {
    mentions: (texts: readonly string[], endings: readonly string[]) =>
      mentionsIn(repository, head, { texts, endings }),
    read: (paths: readonly string[]) => readFilesAt(repository, head, paths),
  };
  return findReach(change, tree, catalogue);
}
