import { saysRepair } from '../../change/past.ts';
import { mapAddresses } from './past-mailmap.ts';
import { asUtf8, streamTokens } from './past-tokens.ts';
import type { Place } from './run.ts';

/** A commit of the first-parent line with those who had a hand in it, before its files are known. */
export interface Landing {
  readonly sha: string;
  readonly parent: string | null;
  readonly at: number;
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
  readonly fix: boolean;
  /** Commits that a merge brought in, in no order. */
  readonly merged: readonly string[];
}

/** One commit as the walk over landings needs it. */
export interface Entry {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly at: number;
  readonly author: string;
  readonly committer: string;
  readonly coauthors: readonly string[];
  readonly reviewers: readonly string[];
  readonly fix: boolean;
}

/** A range of the first-parent line: the newest commit, and the parent of the oldest one, when it has one. */
export interface Line {
  readonly place: Place;
  readonly shas: readonly string[];
  readonly before: string | null;
}

const fieldsOfAnEntry = 6;

/** Reads who landed what along a first-parent line (newest first), oldest first. No diff is made for this. */
export async function readLandings(line: Line): Promise<readonly Landing[]> {
  const [newest] = line.shas;
  if (newest === undefined) return [];
  const entries = new Map<string, Entry>();
  let fields: string[] = [];
  const args = [
    'log',
    '-z',
    '--no-color',
    '--encoding=UTF-8',
    '--format=%H%x00%P%x00%ct%x00%aE%x00%cE%x00%B',
    newest,
    ...(line.before === null ? [] : [`^${line.before}`]),
  ];
  function take(token: string): void {
    fields.push(token);
    if (fields.length < fieldsOfAnEntry) return;
    entries.set(fields[0] ?? '', entryOf(fields));
    fields = [];
  }
  // Where a commit is missing git ends early; what it told until then counts.
  await streamTokens(line.place, args, { take });
  return landingsOf(line, entries);
}

/** Makes landings of what was read about all commits of a line. */
export async function landingsOf(
  line: Line,
  entries: ReadonlyMap<string, Entry>,
): Promise<readonly Landing[]> {
  // Trailers are plain text to git, so that their addresses are not mapped yet.
  const named = [...entries.values()].flatMap((entry) => [...entry.coauthors, ...entry.reviewers]);
  const mapped = await mapAddresses(line.place, [...new Set(named)]);
  return walk(line.shas, entries, mapped);
}

function entryOf([
  sha = '',
  parents = '',
  at = '',
  author = '',
  committer = '',
  body = '',
]: readonly string[]): Entry {
  const message = asUtf8(body);
  return {
    sha,
    parents: parents === '' ? [] : parents.split(' '),
    at: Number(at),
    author: plainAddress(asUtf8(author)),
    committer: plainAddress(asUtf8(committer)),
    ...handsIn(message),
  };
}

/** Who a message names as co-author or reviewer, and whether it says that something is repaired. */
export function handsIn(message: string): Pick<Entry, 'coauthors' | 'reviewers' | 'fix'> {
  return {
    coauthors: trailers(message, coauthorTrailer),
    reviewers: trailers(message, reviewTrailer),
    fix: saysRepair(message),
  };
}

const coauthorTrailer = /^co-authored-by:[^<\n]*<([^<>\s]{1,200})>\s*$/gim;
const reviewTrailer = /^(?:reviewed|acked|approved)-by:[^<\n]*<([^<>\s]{1,200})>\s*$/gim;
const mostTrailers = 50;

/** The contacts as `<address>`, raw, to be mapped later. */
function trailers(message: string, pattern: RegExp): readonly string[] {
  if (!message.includes('-by:') && !message.includes('-By:')) return [];
  const found = [...message.matchAll(pattern)].slice(0, mostTrailers);
  return [...new Set(found.map((match) => plainAddress(match[1] ?? '')))];
}

/** An address as it is compared. */
export function plainAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** Walks from the oldest landing to the newest; each one brings in what no earlier one reached. */
function walk(
  shas: readonly string[],
  entries: ReadonlyMap<string, Entry>,
  mapped: ReadonlyMap<string, string>,
): readonly Landing[] {
  const reached = new Set<string>();
  return shas.toReversed().flatMap((sha) => {
    const entry = entries.get(sha);
    reached.add(sha);
    if (entry === undefined) return [];
    const [parent = null, ...others] = entry.parents;
    const merged = collect(others, entries, reached);
    const work = merged.length > 0 ? merged.filter((one) => one.parents.length < 2) : [entry];
    const authors = authorsOf(work.length > 0 ? work : [entry], mapped);
    const hands = [
      entry.author,
      entry.committer,
      ...[entry, ...merged].flatMap((one) => one.reviewers),
    ];
    const reviewers = hands.map((address) => mapped.get(address) ?? address);
    return [
      {
        sha,
        parent,
        at: entry.at,
        authors,
        reviewers: [...new Set(reviewers)].filter((one) => isPerson(one) && !authors.includes(one)),
        fix: entry.fix,
        merged: merged.map((one) => one.sha),
      },
    ];
  });
}

function collect(
  tips: readonly string[],
  entries: ReadonlyMap<string, Entry>,
  reached: Set<string>,
): readonly Entry[] {
  const found: Entry[] = [];
  const stack = [...tips];
  for (let sha = stack.pop(); sha !== undefined; sha = stack.pop()) {
    const entry = entries.get(sha);
    if (reached.has(sha) || entry === undefined) continue;
    reached.add(sha);
    found.push(entry);
    stack.push(...entry.parents);
  }
  return found;
}

/** Who made most of the commits first; co-authors after the authors. */
function authorsOf(work: readonly Entry[], mapped: ReadonlyMap<string, string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const { author } of work) counts.set(author, (counts.get(author) ?? 0) + 1);
  const authors = [...counts].sort((a, b) => b[1] - a[1]).map(([author]) => author);
  const coauthors = work.flatMap((entry) => entry.coauthors.map((one) => mapped.get(one) ?? one));
  return [...new Set([...authors, ...coauthors.filter(isPerson)])];
}

/** Addresses that nobody reads, of forges and of coding tools, are nobody's. */
function isPerson(address: string): boolean {
  return address.includes('@') && !/^(?:no-?reply|cursoragent)@|\[bot\]@/.test(address);
}
