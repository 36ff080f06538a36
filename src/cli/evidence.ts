import type { Change, Commit, Gap } from '../change/change.ts';
import type { Finding } from '../guards/finding.ts';
import { readNotes, type Repository } from '../outside/git/git.ts';
import { readAgentTrace } from '../provenance/agent-trace.ts';
import { readBranch } from '../provenance/branch-evidence.ts';
import { readCommit } from '../provenance/commit-evidence.ts';
import { landedRef } from '../capture/landed.ts';
import { noteRefs, presenceRefs, readNote } from '../provenance/notes.ts';
import type { Evidence } from '../provenance/provenance.ts';
import { agentsHere } from './agents-here.ts';
import { recordOfCommits, recordOfUncommitted } from './capture-evidence.ts';

/** Evidence of who wrote what, and what of it could not be read. */
export interface GatheredEvidence {
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  /** Where the record of who wrote what has holes. */
  readonly findings: readonly Finding[];
}

/** Where the reference store of agent-trace keeps its records. */
export const tracesPath = '.agent-trace/traces.jsonl';

/** Everything that says who wrote a change: messages, notes, traces, the branch name, this process. */
export async function gatherEvidence(
  repository: Repository,
  change: Change,
  traces: string | null,
): Promise<GatheredEvidence> {
  const uncommitted = change.head === 'index' || change.head === 'worktree';
  const [noted, recorded] = await Promise.all([
    notesOf(repository, change.commits),
    uncommitted ? recordOfUncommitted(repository, change) : null,
  ]);
  const traced =
    traces === null
      ? { evidence: [], problems: [] }
      : readAgentTrace(traces, { commits: change.commits, head: change.base });
  const branch = repository.branch === null || uncommitted ? [] : readBranch(repository.branch);
  return {
    evidence: [
      ...change.commits.flatMap(readCommit),
      ...noted.evidence,
      ...traced.evidence,
      ...(recorded?.evidence ?? []),
      ...(uncommitted ? agentsHere() : branch),
    ],
    findings: [...noted.findings, ...(recorded?.findings ?? [])],
    gaps: [
      ...noted.gaps,
      ...(recorded?.gaps ?? []),
      ...traced.problems.map((why) => ({ what: tracesPath, why })),
    ],
  };
}

/** Evidence in the notes of commits, and in the record of who wrote what. */
export async function notesOf(
  repository: Repository,
  commits: readonly Commit[],
): Promise<GatheredEvidence> {
  const all = await readNotes(
    repository,
    commits.map(({ sha }) => sha),
    [...noteRefs, ...presenceRefs, landedRef],
  );
  const notes = all.filter(({ ref }) => ref !== landedRef);
  const read = notes.map((note) => ({ note, reading: readNote(note.text, note) }));
  const attributed = new Set(
    notes.filter(({ ref }) => !presenceRefs.includes(ref)).map(({ commit }) => commit),
  );
  const record = await recordOfCommits(repository, commits, {
    landed: all.filter(({ ref }) => ref === landedRef),
    attributed,
  });
  return {
    evidence: [...read.flatMap(({ reading }) => reading.evidence), ...record.evidence],
    findings: record.findings,
    gaps: [
      ...read.flatMap(({ note, reading }) =>
        reading.problems.map((why) => ({ what: `note on ${note.commit.slice(0, 9)}`, why })),
      ),
      ...record.gaps,
    ],
  };
}
