import { asUtf8 } from './past-tokens.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Paths of the files that lie directly in some folders of a commit; none where there is no such folder, null where git cannot say. */
export async function listFiles(
  repository: Repository,
  commit: string,
  folders: readonly string[],
): Promise<readonly string[] | null> {
  const places = folders.map((folder) => `${folder.replace(/\/+$/, '')}/`);
  const args = ['ls-tree', '-z', '--full-tree', '--name-only', commit, '--', ...places];
  const { stdout, code } = await runGit(repository, args);
  if (code !== 0) return null;
  return stdout.toString('latin1').split('\0').filter(Boolean).map(asUtf8);
}
