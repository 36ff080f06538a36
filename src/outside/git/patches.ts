import type { Patch } from '../../change/patch.ts';
import { patchReader } from '../../change/patch.ts';
import type { Repository } from './repository.ts';
import { diffOptions, lineOptions, runGit, streamGit } from './run.ts';

/** Longest output that is read, in bytes. */
const mostBytes = 64 * 2 ** 20;

/** `git patch-id --stable` of commits, by commit; merges and empty commits have none. */
export async function readPatchIds(
  { objects }: Repository,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (commits.length === 0) return new Map();
  const patches = await runGit(
    objects,
    [
      'diff-tree',
      '--stdin',
      '--root',
      '-r',
      '--patch',
      '--diff-algorithm=myers',
      '--unified=3',
      ...diffOptions,
    ],
    { input: commits.map((commit) => `${commit}\n`).join(''), limitBytes: mostBytes },
  );
  if (patches.code !== 0) return new Map();
  const { stdout } = await runGit(objects, ['patch-id', '--stable'], { input: patches.stdout });
  const lines = stdout.toString('latin1').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [id, commit] = line.split(' ');
      return id !== undefined && commit !== undefined ? [[commit, id] as const] : [];
    }),
  );
}

/** What each commit did against its first parent; null when that is too much, or objects are missing. */
export async function readPatches(
  { objects }: Repository,
  commits: readonly string[],
): Promise<ReadonlyMap<string, Patch> | null> {
  if (commits.length === 0) return new Map();
  const reader = patchReader();
  let size = 0;
  const { code } = await streamGit(
    objects,
    ['diff-tree', '--stdin', '--always', '--root', '-r', '--raw', '-z', ...lineOptions, '-M'],
    {
      input: commits.map((commit) => `${commit}\n`).join(''),
      onChunk(chunk) {
        size += chunk.length;
        reader.push(chunk);
        return !reader.full() && size <= mostBytes;
      },
    },
  );
  const { patches } = reader.end();
  return code === 0 ? new Map(patches.map((patch) => [patch.title ?? '', patch])) : null;
}
