import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../change/change.ts';
import type { Past } from '../../change/past.ts';
import { noPast } from '../../change/past.ts';
import type { Portrait } from '../../risk/portrait.ts';
import type { Portraits } from '../../risk/portraits.ts';
import { openPastCache } from './past-cache.ts';
import type { PastCache } from './past-cache.ts';
import { mapAddresses } from './past-mailmap.ts';
import { cutShort, firstParentLine, readPast } from './past.ts';
import type { Repository } from './repository.ts';

export interface RecallOptions {
  readonly change: Change;
  /** Commit up to which the past counts: the change's base. Null for a change that starts from nothing. */
  readonly until: string | null;
  readonly portraits: Portraits;
  /** Where the cache is; null for the repository's own git directory, false for none. */
  readonly cache: string | null | false;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A portrait this many changes behind is brought up to date; an older one is drawn anew. */
const furthestBehind = 2000;

/** The past of one change: from the cache, from a cached portrait brought up to date, or read from git. */
export async function recallPast(repository: Repository, options: RecallOptions): Promise<Past> {
  if (options.until === null) return noPast([]);
  const names = await mailmapped(repository, options.change);
  if (names.size === 0) return recall(repository, options);
  // The past knows people by their mapped address, the change by the one they committed with.
  const past = await recall(repository, { ...options, change: renamed(options.change, names) });
  const aliases = [...names].flatMap(([raw, mapped]) => {
    const person = past.people.get(mapped);
    return person === undefined ? [] : [[raw, person] as const];
  });
  return { ...past, people: new Map([...past.people, ...aliases]) };
}

async function recall(repository: Repository, options: RecallOptions): Promise<Past> {
  const { change, portraits } = options;
  const until = options.until ?? '';
  const cache = cacheOf(repository, options);
  const warm = attempt(() => {
    const bytes = cache?.read(until) ?? null;
    return bytes === null ? null : portraits.pastInBytes(change, bytes);
  });
  if (warm !== null) return withDepth(repository, warm, portraits);
  const line = await firstParentLine(repository, until, portraits.changes);
  const [newest] = line;
  if (newest === undefined) return noPast([{ what: 'history', why: `${until} is not here` }]);
  const found = cache === null ? null : nearest(cache, { line, portraits });
  const portrait = await bringUpToDate(repository, found, options);
  attempt(() => cache?.write(newest, portraits.pack(portrait)) ?? null);
  return withDepth(repository, portraits.past(change, portrait), portraits);
}

/** Addresses of the change's authors that the mailmap calls otherwise; asks git only where there is a mailmap. */
async function mailmapped(
  repository: Repository,
  change: Change,
): Promise<ReadonlyMap<string, string>> {
  const folder = repository.workTree;
  const hasMailmap =
    folder === null ||
    existsSync(join(folder, '.mailmap')) ||
    ['mailmap.file', 'mailmap.blob'].some((name) => repository.settings.has(name));
  if (!hasMailmap) return new Map();
  const addresses = [...new Set(change.commits.map(({ author }) => author.email.toLowerCase()))];
  const mapped = await mapAddresses(repository, addresses);
  return new Map([...mapped].filter(([raw, address]) => raw !== address));
}

function renamed(change: Change, names: ReadonlyMap<string, string>): Change {
  const commits = change.commits.map((commit) => {
    const email = names.get(commit.author.email.toLowerCase()) ?? commit.author.email;
    return { ...commit, author: { ...commit.author, email } };
  });
  return { ...change, commits };
}

function cacheOf(repository: Repository, { cache, portraits }: RecallOptions): PastCache | null {
  if (cache === false) return null;
  return openPastCache(repository, { directory: cache, version: portraits.version });
}

interface Known {
  readonly portrait: Portrait;
  /** How many changes landed since. */
  readonly behind: number;
}

function nearest(
  cache: PastCache,
  { line, portraits }: { readonly line: readonly string[]; readonly portraits: Portraits },
): Known | null {
  const kept = new Set(cache.kept());
  const behind = line.findIndex((sha) => kept.has(sha));
  const sha = line[behind];
  if (sha === undefined || behind > furthestBehind) return null;
  const portrait = attempt(() => {
    const bytes = cache.read(sha);
    return bytes === null ? null : portraits.unpack(bytes);
  });
  return portrait === null ? null : { portrait, behind };
}

async function bringUpToDate(
  repository: Repository,
  known: Known | null,
  { until, portraits, onProgress }: RecallOptions,
): Promise<Portrait> {
  let portrait = known?.portrait ?? portraits.empty();
  if (until === null || known?.behind === 0) return portrait;
  await readPast(repository, {
    until,
    limit: known?.behind ?? portraits.changes,
    counted: known?.behind ?? portraits.counted,
    each: (landed) => {
      portrait = portraits.next(portrait, landed);
    },
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  return portrait;
}

/** In a shallow clone with less past than we look at, some of it was cut off. */
function withDepth(repository: Repository, past: Past, { changes }: Portraits): Past {
  if (repository.cutOff.size === 0 || past.changes >= changes) return past;
  return { ...past, gaps: [...past.gaps, cutShort] };
}

/** Bytes that passed their checksum and still make no sense were written by another version: they count as absent. */
function attempt<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError) {
      return null;
    }
    throw error;
  }
}
