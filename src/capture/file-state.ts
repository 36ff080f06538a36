import { readAuthor, type Author } from './author.ts';
import { hashLength, mostLines, type Line } from './line.ts';
import { asList, asRecord, parseJson } from '../provenance/json.ts';
import { textOf } from './reading.ts';

/** What the record knows of one file: who wrote which line, by hashes of the lines. */
export interface FileState {
  /** From the top of the work tree, with `/`. */
  readonly path: string;
  readonly lines: readonly OwnedLine[];
  /** Lines that once stood in the file, oldest first: a stash or checkout brings them back. */
  readonly seen: ReadonlyMap<string, Author>;
  readonly proposals: readonly Proposal[];
  /** Size and time of the file as it was last looked at; null when it was not there. */
  readonly stamp: string | null;
}

export interface OwnedLine extends Line {
  readonly author: Author;
}

/** Lines an agent asked to write and may have written since. */
export interface Proposal {
  readonly author: Author;
  readonly callId: string;
  /** It was refused; some agents write all the same. */
  readonly denied: boolean;
  readonly lines: readonly Line[];
}

/** More lines of the past than these are forgotten, oldest first. */
export const mostSeen = 20_000;
/** More open proposals for one file than these are forgotten, oldest first. */
export const mostProposals = 40;
/** Longer proposals are cut; what was cut counts as written outside them. */
export const mostProposedLines = 10_000;

/** A file at first sight: everything in it was there before. */
export function firstSight(path: string, lines: readonly Line[]): FileState {
  return {
    path,
    lines: lines.map((line) => ({ ...line, author: 'base' })),
    seen: new Map(),
    proposals: [],
    stamp: null,
  };
}

/** A state as text, without a word of the file. */
export function writeFileState({ path, lines, seen, proposals, stamp }: FileState): string {
  const authors = new Map<Author, number>();
  const json = {
    v: 1,
    path,
    stamp,
    ...packed(lines),
    by: runs(
      lines.map(({ author }) => author),
      authors,
    ),
    seen: [...seen.keys()].join(''),
    seenBy: runs([...seen.values()], authors),
    proposals: proposals.map(({ author, callId, denied, lines: proposed }) => ({
      author,
      callId,
      denied,
      ...packed(proposed),
    })),
    authors: [...authors.keys()],
  };
  return `${JSON.stringify(json)}\n`;
}

/** A state read back; null for what is none. */
export function readFileState(text: string): FileState | null {
  const json = asRecord(parseJson(text));
  const path = textOf(json?.['path']);
  if (json === null || json['v'] !== 1 || path === null) return null;
  const lines = unpacked(json);
  const authors = asList(json['authors']).map(readAuthor);
  const by = spread(json['by'], authors, lines?.length ?? 0);
  const seen = pieces(json['seen']);
  const seenBy = spread(json['seenBy'], authors, seen?.length ?? 0);
  if (lines === null || by === null || seen === null || seenBy === null) return null;
  const proposals = asList(json['proposals']).map(proposalIn);
  if (proposals.includes(null)) return null;
  return {
    path,
    lines: lines.map((line, at) => ({ ...line, author: by[at] ?? 'unknown' })),
    seen: new Map(seen.map((strong, at) => [strong, seenBy[at] ?? 'unknown'])),
    proposals: proposals.filter((one) => one !== null),
    stamp: textOf(json['stamp']),
  };
}

function proposalIn(value: unknown): Proposal | null {
  const json = asRecord(value);
  const lines = json === null ? null : unpacked(json);
  if (json === null || lines === null) return null;
  return {
    author: readAuthor(json['author']),
    callId: textOf(json['callId']) ?? '',
    denied: json['denied'] === true,
    lines,
  };
}

const trivial = '-'.repeat(hashLength);

function packed(lines: readonly Line[]): { readonly strong: string; readonly weak: string } {
  return {
    strong: lines.map(({ strong }) => strong).join(''),
    weak: lines.map(({ weak }) => (weak === '' ? trivial : weak)).join(''),
  };
}

function unpacked(json: Readonly<Record<string, unknown>>): readonly Line[] | null {
  const strong = pieces(json['strong']);
  const weak = pieces(json['weak']);
  if (strong === null || weak === null || strong.length !== weak.length) return null;
  return strong.map((hash, at) => {
    const loose = weak[at] ?? trivial;
    return { strong: hash, weak: loose === trivial ? '' : loose };
  });
}

/** A text of hashes without anything between them; null when it is none. */
export function pieces(text: unknown): readonly string[] | null {
  if (typeof text !== 'string' || text.length % hashLength !== 0) return null;
  if (text.length > mostLines * hashLength || !/^[\w-]*$/.test(text)) return null;
  return Array.from({ length: text.length / hashLength }, (_, at) =>
    text.slice(at * hashLength, (at + 1) * hashLength),
  );
}

/** Run lengths: index of an author, how often, index, how often. */
function runs(list: readonly Author[], authors: Map<Author, number>): readonly number[] {
  const result: number[] = [];
  for (const author of list) {
    const index = authors.get(author) ?? authors.size;
    authors.set(author, index);
    if (result.at(-2) === index) result[result.length - 1] = (result.at(-1) ?? 0) + 1;
    else result.push(index, 1);
  }
  return result;
}

function spread(
  value: unknown,
  authors: readonly Author[],
  length: number,
): readonly Author[] | null {
  const list = asList(value);
  const result: Author[] = [];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const [index, times] = [list[at], list[at + 1]];
    if (typeof index !== 'number' || typeof times !== 'number') return null;
    if (!Number.isSafeInteger(times) || times < 0 || result.length + times > length) return null;
    const author = authors[index] ?? 'unknown';
    for (let more = 0; more < times; more += 1) result.push(author);
  }
  return result.length === length ? result : null;
}
