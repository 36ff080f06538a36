import type { Change, Commit, FileChange, Gap } from '../../change/change.ts';
import type { PathAttributes } from '../../change/classify.ts';
import type { PatchedFile, RawEntry } from '../../change/patch.ts';
import { readAttributes } from './attributes.ts';
import { contentsOf, fileChange, sidesOf, unreadGaps } from './changed-files.ts';
import { readCommits } from './commits.ts';
import { findEndpoints } from './endpoints.ts';
import type { ChangeRequest, Endpoints } from './endpoints.ts';
import { readNetDiff } from './net-diff.ts';
import type { NetDiff } from './net-diff.ts';
import { readBlobs } from './objects.ts';
import type { Blob } from './objects.ts';
import { readLineage } from './read-lineage.ts';
import { withoutOwnFilters } from './repository.ts';
import type { Repository } from './repository.ts';
import { readUntracked, workTreeSide } from './work-tree.ts';

/**
 * Reads a change: its files with lines and contents, its commits, and which commit brought in which line. A few
 * processes in all, at the same time where one needs nothing of the other. What cannot be read is a gap.
 */
export async function readChange(repository: Repository, request: ChangeRequest): Promise<Change> {
  const ends = await findEndpoints(repository, request);
  const head = typeof ends.head === 'string' ? ends.head : ends.head.commit;
  const [{ commits, gaps: cut }, { files, gaps }] = await Promise.all([
    commitsOf(repository, ends),
    ends.unreachable === null ? filesOf(repository, ends) : nothingOf(ends.unreachable),
  ]);
  const traced =
    cut.length > 0
      ? { origins: new Map<string, FileChange['origins']>(), gaps: [] }
      : await readLineage(repository, files, commits);
  const [target = ends.base] = ends.exclude;
  return {
    base: ends.base,
    ...(target === null || target === ends.base ? {} : { target }),
    head,
    commits,
    files: files.map((file) => ({ ...file, origins: traced.origins.get(file.path) ?? [] })),
    gaps: [...ends.gaps, ...cut, ...gaps, ...traced.gaps],
  };
}

interface Commits {
  readonly commits: readonly Commit[];
  readonly gaps: readonly Gap[];
}

async function commitsOf(repository: Repository, ends: Endpoints): Promise<Commits> {
  if (ends.commits === 'none' || typeof ends.head === 'string') return { commits: [], gaps: [] };
  const alone = ends.commits === 'one' && ends.base === null;
  const { commits, missing } = await readCommits(repository, {
    include: ends.head.commit,
    exclude: ends.exclude,
    alone,
  });
  if (missing === null) return { commits, gaps: [] };
  const why = `${missing}; lines are not traced to them`;
  return { commits, gaps: [{ what: 'older commits of the change', why }] };
}

interface Files {
  readonly files: readonly FileChange[];
  readonly gaps: readonly Gap[];
}

function nothingOf(why: string): Files {
  return { files: [], gaps: [{ what: 'the whole change', why }] };
}

interface Reading {
  readonly blobs: Promise<ReadonlyMap<string, Blob>>;
  readonly attributes: Promise<ReadonlyMap<string, PathAttributes>>;
}

async function filesOf(repository: Repository, ends: Endpoints): Promise<Files> {
  const onDisk = ends.head === 'worktree' ? withoutOwnFilters(repository) : null;
  const place = onDisk ?? (ends.head === 'index' ? repository : repository.objects);
  const tree = ends.base ?? repository.emptyTree;
  let reading: Reading | null = null;
  const [diff, untracked] = await Promise.all([
    readNetDiff(place, {
      compare: compared(tree, ends.head),
      onEntries(entries) {
        // Contents are fetched while git still compares lines.
        reading ??= startReading(repository, tree, entries);
      },
    }),
    onDisk === null ? null : readUntracked(onDisk, onDisk.workTree ?? onDisk.cwd),
  ]);
  if (diff === null)
    return nothingOf('git could not compare the two states; trees are missing from this clone');
  const contents = await finished(reading);
  const files = diff.files
    .filter((file) => file.letter !== 'U')
    .map((file) => together(file, contents, onDisk?.workTree ?? null));
  const all = untracked === null ? files : [...files, ...untracked.files];
  return {
    files: all,
    gaps: [...diffGaps(diff), ...(untracked?.gaps ?? []), ...unreadGaps(all)],
  };
}

/** How each kind of change is asked for. `git diff` looks again at files that only seem touched; its kin do not. */
function compared(tree: string, head: Endpoints['head']): readonly string[] {
  if (head === 'index') return ['diff-index', '-r', '--cached', tree];
  if (head === 'worktree') return ['diff', '--ignore-submodules=dirty', tree];
  return ['diff-tree', '-r', tree, head.commit];
}

function startReading(repository: Repository, tree: string, entries: readonly RawEntry[]): Reading {
  const reading = {
    blobs: readBlobs(repository.objects, contentsOf(entries)),
    attributes: readAttributes(
      repository,
      tree,
      entries.map(({ path }) => path),
    ),
  };
  // Whoever awaits them later hears of a failure; until then it must not count as unheard.
  reading.blobs.catch(() => {});
  reading.attributes.catch(() => {});
  return reading;
}

interface Contents {
  readonly blobs: ReadonlyMap<string, Blob>;
  readonly attributes: ReadonlyMap<string, PathAttributes>;
}

async function finished(reading: Reading | null): Promise<Contents> {
  if (reading === null) return { blobs: new Map(), attributes: new Map() };
  const [blobs, attributes] = await Promise.all([reading.blobs, reading.attributes]);
  return { blobs, attributes };
}

function together(
  file: PatchedFile,
  { blobs, attributes }: Contents,
  workTree: string | null,
): FileChange {
  const sides = sidesOf(file, blobs);
  const after =
    workTree === null || blobs.has(file.newId)
      ? sides.after
      : workTreeSide(workTree, file, sides.before);
  return fileChange(file, { before: sides.before, after }, attributes.get(file.path) ?? null);
}

function diffGaps({ files, problems }: NetDiff): readonly Gap[] {
  const conflicts = files
    .filter((file) => file.letter === 'U')
    .map(({ path }) => ({ what: path, why: 'its merge conflict is not resolved' }));
  return [...problems.map((why) => ({ what: 'a part of the change', why })), ...conflicts];
}
