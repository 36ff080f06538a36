import type { Repository } from './repository.ts';
import { runGitNow } from './run.ts';

const answers = new WeakMap<Repository, string>();

/**
 * Whether a commit is the one that is checked out, as it is. Its files can then be searched on the disk, which takes a tenth of
 * the time that unpacking all of them takes. Only where nobody has edited or deleted any of them since.
 */
export function isCheckedOut(repository: Repository, commit: string): boolean {
  if (repository.workTree === null) return false;
  const known = answers.get(repository);
  if (known !== undefined) return known === commit;
  const head = runGitNow(repository, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  const found = isWhole(repository) ? (head?.toString('latin1').trim() ?? '') : '';
  answers.set(repository, found);
  return found === commit;
}

// What a sparse checkout leaves out, or somebody deleted or edited, a search on the disk would take for absent.
function isWhole(repository: Repository): boolean {
  const sparse = runGitNow(repository, ['config', '--type=bool', 'core.sparseCheckout']);
  if (sparse?.toString('latin1').trim() === 'true') return false;
  return runGitNow(repository, ['diff-index', '--quiet', '--ignore-submodules', 'HEAD']) !== null;
}
