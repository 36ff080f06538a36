import { readFilesAt } from './files.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A file as one commit had it. */
export interface EarlierText {
  readonly commit: string;
  readonly text: string;
}

/** More versions than these are not read. */
const mostVersions = 50;

/** The versions a file had on the way to a commit, along what landed there; newest first. */
export async function earlierTexts(
  repository: Repository,
  commit: string,
  path: string,
): Promise<readonly EarlierText[]> {
  const { stdout } = await runGit(repository, [
    'log',
    '--first-parent',
    '--no-show-signature',
    `--max-count=${mostVersions}`,
    '--format=%H',
    commit,
    '--',
    path,
  ]);
  const versions: EarlierText[] = [];
  for (const found of stdout.toString('latin1').split('\n').filter(Boolean)) {
    const text = (await readFilesAt(repository, found, [path])).get(path) ?? null;
    if (text !== null) versions.push({ commit: found, text });
  }
  return versions;
}
