import { spawnSync } from 'node:child_process';
import { decodeText, isBinary } from '../../change/decode.ts';
import { blobLimits, isPlainPath, readBlobs } from './objects.ts';
import type { Repository } from './repository.ts';
import { readWorkTreeFile } from './work-tree.ts';

/** Texts of many files of a commit, null for each that is not there; two processes, however many there are. */
export async function readFilesAt(
  repository: Repository,
  commit: string | null,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (commit === null) return new Map(paths.map((path) => [path, null]));
  const asked = paths.filter(isPlainPath);
  const blobs = await readBlobs(
    repository.objects,
    asked.map((path) => `${commit}:${path}`),
  );
  return new Map(
    paths.map((path) => {
      const blob = blobs.get(`${commit}:${path}`);
      return [path, blob?.kind === 'read' ? decodeText(blob.bytes) : null];
    }),
  );
}

/** A guard that asks for more files than this gets no more answers. */
const mostQuestions = 200;

/** Reads single files of a revision on demand, for guards that must look beyond the change. */
export function fileReader(repository: Repository, head: string): (path: string) => string | null {
  if (head === 'worktree') {
    const { workTree } = repository;
    return (path) => (workTree === null ? null : readWorkTreeFile(workTree, path));
  }
  const { cwd, environment } = head === 'index' ? repository : repository.objects;
  let left = mostQuestions;
  return (path) => {
    if (!isPlainPath(path) || left-- <= 0) return null;
    const name = head === 'index' ? `:${path}` : `${head}:${path}`;
    const { stdout, status } = spawnSync('git', ['cat-file', 'blob', name], {
      cwd,
      env: environment,
      maxBuffer: blobLimits.fileBytes,
      windowsHide: true,
    });
    return status === 0 && !isBinary(stdout) ? decodeText(stdout) : null;
  };
}
