import { decodeText } from '../../change/decode.ts';
import { readBlobs } from './objects.ts';
import type { Note } from './notes.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Longest list of names that is read, in bytes. */
const mostBytes = 4 * 2 ** 20;

/** The notes that were written last under a reference, the newest first; none when there is no such reference. */
export async function readRecentNotes(
  repository: Repository,
  ref: string,
  most: number,
): Promise<readonly Note[]> {
  const { stdout: tip } = await runGit(repository, ['rev-parse', '--verify', '--quiet', ref]);
  const at = tip.toString('latin1').trim();
  if (at === '') return [];
  const { stdout, code } = await runGit(
    repository,
    ['log', `--max-count=${most}`, '--format=', '--name-only', '--no-renames', '-z', at, '--'],
    { limitBytes: mostBytes },
  );
  if (code !== 0 && code !== null) return [];
  const paths = new Set(
    stdout
      .toString('latin1')
      .split(/[\0\n]/)
      .filter(isNotePath),
  );
  const names = [...paths].slice(0, most);
  const blobs = await readBlobs(
    repository.objects,
    names.map((path) => `${at}:${path}`),
  );
  return names.flatMap((path) => {
    const blob = blobs.get(`${at}:${path}`);
    if (blob?.kind !== 'read') return [];
    return [{ commit: path.replaceAll('/', ''), ref, text: decodeText(blob.bytes) }];
  });
}

function isNotePath(path: string): boolean {
  return /^[0-9a-f/]{40,90}$/.test(path);
}
