import { portraits } from '../risk/portraits.ts';
import {
  newWriter,
  openReader,
  readBytes,
  readCount,
  readList,
  readNumber,
  readText,
  writeBytes,
  writeCount,
  writeList,
  writeNumber,
  writeText,
  written,
} from './bytes.ts';
import type { Reader, Writer } from './bytes.ts';
import type { FactFold } from './facts.ts';
import { undoWindow } from './undone.ts';
import type { Remembered } from './undone.ts';

/** What must be remembered to go on later where the facts end; the commits are in the facts. */
export function packFold(fold: FactFold): Uint8Array {
  const writer = newWriter();
  const portrait = portraits.pack(fold.portrait);
  writeCount(writer, portrait.length);
  writeBytes(writer, portrait);
  writeList(writer, [...fold.origins], ([path, origins]) => {
    writeText(writer, path);
    writeRuns(writer, origins);
  });
  writeList(writer, fold.undo.changes, (change) => writeRemembered(writer, change));
  return written(writer);
}

/** The fold again, with the commits of the facts; null where the bytes are none. */
export function unpackFold(bytes: Uint8Array, commits: string[]): FactFold | null {
  const reader = openReader(bytes);
  const portrait = portraits.unpack(readBytes(reader, readCount(reader)).slice());
  if (portrait === null) return null;
  const origins = readList(reader, () => [readText(reader), readRuns(reader)] as const);
  const undo = undoWindow(readList(reader, () => readRemembered(reader)));
  return { portrait, origins: new Map(origins), undo, commits };
}

/** Lines that stand together mostly came together. */
function writeRuns(writer: Writer, origins: Int32Array): void {
  const runs: (readonly [origin: number, lines: number])[] = [];
  let start = 0;
  for (let at = 1; at <= origins.length; at++) {
    if (at < origins.length && origins[at] === origins[start]) continue;
    runs.push([origins[start] ?? -1, at - start]);
    start = at;
  }
  writeList(writer, origins.length === 0 ? [] : runs, ([origin, lines]) => {
    writeCount(writer, origin + 1);
    writeCount(writer, lines);
  });
}

function readRuns(reader: Reader): Int32Array {
  const runs = readList(reader, () => [readCount(reader) - 1, readCount(reader)] as const);
  const length = runs.reduce((sum, [, lines]) => sum + lines, 0);
  if (length > mostLines) throw new RangeError('the bytes name too long a file');
  const origins = new Int32Array(length);
  let place = 0;
  for (const [origin, lines] of runs) {
    origins.fill(origin, place, place + lines);
    place += lines;
  }
  return origins;
}

/** A file of more lines was never tracked. */
const mostLines = 2_000_000;

function writeRemembered(writer: Writer, { order, at, opposites, lines }: Remembered): void {
  writeCount(writer, order);
  writeNumber(writer, at);
  writeList(writer, [...opposites], (opposite) => writeNumber(writer, opposite));
  writeList(writer, [...lines], (count) => writeCount(writer, count));
}

function readRemembered(reader: Reader): Remembered {
  return {
    order: readCount(reader),
    at: readNumber(reader),
    opposites: Float64Array.from(readList(reader, () => readNumber(reader))),
    lines: Int32Array.from(readList(reader, () => readCount(reader))),
  };
}
