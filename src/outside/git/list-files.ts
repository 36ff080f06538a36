import { asUtf8 } from './past-tokens.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Paths of the files that lie directly in some folders of a commit; none where there is no such folder. */
export async function listFiles(
  repository: Repository,
  commit: string,
  folders: readonly string[],
): Promise<readonly string[]> {
  const places = folders.map((folder) => `${folder.replace(/\/+$/, '')}/`);
  const args = ['ls-tree', '-z', '--full-tree', '--name-only', commit, '--', ...places];
  const { stdout } = await runGit(repository, args);
  return stdout.toString('latin1').split('\0').filter(Boolean).map(asUtf8);
}
