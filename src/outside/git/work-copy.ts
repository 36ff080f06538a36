import { rmSync } from 'node:fs';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A commit's files in a folder of their own, beside the user's work tree. */
export interface WorkCopy {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Checks a commit out into an empty folder as a temporary worktree; a text says why git would not. */
export async function addWorkCopy(
  repository: Repository,
  commit: string,
  folder: string,
): Promise<WorkCopy | string> {
  const place = { cwd: repository.cwd, environment: withoutWorkTree(repository.environment) };
  const args = ['worktree', 'add', '--detach', '--force', '--quiet', folder, commit];
  const { code, stderr } = await runGit(place, args);
  if (code !== 0) return stderr.trim().split('\n').at(-1) ?? 'git would not';
  return {
    folder,
    async remove() {
      await runGit(place, ['worktree', 'remove', '--force', '--force', folder]);
      rmSync(folder, { recursive: true, force: true });
      await runGit(place, ['worktree', 'prune']);
    },
  };
}

function withoutWorkTree(
  environment: Repository['environment'],
): Readonly<Record<string, string | undefined>> {
  const { GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = environment;
  return rest;
}
