import { askInBulk, Conversation } from './conversation.ts';
import { largestFileBytes, leadsElsewhere } from './disk.ts';
import type { Place } from './run.ts';

interface Conversations {
  readonly check: Conversation;
  readonly read: Conversation;
}

// Two processes for each place, kept beside it and not in it, so that a place stays plain data.
const conversations = new WeakMap<Place, Conversations>();

/** Starts the processes that answer about objects, before anybody asks. */
export function warmUp(place: Place): void {
  const { check, read } = conversationsOf(place);
  check.start();
  read.start();
}

/** Lets one place use the processes of another that sees the same objects. */
export function shareProcesses(from: Place, to: Place): void {
  conversations.set(to, conversationsOf(from));
}

function conversationsOf(place: Place): Conversations {
  const known = conversations.get(place);
  if (known !== undefined) return known;
  const fresh = {
    check: new Conversation(place, '--batch-check'),
    read: new Conversation(place, '--batch'),
  };
  conversations.set(place, fresh);
  return fresh;
}

/** What is known of an object before it is read; null when it is missing. */
export interface ObjectHead {
  readonly id: string;
  readonly type: string;
  readonly sizeBytes: number;
}

/** Looks up many names (`<id>`, `<id>:path`, `main^{commit}`) at once; null for each that is not there. */
export async function lookUp(
  place: Place,
  names: readonly string[],
): Promise<readonly (ObjectHead | null)[]> {
  // One name is one line to git: a name with a line break in it cannot be asked for.
  const asked = names.filter(fitsOnALine);
  const answers =
    asked.length > mostInTurn || asked.some(isInIndex)
      ? await askInBulk(place, '--batch-check', asked)
      : await conversationsOf(place).check.ask(asked);
  let next = 0;
  return names.map((name) => (fitsOnALine(name) ? headIn(answers[next++]?.line ?? '') : null));
}

/** More names than these get a process of their own, which hands its answers over in large pieces. */
const mostInTurn = 500;

/** A process that stays keeps the index as it first saw it, so what is staged is asked anew. */
function isInIndex(name: string): boolean {
  return name.startsWith(':');
}

/** The bytes of a commit object as it is stored, or null. */
export async function readCommitObject(place: Place, id: string): Promise<Buffer | null> {
  const [answer] = await conversationsOf(place).read.ask([id]);
  return headIn(answer?.line ?? '')?.type === 'commit' ? (answer?.content ?? null) : null;
}

/** The bytes of tree objects as they are stored, null for each that is not there. */
export async function readTreeObjects(
  place: Place,
  names: readonly string[],
): Promise<readonly (Buffer | null)[]> {
  const answers = await conversationsOf(place).read.ask(names);
  return answers.map((answer) =>
    headIn(answer?.line ?? '')?.type === 'tree' ? (answer?.content ?? null) : null,
  );
}

export interface BlobLimits {
  /** Larger objects are not read. */
  readonly fileBytes: number;
  /** Together; objects beyond are not read. */
  readonly totalBytes: number;
}

/** Files beyond these are named as not read. */
export const blobLimits: BlobLimits = { fileBytes: largestFileBytes, totalBytes: 256_000_000 };

/** The content of an object, or why there is none. */
export type Blob =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'unread'; readonly why: string };

/** Reads many objects: first their sizes, then the content of those within the limits. */
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
    const aliases = wanted.get(head.id);
    if (aliases === undefined) wanted.set(head.id, [name]);
    else aliases.push(name);
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
  const answers =
    ids.length > mostInTurn
      ? await askInBulk(place, '--batch', ids)
      : await conversationsOf(place).read.ask(ids);
  const contents = new Map<string, Buffer>();
  for (const [index, id] of ids.entries()) {
    const content = answers[index]?.content ?? null;
    if (content !== null) contents.set(id, content);
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
