import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Gap } from '../change/change.ts';
import { classify } from '../change/classify.ts';
import { isReleaseNote, mostFilesCompared } from '../change/past.ts';
import {
  countCommits,
  cutShort,
  defaultBranch,
  firstParentLine,
  mostChanges,
  openFindingsStore,
  openReplayStore,
  readHistory,
  resolveCommit,
  type GuardFindings,
  type ReplayStore,
  type Repository,
  type StoreOptions,
} from '../outside/git/git.ts';
import { readCommit } from '../provenance/commit-evidence.ts';
import type { ChangeFact } from '../replay/fact.ts';
import { emptyFold, factOf, needsCounting } from '../replay/facts.ts';
import type { Writers } from '../replay/facts.ts';
import { factsVersion } from '../replay/facts-bytes.ts';
import type { Incident } from '../replay/incidents.ts';
import { firstSince } from '../replay/moment.ts';
import type { LandedChange } from '../replay/landed-change.ts';
import { notesOf } from './evidence.ts';
import { readIncidentFiles } from './incident-files.ts';
import { guardsVersion, originOf } from './facts-origin.ts';
import { fullPiece, keepFacts, loadFacts } from './kept-facts.ts';
import type { KeptFacts } from './kept-facts.ts';
import { askGuards } from './replay-guards.ts';

export interface FactsOptions {
  /** Null: in the git directory; false: nothing is kept. */
  readonly cache: string | null | false;
  /** Branch or commit to replay; without it the default branch, else HEAD. */
  readonly branch?: string | null;
  readonly guards?: boolean;
  /** Guards are asked only about what landed from this time on, Unix seconds; null for all. */
  readonly since?: number | null;
  /** How many work at the same time; without it as many as there are cores. */
  readonly jobs?: number;
  readonly onProgress?: (what: string, done: number, total?: number) => void;
  /** Hears of work that is long and says nothing itself. */
  readonly onLong?: (what: string) => void;
}

/** What a repository's history says, ready to be judged. */
export interface ReplayFacts {
  /** Newest commit; null in an empty repository. */
  readonly head: string | null;
  readonly branch: string | null;
  /** Oldest first. */
  readonly facts: readonly ChangeFact[];
  readonly incidents: readonly Incident[];
  readonly gaps: readonly Gap[];
  readonly fromCache: number;
  readonly read: number;
  readonly timings: { readonly totalMs: number };
}

/** Reads everything that landed on a branch, from the cache as far as it goes, and keeps what is new. */
export async function readFacts(
  repository: Repository,
  options: FactsOptions,
): Promise<ReplayFacts> {
  const start = performance.now();
  const tip = await tipOf(repository, options.branch ?? null);
  if (tip === null) return nothingLanded;
  const line = await firstParentLine(repository, tip.commit, mostChanges);
  const whole = line.filter((sha) => !repository.cutOff.has(sha)).toReversed();
  const place = await placeOf(repository, { whole, tip: tip.commit, options });
  const store = place && openReplayStore(repository, { ...place, version: factsVersion });
  if (whole.length > manyChanges) options.onLong?.('reading what is known');
  const kept = store === null ? null : loadFacts(store, whole);
  const read = kept?.facts ?? [];
  const fromCache = read.length;
  if (kept?.fold !== null && fromCache < whole.length)
    await readOn(repository, { until: tip.commit, facts: read, options, store, kept });
  const facts =
    options.guards === true ? await guarded(repository, { read, place, options }) : read;
  const short = whole.length < line.length ? [cutShort] : [];
  const incidents = await readIncidentFiles(repository, tip.commit);
  return {
    head: tip.commit,
    branch: tip.name,
    facts,
    incidents: incidents.incidents,
    gaps: [...short, ...uncounted(facts), ...unasked(facts, options), ...incidents.gaps],
    fromCache,
    read: facts.length - fromCache,
    timings: { totalMs: Math.round(performance.now() - start) },
  };
}

/** With more changes than these, the cache alone takes longer than a person waits without a word. */
const manyChanges = 20_000;

type Place = Pick<StoreOptions, 'directory' | 'origin'>;

interface Line {
  /** Oldest first. */
  readonly whole: readonly string[];
  readonly tip: string;
  readonly options: FactsOptions;
}

/** Where facts are kept; null where they are not. */
async function placeOf(
  repository: Repository,
  { whole, tip, options: { cache } }: Line,
): Promise<Place | null> {
  const [first] = whole;
  if (cache === false || first === undefined) return null;
  return { directory: cache, origin: await originOf(repository, { first, tip }) };
}

interface Reading {
  readonly until: string;
  /** Grows with what is read. */
  readonly facts: ChangeFact[];
  readonly options: FactsOptions;
  readonly store: ReplayStore | null;
  readonly kept: KeptFacts | null;
}

const changesBetweenBreaths = 20;

