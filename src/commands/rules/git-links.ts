import type { Run } from '../command.ts';
import { linksOf } from '../links.ts';
import type { Hit, Scene } from '../rule.ts';

/** Links that lead into git's own folder: whatever is done through them later does not say so. */
export function linksIntoGit(run: Run, { lead }: Scene): readonly Hit[] {
  if (run.elsewhere) return [];
  const isInto = linksOf(run).some(
    ({ at, to }) => !inGit.test(at) && (inGit.test(to) || inGit.test(lead(to))),
  );
  return isInto ? [{ says: "It makes a link into git's own folder." }] : [];
}

const inGit = /(?:^|\/)\.git(?:\/|$)/;
