import { diffLists } from '../change/diff.ts';
import { sessionOf, type Author } from './author.ts';
import { mostSeen, type FileState, type OwnedLine, type Proposal } from './file-state.ts';
import { isSubstantial, type Line } from './line.ts';

/**
 * The state of a file after its lines became others. Lines that stayed, and lines that only a formatter touched,
 * keep their author; lines that an agent had asked to write are its own; lines that once stood in the file get their
 * author back; the rest was written by `author`.
 */
export function advance(state: FileState, lines: readonly Line[], author: Author): FileState {
  const hunks = diffLists(
    state.lines.map(({ strong }) => strong),
    lines.map(({ strong }) => strong),
  );
  if (hunks.length === 0) return state;
  const removed = hunks.flatMap(({ oldStart, removed: gone }) =>
    state.lines.slice(oldStart - 1, oldStart - 1 + gone.length),
  );
  const seen = remember(state.seen, removed);
  const known: Known = { author, seen, proposals: state.proposals };
  const result: OwnedLine[] = [];
  let next = 0;
  for (const { oldStart, newStart, removed: gone, added } of hunks) {
    for (const line of state.lines.slice(next, oldStart - 1)) result.push(line);
    const before = state.lines.slice(oldStart - 1, oldStart - 1 + gone.length);
    const fresh = lines.slice(newStart - 1, newStart - 1 + added.length);
    for (const line of settle(before, fresh, known)) result.push(line);
    next = oldStart - 1 + gone.length;
  }
  for (const line of state.lines.slice(next)) result.push(line);
  return { ...state, lines: result, seen };
}

/** Who wrote each line of another text of the same file, such as what is staged. What the state does not know is unknown. */
export function placeLines(state: FileState, lines: readonly Line[]): readonly OwnedLine[] {
  return advance(state, lines, 'unknown').lines;
}

interface Known {
  readonly author: Author;
  readonly seen: ReadonlyMap<string, Author>;
  readonly proposals: readonly Proposal[];
}

/** Lines that go are remembered; where the same line had two authors, the agent is the one that counts. */
function remember(
  seen: ReadonlyMap<string, Author>,
  removed: readonly OwnedLine[],
): ReadonlyMap<string, Author> {
  const result = new Map(seen);
  for (const line of removed.filter(isSubstantial)) {
    const earlier = result.get(line.strong);
    result.delete(line.strong);
    const agents = earlier !== undefined && sessionOf(earlier) !== null;
    result.set(line.strong, agents ? earlier : line.author);
  }
  for (const oldest of result.keys()) {
    if (result.size <= mostSeen) break;
    result.delete(oldest);
  }
  return result;
}

/** Authors of the lines of one block that replaced another. */
function settle(
  before: readonly OwnedLine[],
  added: readonly Line[],
  known: Known,
): readonly OwnedLine[] {
  const found = new Map([
    ...remembered(added, known),
    ...proposed(added, known),
    ...reformatted(before, added),
  ]);
  return added.map((line, at) => ({
    ...line,
    author:
      found.get(at) ?? (isSubstantial(line) ? null : beside(added, found, at)) ?? known.author,
  }));
}

type Settled = readonly (readonly [number, Author])[];

/** Lines that only changed their dress, in order. */
function reformatted(before: readonly OwnedLine[], added: readonly Line[]): Settled {
  const old = before.filter(isSubstantial);
  const now = added.flatMap((line, at) => (isSubstantial(line) ? [{ line, at }] : []));
  const hunks = diffLists(
    old.map(({ weak }) => weak),
    now.map(({ line }) => line.weak),
  );
  const pairs: [number, Author][] = [];
  let [from, to] = [0, 0];
  function pairUpTo(end: number): void {
    for (; from < end; from += 1, to += 1) {
      const [one, other] = [old[from], now[to]];
      if (one !== undefined && other !== undefined) pairs.push([other.at, one.author]);
    }
  }
  for (const hunk of hunks) {
    pairUpTo(hunk.oldStart - 1);
    from += hunk.removed.length;
    to += hunk.added.length;
  }
  pairUpTo(old.length);
  return pairs;
}

function proposed(added: readonly Line[], { proposals }: Known): Settled {
  if (proposals.length === 0) return [];
  const owners = new Map<string, Author>();
  for (const { lines, author } of proposals) {
    for (const { strong, weak } of lines) {
      if (weak === '') continue;
      owners.set(strong, author).set(weak, author);
    }
  }
  return added.flatMap((line, at) => {
    const owner = isSubstantial(line) ? (owners.get(line.strong) ?? owners.get(line.weak)) : null;
    return owner === null || owner === undefined ? [] : [[at, owner] as const];
  });
}

/** Against the claim of an agent, so many lines in a row have to come back before they are somebody else's again. */
const mostLikelyReturned = 2;

/** Runs of lines that stood here before; short lines between them go along. */
function remembered(added: readonly Line[], { seen, author }: Known): Settled {
  const careful = sessionOf(author) !== null || author === 'gap';
  const result: [number, Author][] = [];
  let run: [number, Author][] = [];
  function endRun(): void {
    const long = run.length >= mostLikelyReturned || !careful;
    for (const [at, owner] of run) if (long || sessionOf(owner) !== null) result.push([at, owner]);
    run = [];
  }
  for (const [at, line] of added.entries()) {
    if (!isSubstantial(line)) continue;
    const owner = seen.get(line.strong);
    if (owner === undefined) endRun();
    else run.push([at, owner]);
  }
  endRun();
  return result;
}

/** A short line goes with the line above it in the block, else with the one below. */
function beside(
  added: readonly Line[],
  found: ReadonlyMap<number, Author>,
  at: number,
): Author | null {
  for (const step of [-1, 1]) {
    for (let other = at + step; other >= 0 && other < added.length; other += step) {
      const line = added[other];
      if (line !== undefined && !isSubstantial(line)) continue;
      const owner = found.get(other);
      if (owner !== undefined) return owner;
      break;
    }
  }
  return null;
}
