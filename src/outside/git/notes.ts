import { decodeText } from '../../change/decode.ts';
import { readBlobs } from './objects.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A note as it stands on a commit; what it says is for others to read. */
export interface Note {
  readonly commit: string;
  /** Where it was found, such as `refs/notes/ai`. */
  readonly ref: string;
  readonly text: string;
}

/** Older git-ai kept one reference for each commit. */
const referencePerCommit = 'refs/ai/authorship/';

/** Notes of many commits under the references named; no process at all per commit. */
export async function readNotes(
  repository: Repository,
  commits: readonly string[],
  refs: readonly string[],
): Promise<readonly Note[]> {
  if (commits.length === 0) return [];
  const present = await presentRefs(repository, [...refs, referencePerCommit]);
  if (present.length === 0) return [];
  const places = commits.flatMap((commit) =>
    present.flatMap((ref) => namesOf(ref, commit).map((name) => ({ commit, ref, name }))),
  );
  const blobs = await readBlobs(
    repository.objects,
    places.map(({ name }) => name),
  );
  return places.flatMap(({ commit, ref, name }) => {
    const blob = blobs.get(name);
    return blob?.kind === 'read' ? [{ commit, ref, text: decodeText(blob.bytes) }] : [];
  });
}

async function presentRefs(
  repository: Repository,
  refs: readonly string[],
): Promise<readonly string[]> {
  const { stdout } = await runGit(repository, [
    'for-each-ref',
    '--format=%(refname)',
    '--',
    ...refs,
  ]);
  const found = stdout.toString('utf8').split('\n');
  return refs.filter((ref) =>
    ref.endsWith('/') ? found.some((name) => name.startsWith(ref)) : found.includes(ref),
  );
}

/** Git spreads notes over folders as their number grows. The commit, not the name, is repeated in the answer. */
function namesOf(ref: string, commit: string): readonly string[] {
  if (ref === referencePerCommit) return [`${ref}${commit}`];
  const [one, two] = [commit.slice(0, 2), commit.slice(2, 4)];
  return [commit, `${one}/${commit.slice(2)}`, `${one}/${two}/${commit.slice(4)}`].map(
    (path) => `${ref}:${path}`,
  );
}
