import { decodeText } from '../../change/decode.ts';
import type { Gap } from '../../change/change.ts';
import type { Repository } from './repository.ts';
import { withoutOwnFilters } from './repository.ts';
import { runGit } from './run.ts';

/** More changed files than these are not told: somebody unpacked a tree or forgot an ignore rule. */
export const mostDirty = 5_000;

/** Longest list that is read, in bytes. */
const mostBytes = 4 * 2 ** 20;

/** An agent waits for the answer. */
const patienceMs = 5_000;

/** Paths that differ from what is committed, or that git does not know yet. */
export interface DirtyFiles {
  readonly paths: readonly string[];
  readonly gaps: readonly Gap[];
}

/** Asks once what is not committed. Nothing that the repository configures is run. */
export async function readDirtyFiles(repository: Repository): Promise<DirtyFiles> {
  const { stdout, code } = await runGit(
    withoutOwnFilters(repository),
    [
      'status',
      '--porcelain',
      '-z',
      '--no-renames',
      '--untracked-files=all',
      '--ignore-submodules=all',
    ],
    { limitBytes: mostBytes, limitMs: patienceMs },
  );
  const names = decodeText(stdout)
    .split('\0')
    .filter((entry) => entry.length > 3 && !entry.endsWith('/'))
    .map((entry) => entry.slice(3));
  const gaps: Gap[] = [];
  if (code !== 0 || names.length > mostDirty)
    gaps.push({
      what: 'uncommitted files',
      why: 'there are too many, or git could not tell in time',
    });
  return { paths: names.slice(0, mostDirty), gaps };
}
