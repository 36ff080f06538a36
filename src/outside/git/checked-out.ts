import type { Repository } from './repository.ts';
import { runGitNow } from './run.ts';

const answers = new WeakMap<Repository, string>();

/**
 * Whether a commit is the one that is checked out. Its files can then be searched on the disk, which takes a tenth of
 * the time that unpacking all of them takes; what somebody has edited since may differ by those lines.
 */
export function isCheckedOut(repository: Repository, commit: string): boolean {
  if (repository.workTree === null) return false;
  const known = answers.get(repository);
  if (known !== undefined) return known === commit;
  const head = runGitNow(repository, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  const found = head?.toString('latin1').trim() ?? '';
  answers.set(repository, found);
  return found === commit;
}
