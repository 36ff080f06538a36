import type { ChangedLines, LineMarks } from '../../change/line-marks.ts';

/** Marks of lines while they come. */
export interface GrowingMarks {
  readonly blocks: number[];
  readonly removed: GrowingSide;
  readonly added: GrowingSide;
}

/** The lines of one side; the arrays are longer than what is in them. */
export interface GrowingSide {
  hashes: Int32Array;
  kinds: Uint8Array;
  size: number;
}

/** Marks of a file of which no line has come yet. */
export function growingMarks(): GrowingMarks {
  return { blocks: [], removed: emptySide(), added: emptySide() };
}

function emptySide(): GrowingSide {
  return { hashes: new Int32Array(8), kinds: new Uint8Array(8), size: 0 };
}

/** Adds one line. */
export function addMark(side: GrowingSide, hash: number, kind: number): void {
  if (side.size === side.kinds.length) {
    const hashes = new Int32Array(side.size * 2);
    hashes.set(side.hashes);
    side.hashes = hashes;
    const kinds = new Uint8Array(side.size * 2);
    kinds.set(side.kinds);
    side.kinds = kinds;
  }
  side.hashes[side.size] = hash;
  side.kinds[side.size] = kind;
  side.size += 1;
}

/** What has come, in arrays of its size. */
export function grownMarks({ blocks, removed, added }: GrowingMarks): ChangedLines {
  return { blocks: Int32Array.from(blocks), removed: cut(removed), added: cut(added) };
}

function cut({ hashes, kinds, size }: GrowingSide): LineMarks {
  return { hashes: hashes.slice(0, size), kinds: kinds.slice(0, size) };
}
