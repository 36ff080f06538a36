import { randomUUID } from 'node:crypto';
import {
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const magic = 'hallmonitor past\n';
const headBytes = magic.length + 4;

/** Bytes that `writeChecked` wrote; null where there are none, or they were cut short or altered. */
export function readChecked(path: string): Uint8Array | null {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch {
    return null; // absent, or not ours to read
  }
  if (file.length < headBytes || file.toString('latin1', 0, magic.length) !== magic) return null;
  const bytes = file.subarray(headBytes);
  if (crc32(bytes) !== file.readUInt32BE(magic.length)) return null;
  touch(path);
  return bytes;
}

/** Marks the file as in use, so that it is not the one to go. */
function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // a read-only repository
  }
}

/** Writes bytes with a checksum, in a file of its own that is renamed into place: writers never meet. */
export function writeChecked(path: string, bytes: Uint8Array): void {
  const head = Buffer.alloc(headBytes);
  head.write(magic, 'latin1');
  head.writeUInt32BE(crc32(bytes), magic.length);
  const draft = `${path}.${process.pid}.${randomUUID()}.draft`;
  try {
    writeFileSync(draft, Buffer.concat([head, bytes]), { flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

const draftLifeMs = 3_600_000;

/** Keeps those files with an ending that were used last, and sweeps up what a killed writer left. */
export function prune(folder: string, ending: string, mostKept: number): void {
  const files = namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, name, changedMs: stats.mtimeMs }];
  });
  const kept = files.filter(({ name }) => name.endsWith(ending));
  const old = kept.sort((a, b) => b.changedMs - a.changedMs).slice(mostKept);
  const drafts = files.filter(
    ({ name, changedMs }) => name.endsWith('.draft') && Date.now() - changedMs > draftLifeMs,
  );
  for (const { path } of [...old, ...drafts]) rmSync(path, { force: true });
}

/** Names of the files in a folder; none where there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no folder yet
  }
}
