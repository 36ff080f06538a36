import { attributeLanding } from '../capture/attribute-landing.ts';
import { landedEvidence } from '../capture/landed-evidence.ts';
import type { LandedFile } from '../capture/landed.ts';
import type { Commit, FileChange, Gap } from '../change/change.ts';
import type { PatchedFile } from '../change/patch.ts';
import { ungatedFindings } from '../capture/coverage.ts';
import type { Finding } from '../guards/finding.ts';
import { readPatches, readPatchIds, type Repository } from '../outside/git/git.ts';
import type { Evidence } from '../provenance/provenance.ts';
import { named } from './capture-names.ts';
import { carrySources } from './capture-sources.ts';

/** Commits without a note whose lines are looked for in the notes of others; the newest ones. */
const mostSearched = 300;

/** Clocks of machines differ. */
const clockSlackSeconds = 86_400;

/** Evidence for commits without a note of their own, from commits with the same patch or the same lines. */
export async function carriedOver(
  repository: Repository,
  commits: readonly Commit[],
  isOwn: (commit: string) => boolean,
): Promise<{
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  readonly findings: readonly Finding[];
}> {
  const index = commits.length === 0 ? null : await carrySources(repository);
  if (index === null || index.byLine.size === 0) return { evidence: [], gaps: [], findings: [] };
  const plain = commits.filter(
    ({ parents, committedAt }) =>
      parents.length < 2 && committedAt >= index.since - clockSlackSeconds,
  );
  const searched = plain
    .toSorted((one, other) => other.committedAt - one.committedAt)
    .slice(0, mostSearched)
    .map(({ sha }) => sha);
  const [patches, ids] = await Promise.all([
    readPatches(repository, searched),
    readPatchIds(repository, searched),
  ]);
  const gaps: Gap[] = [];
  if (patches === null)
    gaps.push({
      what: 'lines of earlier commits',
      why: 'the commits are too large to be compared',
    });
  if (plain.length > searched.length) {
    const what = `${plain.length - searched.length} older commits without a note`;
    gaps.push({ what, why: `only ${mostSearched} are searched for lines that are known` });
  }
  const found = searched.map((commit) => {
    const twin = index.byPatch.get(ids.get(commit) ?? '') ?? null;
    const files = (patches?.get(commit)?.files ?? []).map((file) =>
      attributeLanding(asChange(file), { states: [], noted: new Map(), index, twin, people: true }),
    );
    return { commit, files: files.map((file) => believed(file, isOwn)) };
  });
  return {
    evidence: found.flatMap(({ commit, files }) =>
      landedEvidence(files, { commit, own: true, sessions: index.sessions, named }),
    ),
    gaps,
    findings: found.flatMap(({ files }) => ungatedFindings(files)),
  };
}

/** That a line is a person's is carried over only from what this machine itself recorded. */
function believed({ path, runs }: LandedFile, isOwn: (commit: string) => boolean): LandedFile {
  const kept = runs.filter(({ author, via }) => author !== 'human' || (via !== null && isOwn(via)));
  return { path, runs: kept };
}

function asChange(file: PatchedFile): FileChange {
  return {
    path: file.path,
    oldPath: file.oldPath,
    status: 'modified',
    content: 'text',
    oldMode: file.oldMode,
    newMode: file.newMode,
    generated: null,
    hunks: file.hunks,
    added: file.added,
    deleted: file.deleted,
    before: null,
    after: null,
    unread: null,
    origins: [],
  };
}
