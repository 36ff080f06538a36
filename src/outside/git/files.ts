import { isAbsolute, relative, resolve, sep } from 'node:path';
import { decodeText, isBinary } from '../../change/decode.ts';
import { isPlainPath, readBlobs } from './objects.ts';
import type { Repository } from './repository.ts';
import { runGitNow } from './run.ts';
import { readWorkTreeFile } from './disk.ts';

/** A state of the files: a commit's id, `index` (what is staged) or `worktree` (what is on the disk); null: none yet. */
export type FileState = string | null;

/** Texts of many files of one state, null for each that is not there; two processes, however many there are. */
export async function readFilesAt(
  repository: Repository,
  state: FileState,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (state === null) return new Map(paths.map((path) => [path, null]));
  const { workTree } = repository;
  if (state === 'worktree')
    return new Map(
      paths.map((path) => [path, workTree === null ? null : readWorkTreeFile(workTree, path)]),
    );
  const names = paths.filter(isPlainPath).map((path) => nameIn(state, path));
  const blobs = await readBlobs(placeOf(repository, state), names);
  return new Map(
    paths.map((path) => {
      const blob = blobs.get(nameIn(state, path));
      return [path, blob?.kind === 'read' ? decodeText(blob.bytes) : null];
    }),
  );
}

/** A guard that asks for more files than this gets no more answers. */
const mostQuestions = 500;

/** Reads single files of a state on demand, for guards that must look beyond the change. */
export function fileReader(
  repository: Repository,
  state: FileState,
): (path: string) => string | null {
  const { workTree } = repository;
  if (state === null) return () => null;
  if (state === 'worktree')
    return (path) => (workTree === null ? null : readWorkTreeFile(workTree, path));
  let left = mostQuestions;
  return (path) => {
    if (!isPlainPath(path) || left-- <= 0) return null;
    const bytes = runGitNow(placeOf(repository, state), [
      'cat-file',
      'blob',
      '--end-of-options',
      nameIn(state, path),
    ]);
    return bytes === null || isBinary(bytes) ? null : decodeText(bytes);
  };
}

/** A path typed in a folder, counted from the top of the repository; null when it leads out of it. */
export function pathInRepository(
  { workTree }: Repository,
  typed: string,
  folder: string,
): string | null {
  if (workTree === null) return typed;
  const path = relative(workTree, resolve(folder, typed)).split(sep).join('/');
  return path === '' || path === '..' || path.startsWith('../') || isAbsolute(path) ? null : path;
}

function nameIn(state: string, path: string): string {
  return state === 'index' ? `:0:${path}` : `${state}:${path}`;
}

/** The index belongs to the repository; objects are read where a missing one is only missing. */
function placeOf(repository: Repository, state: string): Repository | Repository['objects'] {
  return state === 'index' ? repository : repository.objects;
}
