import { openRepository } from '../outside/git/git.ts';

/** The top of the work tree around a folder. */
export async function topFolder(folder: string): Promise<string> {
  const { workTree, gitDir } = await openRepository(folder);
  return workTree ?? gitDir;
}