/** Reads what is not in the cache. Each block is kept as soon as it is there, so that a killed run loses little. */
async function readOn(
  repository: Repository,
  { until, facts, options, store, kept }: Reading,
): Promise<void> {
  const fold = kept?.fold ?? emptyFold();
  let open = kept?.open ?? null;
  let unkept = facts.length;
  await readHistory(repository, {
    until,
    after: facts.at(-1)?.commit ?? null,
    async each(landed) {
      const writers = await writersOf(repository, landed);
      for (const [index, change] of landed.entries()) {
        facts.push(factOf(fold, change, writers[index] ?? unknownWriters));
        // Git waits for nobody who does not listen.
        if (index % changesBetweenBreaths === 0) await setImmediate();
      }
      if (store === null || facts.length - (open?.from ?? unkept) < fullPiece) return;
      open = keepFacts(store, { facts, fold, open }, unkept);
      unkept = facts.length;
    },
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  });
  if (store !== null && unkept < facts.length) keepFacts(store, { facts, fold, open }, unkept);
}

interface Unguarded {
  readonly read: ChangeFact[];
  readonly place: Place | null;
  readonly options: FactsOptions;
}

/** The same facts with what guards say: as it is known from before, else asked now and kept as it comes. */
async function guarded(
  repository: Repository,
  { read, place, options }: Unguarded,
): Promise<ChangeFact[]> {
  const store = place && openFindingsStore(repository, { ...place, version: guardsVersion() });
  const known: GuardFindings = store?.read() ?? new Map();
  const wanted = read.slice(firstSince(read, options.since ?? 0));
  const unasked = wanted.filter(({ commit }) => !known.has(commit));
  let done = wanted.length - unasked.length;
  await askGuards(
    repository,
    unasked.map(({ commit }) => commit),
    {
      jobs: options.jobs ?? availableParallelism(),
      onDone: () => options.onProgress?.('asking the guards', ++done, wanted.length),
      onAnswers(answers) {
        store?.add(answers);
        for (const [commit, findings] of answers) known.set(commit, findings);
      },
    },
  );
  return read.map((fact) => ({ ...fact, findings: known.get(fact.commit) ?? null }));
}

/** Changes with files for people whose lines could not be counted. */
function uncounted(facts: readonly ChangeFact[]): readonly Gap[] {
  const count = facts.filter(
    ({ features, files }) =>
      features.length === 0 &&
      files.length <= mostFilesCompared &&
      files.some(({ generated, path }) => !generated && !isReleaseNote(path)),
  ).length;
  if (count === 0) return [];
  const what = count === 1 ? 'the risk of 1 change' : `the risk of ${count} changes`;
  return [{ what, why: 'contents are missing from this clone, so not all lines could be counted' }];
}

/** Changes that the guards were to be asked about and could not be. */
function unasked(facts: readonly ChangeFact[], { guards, since }: FactsOptions): readonly Gap[] {
  if (guards !== true) return [];
  const wanted = facts.slice(firstSince(facts, since ?? 0));
  const count = wanted.filter(({ findings }) => findings === null).length;
  if (count === 0) return [];
  return [
    {
      what: `what guards say of ${count === 1 ? '1 change' : `${count} changes`}`,
      why: 'contents are missing, or there are more files than guards are asked about',
    },
  ];
}

const nothingLanded: ReplayFacts = {
  head: null,
  branch: null,
  facts: [],
  incidents: [],
  gaps: [{ what: 'history', why: 'nothing has landed here yet' }],
  fromCache: 0,
  read: 0,
  timings: { totalMs: 0 },
};

const unknownWriters: Writers = { evidence: [], counted: null };

async function tipOf(
  repository: Repository,
  asked: string | null,
): Promise<{ readonly name: string | null; readonly commit: string } | null> {
  if (asked !== null) return { name: asked, commit: await resolveCommit(repository, asked) };
  const found = await defaultBranch(repository);
  if (found !== null) return found;
  try {
    return { name: repository.branch, commit: await resolveCommit(repository, 'HEAD') };
  } catch {
    return null; // a repository without commits
  }
}

/** Who wrote each change of a block: messages and notes, and for merges of many minds the lines of each commit. */
async function writersOf(
  repository: Repository,
  landed: readonly LandedChange[],
): Promise<readonly Writers[]> {
  const commits = landed.flatMap(({ commit, merged }) => [commit, ...merged]);
  const noted = await notesOf(repository, commits);
  const byCommit = Map.groupBy(noted.evidence, ({ commit }) => commit);
  const evidence = landed.map(({ commit, merged }) =>
    [commit, ...merged].flatMap((one) => [...readCommit(one), ...(byCommit.get(one.sha) ?? [])]),
  );
  const divided = landed.filter((change, index) => needsCounting(change, evidence[index] ?? []));
  const inner = divided.flatMap(({ merged }) => merged);
  const counts = new Map(
    (await countCommits(repository, inner)).commits.map(({ sha, files }) => [sha, files]),
  );
  const isDivided = new Set(divided);
  return landed.map((change, index) => ({
    evidence: evidence[index] ?? [],
    counted: isDivided.has(change) ? countedOf(change, counts) : null,
  }));
}

type Counts = ReadonlyMap<string, readonly { readonly path: string; readonly added: number }[]>;

function countedOf({ merged }: LandedChange, counts: Counts): Writers['counted'] {
  return merged
    .filter(({ sha }) => counts.has(sha))
    .map(({ sha, parents, author, authoredAt }) => ({
      sha,
      parents,
      author,
      at: authoredAt,
      files: (counts.get(sha) ?? []).filter(({ path }) => isForPeople(path)),
    }));
}

function isForPeople(path: string): boolean {
  return classify({ path, before: null, after: null, attributes: null }) === null;
}
