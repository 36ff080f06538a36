import type { ReplayStore, Segment } from '../outside/git/git.ts';
import type { ChangeFact } from '../replay/fact.ts';
import { emptyFold } from '../replay/facts.ts';
import type { FactFold } from '../replay/facts.ts';
import { packFacts, unpackFacts } from '../replay/facts-bytes.ts';
import type { Unpacking } from '../replay/facts-bytes.ts';
import { packFold, unpackFold } from '../replay/fold-bytes.ts';

/** So many changes are kept together; a killed run need not read them again. */
export const fullPiece = 2000;

/** Facts as they were found on the disk, and what is needed to go on behind them. */
export interface KeptFacts {
  readonly facts: ChangeFact[];
  /** Null where it was not asked for, because nothing is to be read behind them. */
  readonly fold: FactFold | null;
  /** The last piece, when it is not full: what comes next is written together with it. */
  readonly open: Segment | null;
}

/**
 * Loads what the store has of a first-parent line (oldest first): the longest row of pieces that ends where a state
 * was kept, or at the end of the line.
 */
export function loadFacts(store: ReplayStore, line: readonly string[]): KeptFacts {
  const pieces = piecesOf(store, line);
  const unpacking: Unpacking = { commits: [], texts: new Map() };
  const facts: ChangeFact[] = [];
  const ends: Segment[] = [];
  for (const piece of pieces) {
    const read = attempt(() => {
      const bytes = store.read(piece);
      return bytes === null ? null : unpackFacts(bytes, unpacking);
    });
    const shared = (read ?? []).findIndex(({ commit }, at) => line[piece.from + at] !== commit);
    const whole = read?.length === piece.to - piece.from && shared < 0;
    for (const fact of whole ? read : (read ?? []).slice(0, Math.max(0, shared))) facts.push(fact);
    unpacking.commits.length = facts.length;
    if (!whole) break;
    ends.push(piece);
  }
  return goOnFrom(store, { facts, ends, commits: unpacking.commits, line });
}

interface Loaded {
  readonly facts: ChangeFact[];
  readonly ends: readonly Segment[];
  readonly commits: string[];
  readonly line: readonly string[];
}

function goOnFrom(store: ReplayStore, { facts, ends, commits, line }: Loaded): KeptFacts {
  if (facts.length === line.length) return { facts, fold: null, open: null };
  for (const end of ends.toReversed()) {
    facts.length = end.to;
    commits.length = end.to;
    const fold = attempt(() => {
      const bytes = store.readState(end.last);
      return bytes === null ? null : unpackFold(bytes, commits);
    });
    if (fold !== null) return { facts, fold, open: end.to - end.from < fullPiece ? end : null };
  }
  return { facts: [], fold: emptyFold(), open: null };
}

/** Pieces that lie on the line one behind the other, the longest of those that begin at the same place. */
function piecesOf(store: ReplayStore, line: readonly string[]): readonly Segment[] {
  const all = store.segments().filter(({ from, to, last }) => from < to && line[to - 1] === last);
  const pieces: Segment[] = [];
  for (let from = 0; ;) {
    const here = all.filter((piece) => piece.from === from).sort((a, b) => b.to - a.to);
    const [longest] = here;
    if (longest === undefined) return pieces;
    pieces.push(longest);
    from = longest.to;
  }
}

/** Writes the facts from a place to their end, with the state there. Gives the piece if more may be added to it. */
export function keepFacts(
  store: ReplayStore,
  { facts, fold, open }: { facts: readonly ChangeFact[]; fold: FactFold; open: Segment | null },
  from: number,
): Segment | null {
  const start = open?.from ?? from;
  const last = facts.at(-1)?.commit;
  if (last === undefined || facts.length <= start) return open;
  const places = new Map(fold.commits.map((commit, place) => [commit, place]));
  const piece = { from: start, to: facts.length, last };
  store.write(piece, {
    facts: packFacts(facts.slice(start), (commit) => places.get(commit) ?? 0),
    state: packFold(fold),
    replaced: open,
  });
  return piece.to - piece.from < fullPiece ? piece : null;
}

/** Bytes that passed their checksum and still make no sense were written by another version: they count as absent. */
function attempt<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError)
      return null;
    throw error;
  }
}
