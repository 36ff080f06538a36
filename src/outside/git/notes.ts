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

/** Notes of many commits under the references named: three processes, however many commits there are. */
export async function readNotes(
  repository: Repository,
  commits: readonly string[],
  refs: readonly string[],
): Promise<readonly Note[]> {
  if (commits.length === 0) return [];
  const present = await readTips(repository, [...refs, referencePerCommit]);
  const places = commits.flatMap((commit) => placesOf(commit, refs, present));
  const blobs = await readBlobs(
    repository.objects,
    places.map(({ name }) => name),
  );
  return places.flatMap(({ commit, ref, name }) => {
    const blob = blobs.get(name);
    return blob?.kind === 'read' ? [{ commit, ref, text: decodeText(blob.bytes) }] : [];
  });
}

/** Which of some references to notes are here at all. */
export async function notesHere(
  repository: Repository,
  refs: readonly string[],
): Promise<readonly string[]> {
  return [...(await readTips(repository, refs)).keys()].sort();
}

/** What each reference points to. Places in notes are asked for by that id, which every view of the objects knows. */
async function readTips(
  repository: Repository,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const format = '--format=%(objectname) %(refname)';
  const { stdout } = await runGit(repository, ['for-each-ref', format, '--', ...patterns]);
  const lines = stdout.toString('utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(space + 1), line.slice(0, space)];
    }),
  );
}

interface NotePlace {
  readonly commit: string;
  readonly ref: string;
  readonly name: string;
}

/** Git spreads notes over folders as their number grows, so each could be in one of three places. */
function placesOf(
  commit: string,
  refs: readonly string[],
  tips: ReadonlyMap<string, string>,
): readonly NotePlace[] {
  const [one, two] = [commit.slice(0, 2), commit.slice(2, 4)];
  const paths = [commit, `${one}/${commit.slice(2)}`, `${one}/${two}/${commit.slice(4)}`];
  const spread = refs.flatMap((ref) => {
    const tip = tips.get(ref);
    return tip === undefined ? [] : paths.map((path) => ({ commit, ref, name: `${tip}:${path}` }));
  });
  const own = tips.get(`${referencePerCommit}${commit}`);
  return own === undefined ? spread : [...spread, { commit, ref: referencePerCommit, name: own }];
}
