/** Pieces of bytes laid one behind the other, each found by its place. */
export interface Pack {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Start and end of each piece. */
  readonly places: readonly (readonly [number, number])[];
}

/** Lays pieces out behind a table of their lengths. */
export function pack(pieces: readonly Uint8Array[]): Uint8Array {
  const head = 4 * (pieces.length + 1);
  const length = pieces.reduce((sum, piece) => sum + piece.length, head);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, pieces.length);
  let place = head;
  pieces.forEach((piece, index) => {
    view.setUint32(4 * (index + 1), piece.length);
    bytes.set(piece, place);
    place += piece.length;
  });
  return bytes;
}

/** Finds the pieces again; null when the lengths do not add up. */
export function unpack(bytes: Uint8Array, expected: number): Pack | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = 4 * (expected + 1);
  if (bytes.length < head || view.getUint32(0) !== expected) return null;
  const places: [number, number][] = [];
  let place = head;
  for (let index = 0; index < expected; index++) {
    const end = place + view.getUint32(4 * (index + 1));
    places.push([place, end]);
    place = end;
  }
  return place === bytes.length ? { bytes, view, places } : null;
}

/** Numbers as eight bytes each. */
export function packNumbers(numbers: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  numbers.forEach((number, index) => view.setFloat64(8 * index, number));
  return new Uint8Array(view.buffer);
}

/** The number at an index of a piece. */
export function numberAt(packed: Pack, piece: number, index: number): number {
  return packed.view.getFloat64((packed.places[piece]?.[0] ?? 0) + 8 * index);
}

/** How many numbers a piece holds. */
export function countOf(packed: Pack, piece: number): number {
  const [start, end] = packed.places[piece] ?? [0, 0];
  return (end - start) >> 3;
}

/** Text of a piece. */
export function textOf(packed: Pack, piece: number): string {
  const [start, end] = packed.places[piece] ?? [0, 0];
  return decode(packed.bytes.subarray(start, end));
}

/** A row of a table: a key and what it says, neither with a NUL in it. */
export type Row = readonly [key: string, value: string];

/** Rows in the order given, as two pieces: where each row starts, and the rows. */
export function packRows(rows: readonly Row[]): readonly [Uint8Array, Uint8Array] {
  const parts = rows.map(([key, value]) => encode(`${key}\0${value}`));
  const starts = new DataView(new ArrayBuffer(4 * (parts.length + 1)));
  let place = 0;
  parts.forEach((part, index) => {
    starts.setUint32(4 * index, place);
    place += part.length;
  });
  starts.setUint32(4 * parts.length, place);
  const bytes = new Uint8Array(place);
  parts.forEach((part, index) => bytes.set(part, starts.getUint32(4 * index)));
  return [new Uint8Array(starts.buffer), bytes];
}

/** How many rows a table has whose first piece is `piece`. */
export function rowCount(packed: Pack, piece: number): number {
  const [start, end] = packed.places[piece] ?? [0, 0];
  return Math.max(0, ((end - start) >> 2) - 1);
}

/** The row at an index of a table whose first piece is `piece`. */
export function rowAt(packed: Pack, piece: number, index: number): Row {
  const starts = (packed.places[piece]?.[0] ?? 0) + 4 * index;
  const rows = packed.places[piece + 1]?.[0] ?? 0;
  const from = rows + packed.view.getUint32(starts);
  const to = rows + packed.view.getUint32(starts + 4);
  const text = decode(packed.bytes.subarray(from, to));
  const middle = text.indexOf('\0');
  return [text.slice(0, middle), text.slice(middle + 1)];
}

/** What a table sorted by key says about one, found by halving: no more than a few rows are decoded. */
export function valueOf(packed: Pack, piece: number, key: string): string | null {
  let low = 0;
  let high = rowCount(packed, piece);
  while (low < high) {
    const middle = (low + high) >> 1;
    const [found, value] = rowAt(packed, piece, middle);
    if (found === key) return value;
    if (found < key) low = middle + 1;
    else high = middle;
  }
  return null;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Text as UTF-8. */
export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
