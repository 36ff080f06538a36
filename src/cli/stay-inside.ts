import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../change/problems.ts';

/** The place of a file of ours in a work tree; a cloned repository may not lead our pen elsewhere by a link. */
export function placeInside(workTree: string, path: string): string {
  let place = workTree;
  for (const part of path.split('/')) {
    place = join(place, part);
    if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new UserError(
        `${place} is a link, so nothing was written`,
        'Put a file or folder of its own there.',
      );
  }
  return place;
}
