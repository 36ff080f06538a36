import type { Block } from './patch-section.ts';

/** A run of lines that entered together. */
export interface Piece {
  readonly count: number;
  /** Null for lines older than the range. */
  readonly commit: string | null;
  /** Path and first line that the run had in `commit`; for older lines the path is null. */
  readonly path: string | null;
  readonly line: number;
  /** Lines older than the range that a move brought to their path. */
  readonly old: boolean;
}

/** The lines of a file from first to last, by owner. */
export type Owners = readonly Piece[];

/** A file the range has not touched: how many lines it has is not known, and need not be. */
export const wholeFile: Owners = [
  { count: Number.MAX_SAFE_INTEGER, commit: null, path: null, line: 1, old: true },
];

/** What a patch makes of the owners: lines it keeps keep theirs, lines it adds belong to the commit. */
export function moveLines(
  before: Owners,
  { blocks, path }: { readonly blocks: readonly Block[]; readonly path: string },
  commit: string,
): Owners {
  const after: Piece[] = [];
  const reader = { owners: before, index: 0, used: 0 };
  let oldLine = 1;
  for (const block of blocks) {
    take(reader, block.oldStart - oldLine, after);
    take(reader, block.removed, null);
    if (block.added > 0)
      after.push({ count: block.added, commit, path, line: block.newStart, old: false });
    oldLine = block.oldStart + block.removed;
  }
  take(reader, Number.MAX_SAFE_INTEGER, after);
  return after;
}

/** Older lines get the commit that moved them to this path as the place where they entered it. */
export function entered(owners: Owners, commit: string, path: string): Owners {
  let line = 1;
  return owners.map((piece) => {
    const at = line;
    line += piece.count;
    return piece.commit === null ? { ...piece, commit, path, line: at } : piece;
  });
}

/** Finds the rest of the run that a line (counted from 0) stands in. Asked in ascending order, it walks them once. */
export function pieceFinder(owners: Owners): (index: number) => Piece {
  let at = 0;
  let from = 0;
  return (index) => {
    if (index < from) at = from = 0;
    for (let piece = owners[at]; piece !== undefined; piece = owners[at]) {
      if (index < from + piece.count) return restOf(piece, index - from);
      from += piece.count;
      at++;
    }
    return { count: Number.MAX_SAFE_INTEGER, commit: null, path: null, line: index + 1, old: true };
  };
}

interface Reader {
  readonly owners: Owners;
  index: number;
  /** Lines already taken of the piece at `index`. */
  used: number;
}

function take(reader: Reader, count: number, into: Piece[] | null): void {
  let left = count;
  while (left > 0) {
    const piece = reader.owners[reader.index];
    if (piece === undefined) return;
    const rest = restOf(piece, reader.used);
    const taken = Math.min(left, rest.count);
    into?.push({ ...rest, count: taken });
    left -= taken;
    reader.used += taken;
    if (reader.used < piece.count) continue;
    reader.index++;
    reader.used = 0;
  }
}

function restOf(piece: Piece, used: number): Piece {
  return used === 0 ? piece : { ...piece, count: piece.count - used, line: piece.line + used };
}
