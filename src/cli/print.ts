import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { UserError } from '../change/problems.ts';

/** Writes a result for a machine: one JSON document and a line end. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** The text of a file the user named; a missing or unreadable one is the user's mistake. */
export async function readNamed(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** The same for a file that may be gzipped, told by its first two bytes. */
export async function readNamedMaybeGzipped(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
    const parts: Buffer[] = [];
    await pipeline(
      createReadStream(path),
      createGunzip(),
      async (source: AsyncIterable<Buffer>) => {
        for await (const part of source) parts.push(part);
      },
    );
    return Buffer.concat(parts).toString('utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

function cannotRead(path: string, error: unknown): Error {
  if (!(error instanceof Error) || !('code' in error)) return new Error(String(error));
  const why = error.code === 'ENOENT' ? 'it does not exist' : error.message;
  return new UserError(
    `cannot read ${path}: ${why}`,
    'Check the path; it is relative to the current folder.',
  );
}
