/** Bytes that are written one behind the other. */
export interface Writer {
  bytes: Uint8Array;
  size: number;
  readonly texts: Map<string, number>;
  readonly table: string[];
}

/** Bytes that are read one behind the other; a read behind the end throws a RangeError. */
export interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  place: number;
  readonly table: readonly string[];
}

/** Bytes with nothing in them yet. */
export function newWriter(): Writer {
  return { bytes: new Uint8Array(65_536), size: 0, texts: new Map(), table: [] };
}

/** What was written, with the table of texts in front. */
export function written(writer: Writer): Uint8Array {
  const head = newWriter();
  writeCount(head, writer.table.length);
  for (const text of writer.table) {
    const bytes = encoder.encode(text);
    writeCount(head, bytes.length);
    writeBytes(head, bytes);
  }
  writeBytes(head, writer.bytes.subarray(0, writer.size));
  return head.bytes.subarray(0, head.size);
}

/** Opens what `written` gave. `shared` lets equal texts of several readings be one in memory. */
export function openReader(bytes: Uint8Array, shared: Map<string, string> = new Map()): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table: string[] = [];
  const reader: Reader = { bytes, view, place: 0, table };
  for (let left = readCount(reader); left > 0; left--) {
    const length = readCount(reader);
    const text = decoder.decode(readBytes(reader, length));
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    table.push(known ?? text);
  }
  return reader;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function grow(writer: Writer, more: number): void {
  if (writer.size + more <= writer.bytes.length) return;
  const bytes = new Uint8Array(Math.max(writer.bytes.length * 2, writer.size + more));
  bytes.set(writer.bytes.subarray(0, writer.size));
  writer.bytes = bytes;
}

/** A whole number from 0 to 2^53, small ones in one byte. */
export function writeCount(writer: Writer, count: number): void {
  grow(writer, 8);
  let left = Math.max(0, count);
  while (left >= 0x80) {
    writer.bytes[writer.size++] = (left % 0x80) | 0x80;
    left = Math.floor(left / 0x80);
  }
  writer.bytes[writer.size++] = left;
}

/** The number that `writeCount` wrote. */
export function readCount(reader: Reader): number {
  let factor = 1;
  let count = 0;
  for (;;) {
    const byte = reader.bytes[reader.place++];
    if (byte === undefined || factor > 2 ** 56) throw new RangeError('the bytes end too early');
    count += (byte & 0x7f) * factor;
    if (byte < 0x80) return count;
    factor *= 0x80;
  }
}

/** Bytes as they are. */
export function writeBytes(writer: Writer, bytes: Uint8Array): void {
  grow(writer, bytes.length);
  writer.bytes.set(bytes, writer.size);
  writer.size += bytes.length;
}

/** So many bytes; a view of what is read. */
export function readBytes(reader: Reader, length: number): Uint8Array {
  const end = reader.place + length;
  if (end > reader.bytes.length) throw new RangeError('the bytes end too early');
  const bytes = reader.bytes.subarray(reader.place, end);
  reader.place = end;
  return bytes;
}

/** A text, by its place in the table. */
export function writeText(writer: Writer, text: string): void {
  let index = writer.texts.get(text);
  if (index === undefined) {
    index = writer.table.push(text) - 1;
    writer.texts.set(text, index);
  }
  writeCount(writer, index);
}

/** The text that `writeText` wrote. */
export function readText(reader: Reader): string {
  const text = reader.table[readCount(reader)];
  if (text === undefined) throw new RangeError('the bytes name a text that is not there');
  return text;
}

/** A number of four bytes: exact for whole numbers up to 2^24 and for what `Math.fround` gave. */
export function writeShort(writer: Writer, number: number): void {
  grow(writer, 4);
  new DataView(writer.bytes.buffer).setFloat32(writer.size, number);
  writer.size += 4;
}

/** The number that `writeShort` wrote. */
export function readShort(reader: Reader): number {
  const number = reader.view.getFloat32(reader.place);
  reader.place += 4;
  return number;
}

/** Any number, in eight bytes. */
export function writeNumber(writer: Writer, number: number): void {
  grow(writer, 8);
  new DataView(writer.bytes.buffer).setFloat64(writer.size, number);
  writer.size += 8;
}

/** The number that `writeNumber` wrote. */
export function readNumber(reader: Reader): number {
  const number = reader.view.getFloat64(reader.place);
  reader.place += 8;
  return number;
}

/** A list, its length first. */
export function writeList<T>(writer: Writer, list: readonly T[], write: (one: T) => void): void {
  writeCount(writer, list.length);
  for (const one of list) write(one);
}

/** The list that `writeList` wrote. */
export function readList<T>(reader: Reader, read: () => T): T[] {
  const length = readCount(reader);
  // Each entry has a byte at least: a length that cannot be is not believed.
  if (length > reader.bytes.length) throw new RangeError('the bytes name too long a list');
  const list: T[] = [];
  for (let left = length; left > 0; left--) list.push(read());
  return list;
}

/** Digits of a commit id as bytes, their number first. */
export function writeId(writer: Writer, id: string): void {
  writeCount(writer, id.length);
  const bytes = new Uint8Array(Math.ceil(id.length / 2));
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = Number.parseInt(id.slice(2 * at, 2 * at + 2).padEnd(2, '0'), 16);
  writeBytes(writer, bytes);
}

/** The digits that `writeId` wrote. */
export function readId(reader: Reader): string {
  const length = readCount(reader);
  const bytes = readBytes(reader, Math.ceil(length / 2));
  let id = '';
  for (const byte of bytes) id += hexes[byte] ?? '';
  return id.slice(0, length);
}

const hexes: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);
