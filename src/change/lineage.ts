import type { FileChange, Origin } from './change.ts';
import { entered, moveLines, pieceFinder, wholeFile } from './owners.ts';
import type { Owners } from './owners.ts';
import type { PatchedFile } from './patch.ts';

/** What one commit changed against one of its parents. */
export interface Step {
  /** Null for a commit without parents. */
  readonly parent: string | null;
  readonly files: readonly StepFile[];
}

export type StepFile = Pick<PatchedFile, 'letter' | 'oldPath' | 'path' | 'blocks'>;

/** A commit of the range with its steps, one for each parent, first parent first. */
export interface LineageCommit {
  readonly sha: string;
  readonly steps: readonly Step[];
}

/**
 * Who brought in each added line of the change's files, by path. `commits` are those of the range, parents before
 * children; what is older than the range belongs to nobody here.
 */
export function traceLines(
  files: readonly FileChange[],
  commits: readonly LineageCommit[],
): ReadonlyMap<string, readonly Origin[]> {
  const states = new Map<string, State>();
  for (const commit of commits) states.set(commit.sha, stateAfter(commit, states));
  const last = commits.at(-1);
  const head = last === undefined ? new Map<string, Owners>() : (states.get(last.sha) ?? new Map());
  return new Map(
    files.map((file) => [file.path, originsOf(file, head.get(file.path) ?? wholeFile, last?.sha)]),
  );
}

/** Origins of a file whose added lines all came with one commit, or (null) are not committed yet. */
export function originsInOne(file: FileChange, commit: string | null): readonly Origin[] {
  return file.hunks
    .filter((hunk) => hunk.added.length > 0)
    .map((hunk) => ({
      from: hunk.newStart,
      to: hunk.newStart + hunk.added.length - 1,
      commit,
      commitPath: file.path,
      commitFrom: hunk.newStart,
    }));
}

/** Owners of the lines of each path that the range touched; other paths are as they were before it. */
type State = ReadonlyMap<string, Owners>;

const untouched: State = new Map();

function stateAfter({ sha, steps }: LineageCommit, states: ReadonlyMap<string, State>): State {
  const sides = steps.map((step) => ({
    before: states.get(step.parent ?? '') ?? untouched,
    files: new Map(step.files.map((file) => [file.path, file])),
    gone: step.files.filter((file) => file.letter === 'R').map((file) => file.oldPath),
  }));
  const [only] = sides;
  if (only === undefined) return untouched;
  if (sides.length === 1) return afterOne(only, sha);
  const paths = new Set(sides.flatMap((side) => [...side.before.keys(), ...side.files.keys()]));
  const state = new Map<string, Owners>();
  for (const path of paths) {
    // A parent that has the very same file answers for all of it.
    const same = sides.find((side) => !side.files.has(path) && !side.gone.includes(path));
    if (same !== undefined) {
      const owners = same.before.get(path);
      if (owners !== undefined) state.set(path, owners);
      continue;
    }
    const readings = sides.map((side) => {
      const file = side.files.get(path);
      return file === undefined ? wholeFile : movedBy(file, side.before, sha);
    });
    state.set(path, mergeReadings(readings, sha));
  }
  return state;
}

interface Side {
  readonly before: State;
  readonly files: ReadonlyMap<string, StepFile>;
  readonly gone: readonly string[];
}

function afterOne({ before, files, gone }: Side, sha: string): State {
  if (files.size === 0) return before;
  const state = new Map(before);
  for (const path of gone) state.delete(path);
  for (const [path, file] of files) state.set(path, movedBy(file, before, sha));
  return state;
}

function movedBy(file: StepFile, before: State, sha: string): Owners {
  if (file.letter === 'A') return moveLines([], file, sha);
  const owners = before.get(file.oldPath) ?? wholeFile;
  // Older lines that move to another path enter that path here.
  const settled = file.letter === 'R' ? entered(owners, sha, file.path) : owners;
  return moveLines(settled, file, sha);
}

/** In a merge a line that any parent has is that parent's, the first parent's before others'; the rest is the merge's. */
function mergeReadings(readings: readonly Owners[], sha: string): Owners {
  const edges = new Set<number>();
  for (const owners of readings) {
    let at = 0;
    for (const piece of owners) edges.add((at += piece.count));
  }
  const merged: Owners[number][] = [];
  const finders = readings.map(pieceFinder);
  let from = 0;
  for (const edge of [...edges].sort((a, b) => a - b)) {
    const start = from;
    const pieces = finders.map((find) => find(start));
    const inherited = pieces.find((piece) => piece.commit !== sha || piece.old) ?? pieces[0];
    if (inherited !== undefined && edge > from) merged.push({ ...inherited, count: edge - from });
    from = edge;
  }
  return merged;
}

/** Lays the owners over the added lines. */
function originsOf(file: FileChange, owners: Owners, head: string | undefined): readonly Origin[] {
  const origins: Origin[] = [];
  const find = pieceFinder(owners);
  for (const hunk of file.hunks) {
    const found: Origin[] = [];
    const end = hunk.newStart - 1 + hunk.added.length;
    for (let at = hunk.newStart - 1; at < end;) {
      const piece = find(at);
      const count = Math.min(piece.count, end - at);
      found.push({
        from: at + 1,
        to: at + count,
        commit: piece.commit,
        commitPath: piece.path ?? file.path,
        commitFrom: piece.commit === null ? at + 1 : piece.line,
      });
      at += count;
    }
    for (const origin of settleStrays(found, head ?? null)) origins.push(origin);
  }
  return joined(origins);
}

/**
 * Two diffs may match equal lines differently, so that a line added by the whole change seems older than its range.
 * It then goes with its neighbours in the block, or failing those with the last commit.
 */
function settleStrays(found: readonly Origin[], head: string | null): readonly Origin[] {
  if (found.every(({ commit }) => commit !== null)) return found;
  let near = found.find(({ commit }) => commit !== null);
  return found.map((origin) => {
    if (origin.commit !== null) {
      near = origin;
      return origin;
    }
    if (near === undefined) return { ...origin, commit: head, commitFrom: origin.from };
    const commitFrom = Math.max(1, near.commitFrom + origin.from - near.from);
    return { ...origin, commit: near.commit, commitPath: near.commitPath, commitFrom };
  });
}

function joined(origins: readonly Origin[]): readonly Origin[] {
  const result: Origin[] = [];
  for (const origin of origins) {
    const last = result.at(-1);
    const goesOn =
      last !== undefined &&
      last.to + 1 === origin.from &&
      last.commit === origin.commit &&
      last.commitPath === origin.commitPath &&
      last.commitFrom + (origin.from - last.from) === origin.commitFrom;
    if (goesOn) result[result.length - 1] = { ...last, to: origin.to };
    else result.push(origin);
  }
  return result;
}
