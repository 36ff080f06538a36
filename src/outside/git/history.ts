import { classify } from '../../change/classify.ts';
import type { Person } from '../../change/change.ts';
import type { LandedChange, LandedFile } from '../../replay/landed-change.ts';
import { readLandedCommits } from './landed-commits.ts';
import type { LandedCommits, NamedCommit } from './landed-commits.ts';
import { inHalves, objectsOf, readContents } from './past-contents.ts';
import { joinFiles, readRawFiles, readSizes } from './past-diffs.ts';
import type { RawFile } from './past-diffs.ts';
import type { Landing } from './past-landings.ts';
import { readLines } from './past-lines.ts';
import type { LinedFile } from './past-lines.ts';
import { firstParentLine, withPatterns } from './past.ts';
import type { Repository } from './repository.ts';
import type { Place } from './run.ts';

export interface HistoryOptions {
  /** Newest commit to read. */
  readonly until: string;
  /** Newest commit that is known already; null to read from the first one. */
  readonly after: string | null;
  /** Takes the changes of one block, oldest first; the next block is being read meanwhile. */
  readonly each: (changes: readonly LandedChange[]) => void | Promise<void>;
  /** Hears of messages first, whose number is not known before, then of changes. */
  readonly onProgress?: (what: string, done: number, total?: number) => void;
}

/** Changes that are read together: while one block is made into facts, git reads the next. */
const blockSize = 2000;
/** Longest history that is read. */
export const mostChanges = 2_000_000;

/**
 * Reads what landed on the first-parent line since a commit, oldest first, with people, messages and lines. What is
 * missing in a shallow, partial or damaged repository stays unread, and is no error. Gives how many changes there were.
 */
export async function readHistory(
  repository: Repository,
  options: HistoryOptions,
): Promise<number> {
  const line = lineSince(await firstParentLine(repository, options.until, mostChanges), options);
  const known = await readLandedCommits({ place: repository, ...line }, (done) =>
    options.onProgress?.('reading messages', done),
  );
  // A shallow clone left the parents of these behind: their diff would be the whole tree.
  const landings = known.landings.filter(({ sha }) => !repository.cutOff.has(sha));
  const place = withPatterns(repository.objects);
  const blocks: (readonly Landing[])[] = [];
  for (let from = 0; from < landings.length; from += blockSize)
    blocks.push(landings.slice(from, from + blockSize));
  // What is damaged is read twice and heard of twice.
  let heard = 0;
  function onChange(): void {
    heard = Math.min(heard + 1, landings.length);
    options.onProgress?.('reading changes', heard, landings.length);
  }
  let next = readBlock(place, blocks[0] ?? [], { known, onChange });
  for (const index of blocks.keys()) {
    const changes = await next;
    next = readBlock(place, blocks[index + 1] ?? [], { known, onChange });
    await options.each(changes);
  }
  return landings.length;
}

interface Hearing {
  readonly known: LandedCommits;
  /** Hears of each change whose lines are being read. */
  readonly onChange: () => void;
}

function lineSince(
  shas: readonly string[],
  { after }: HistoryOptions,
): { readonly shas: readonly string[]; readonly before: string | null } {
  const known = after === null ? -1 : shas.indexOf(after);
  return known < 0 ? { shas, before: null } : { shas: shas.slice(0, known), before: after };
}

async function readBlock(
  place: Place,
  landings: readonly Landing[],
  { known, onChange }: Hearing,
): Promise<readonly LandedChange[]> {
  if (landings.length === 0) return [];
  const raw = await inHalves({ place, landings }, readRawFiles);
  const sizes = await readSizes(place, objectsOf(landings, raw));
  const lines = await readContents(
    { place, landings },
    {
      raw,
      sizes,
      read: (batch, excluded) => readLines(batch, { excluded, onChange }),
      everything: true,
    },
  );
  return landings.flatMap((landing) => {
    const named = known.commits.get(landing.sha);
    if (named === undefined) return [];
    const rawFiles = raw.files.get(landing.sha) ?? [];
    const lined = lines.get(landing.sha);
    const { sha, at, authors, reviewers, fix } = landing;
    const past = { sha, at, authors, reviewers, fix, files: joinFiles(rawFiles, lined, sizes) };
    const merged = mergedBy(landing, known);
    return [
      {
        commit: named.commit,
        merged: merged.map(({ commit }) => commit),
        ...handsOf(named, merged, authors[0]),
        past,
        files: filesOf(rawFiles, lined),
      },
    ];
  });
}

function mergedBy(landing: Landing, { commits }: LandedCommits): readonly NamedCommit[] {
  return landing.merged
    .flatMap((sha) => commits.get(sha) ?? [])
    .sort((one, other) => one.commit.committedAt - other.commit.committedAt);
}

/** Of a merge the author is who wrote most of it, and whoever made the merge is who landed it. */
function handsOf(
  landing: NamedCommit,
  merged: readonly NamedCommit[],
  main: string | undefined,
): { readonly author: Person; readonly committer: Person } {
  if (landing.commit.parents.length < 2)
    return { author: landing.author, committer: landing.committer };
  const author = merged.find(({ author: { email } }) => email === main)?.author ?? landing.author;
  return { author, committer: landing.author };
}

function filesOf(
  raw: readonly RawFile[],
  lined: readonly LinedFile[] | undefined,
): readonly LandedFile[] {
  const known = new Set<string>();
  const read = (lined ?? []).map(({ path, oldPath, letter, lines }) => {
    known.add(path).add(oldPath);
    return { path, oldPath, letter, generated: isGenerated(path), lines };
  });
  const rest = raw
    .filter(({ path }) => !known.has(path))
    .map(({ path, oldObject, newObject }) => ({
      path,
      oldPath: path,
      letter: /^0*$/.test(oldObject) ? 'A' : /^0*$/.test(newObject) ? 'D' : 'M',
      generated: isGenerated(path),
      lines: null,
    }));
  return [...read, ...rest];
}

/** By the path alone: what a file says about itself would have to be read. */
function isGenerated(path: string): boolean {
  return classify({ path, before: null, after: null, attributes: null }) !== null;
}
