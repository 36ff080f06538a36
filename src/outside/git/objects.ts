import type { Place } from './run.ts';
import { runGit, streamGit } from './run.ts';

/** What is known of an object before it is read; null when it is missing. */
export interface ObjectHead {
  readonly id: string;
  readonly type: string;
  readonly sizeBytes: number;
}

/** Looks up many names (`<id>`, `<id>:path`, `main^{commit}`) in one process; null for each that is not there. */
export async function lookUp(
  place: Place,
  names: readonly string[],
): Promise<readonly (ObjectHead | null)[]> {
  if (names.length === 0) return [];
  // One name is one line to git: a name with a line break in it cannot be asked for.
  const asked = names.filter(fitsOnALine);
  const { stdout } = await runGit(place, ['cat-file', '--batch-check', '--buffer'], {
    input: asked.map((name) => `${name}\n`).join(''),
  });
  // A missing name is repeated in the answer, whatever it contains; each answer still ends its line.
  const answers = stdout.toString('latin1').split('\n');
  let next = 0;
  return names.map((name) => (fitsOnALine(name) ? headIn(answers[next++] ?? '') : null));
}

export interface BlobLimits {
  /** Larger objects are not read. */
  readonly fileBytes: number;
  /** Together; objects beyond are not read. */
  readonly totalBytes: number;
}

/** Files beyond these are named as not read. */
export const blobLimits: BlobLimits = { fileBytes: 5_000_000, totalBytes: 256_000_000 };

/** The content of an object, or why there is none. */
export type Blob =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'unread'; readonly why: string };

/** Reads many objects with two processes, however many there are: one for their sizes, one for their content. */
export async function readBlobs(
  place: Place,
  names: readonly string[],
  limits: BlobLimits = blobLimits,
): Promise<ReadonlyMap<string, Blob>> {
  const unique = [...new Set(names)];
  const heads = await lookUp(place, unique);
  const blobs = new Map<string, Blob>();
  const wanted = new Map<string, string[]>();
  let total = 0;
  for (const [index, name] of unique.entries()) {
    const head = heads[index] ?? null;
    const why = whyUnread(head, total, limits);
    if (head === null || why !== null) {
      blobs.set(name, { kind: 'unread', why: why ?? missing });
      continue;
    }
    total += head.sizeBytes;
    wanted.set(head.id, [...(wanted.get(head.id) ?? []), name]);
  }
  const contents = await readContents(place, [...wanted.keys()]);
  for (const [id, aliases] of wanted) {
    const bytes = contents.get(id);
    for (const name of aliases)
      blobs.set(name, bytes ? { kind: 'read', bytes } : { kind: 'unread', why: missing });
  }
  return blobs;
}

const missing = 'its content is missing from this clone';

function whyUnread(head: ObjectHead | null, total: number, limits: BlobLimits): string | null {
  if (head === null) return missing;
  if (head.type !== 'blob') return 'it is no file';
  if (head.sizeBytes > limits.fileBytes)
    return `it is larger than ${Math.round(limits.fileBytes / 1e6)} MB`;
  if (total + head.sizeBytes > limits.totalBytes)
    return `the files of the change are larger than ${Math.round(limits.totalBytes / 1e6)} MB together`;
  return null;
}

async function readContents(
  place: Place,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (ids.length === 0) return contents;
  const chunks: Buffer[] = [];
  await streamGit(place, ['cat-file', '--batch', '--buffer'], {
    input: ids.map((id) => `${id}\n`).join(''),
    onChunk: (chunk) => chunks.push(chunk) > 0,
  });
  const bytes = Buffer.concat(chunks);
  for (let place = 0; place < bytes.length;) {
    const lineEnd = bytes.indexOf(0x0a, place);
    if (lineEnd < 0) break;
    const head = headIn(bytes.toString('latin1', place, lineEnd));
    place = lineEnd + 1;
    if (head === null) continue;
    // Cut short means that git died on the way: the rest counts as missing.
    if (place + head.sizeBytes > bytes.length) break;
    contents.set(head.id, bytes.subarray(place, place + head.sizeBytes));
    place += head.sizeBytes + 1;
  }
  return contents;
}

function headIn(line: string): ObjectHead | null {
  const parts = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line);
  if (parts === null) return null;
  const [, id = '', type = '', size = ''] = parts;
  return { id, type, sizeBytes: Number(size) };
}

function fitsOnALine(name: string): boolean {
  return !name.includes('\n') && !name.includes('\0');
}

/** True for a path that may follow `<commit>:` on a line. */
export function isPlainPath(path: string): boolean {
  return !leadsElsewhere(path) && fitsOnALine(path);
}

/** Trees made by hand can hold names such as `..` or `.git`, which lead out of the tree when joined to a folder. */
export function leadsElsewhere(path: string): boolean {
  return /(^|\/)(\.{0,2}|\.git)(\/|$)/i.test(path);
}
