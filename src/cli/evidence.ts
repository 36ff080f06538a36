import { existsSync } from 'node:fs';
import type { Change, Commit, Gap } from '../change/change.ts';
import { readNotes, type Repository } from '../outside/git/git.ts';
import { readAgentTrace } from '../provenance/agent-trace.ts';
import { readBranch } from '../provenance/branch-evidence.ts';
import { readCommit } from '../provenance/commit-evidence.ts';
import { environmentFiles, readEnvironment } from '../provenance/environment.ts';
import { noteRefs, presenceRefs, readNote } from '../provenance/notes.ts';
import type { Evidence } from '../provenance/provenance.ts';

/** Evidence of who wrote what, and what of it could not be read. */
export interface GatheredEvidence {
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
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
  const noted = await notesOf(repository, change.commits);
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
      ...(uncommitted ? environmentHere() : branch),
    ],
    gaps: [...noted.gaps, ...traced.problems.map((why) => ({ what: tracesPath, why }))],
  };
}

/** Evidence in the notes of commits. */
export async function notesOf(
  repository: Repository,
  commits: readonly Commit[],
): Promise<GatheredEvidence> {
  const refs = [...noteRefs, ...presenceRefs];
  const notes = await readNotes(
    repository,
    commits.map(({ sha }) => sha),
    refs,
  );
  const read = notes.map((note) => ({ note, reading: readNote(note.text, note) }));
  return {
    evidence: read.flatMap(({ reading }) => reading.evidence),
    gaps: read.flatMap(({ note, reading }) =>
      reading.problems.map((why) => ({ what: `note on ${note.commit.slice(0, 9)}`, why })),
    ),
  };
}

function environmentHere(): readonly Evidence[] {
  const present = Object.keys(environmentFiles).filter((file) => existsSync(file));
  return readEnvironment(process.env, present);
}
