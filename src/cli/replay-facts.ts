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
  openReplayStore,
  readHistory,
  resolveCommit,
  type ReplayStore,
  type Repository,
} from '../outside/git/git.ts';
import { readCommit } from '../provenance/commit-evidence.ts';
import type { ChangeFact } from '../replay/fact.ts';
import { emptyFold, factOf, needsCounting } from '../replay/facts.ts';
import type { Writers } from '../replay/facts.ts';
import { factsVersion } from '../replay/facts-bytes.ts';
import type { Incident } from '../replay/incidents.ts';
import type { LandedChange } from '../replay/landed-change.ts';
import { notesOf } from './evidence.ts';
import { readIncidentFiles } from './incident-files.ts';
import { fullPiece, keepFacts, loadFacts } from './kept-facts.ts';
import type { KeptFacts } from './kept-facts.ts';
import { askGuards } from './replay-guards.ts';
import type { GuardFindings } from './replay-guards.ts';

export interface FactsOptions {
  /** Null: in the git directory; false: nothing is kept. */
  readonly cache: string | null | false;
  /** Branch or commit to replay; without it the default branch, else HEAD. */
  readonly branch?: string | null;
  readonly guards?: boolean;
  /** How many work at the same time; without it as many as there are cores. */
  readonly jobs?: number;
  readonly onProgress?: (what: string, done: number, total: number) => void;
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
  const store = storeOf(repository, options);
  const kept = store === null ? null : loadFacts(store, whole);
  const facts = kept?.facts ?? [];
  const fromCache = facts.length;
  if (kept?.fold !== null && fromCache < whole.length)
    await readOn(repository, { until: tip.commit, facts, options, store, kept });
  const short = whole.length < line.length ? [cutShort] : [];
  const incidents = await readIncidentFiles(repository, tip.commit);
  return {
    head: tip.commit,
    branch: tip.name,
    facts,
    incidents: incidents.incidents,
    gaps: [...short, ...uncounted(facts), ...incidents.gaps],
    fromCache,
    read: facts.length - fromCache,
    timings: { totalMs: Math.round(performance.now() - start) },
  };
}

function storeOf(repository: Repository, { cache, guards }: FactsOptions): ReplayStore | null {
  if (cache === false) return null;
  const version = guards === true ? `${factsVersion}-guards` : factsVersion;
  return openReplayStore(repository, { directory: cache, version });
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
      const from = facts.length;
      const writers = await writersOf(repository, landed);
      const findings = await guarded(repository, { landed, from, options });
      for (const [index, change] of landed.entries()) {
        const fact = factOf(fold, change, writers[index] ?? unknownWriters);
        facts.push({ ...fact, findings: findings?.get(fact.commit) ?? null });
        // Git waits for nobody who does not listen.
        if (index % changesBetweenBreaths === 0) await setImmediate();
      }
      if (store === null || facts.length - (open?.from ?? unkept) < fullPiece) return;
      open = keepFacts(store, { facts, fold, open }, unkept);
      unkept = facts.length;
    },
    onProgress: (done, total) => options.onProgress?.('reading changes', done, total),
  });
  if (store !== null && unkept < facts.length) keepFacts(store, { facts, fold, open }, unkept);
}

interface Guarded {
  readonly landed: readonly LandedChange[];
  readonly from: number;
  readonly options: FactsOptions;
}

async function guarded(
  repository: Repository,
  { landed, from, options }: Guarded,
): Promise<GuardFindings | null> {
  if (options.guards !== true) return null;
  const jobs = options.jobs ?? availableParallelism();
  let done = from;
  return askGuards(
    repository,
    landed.map(({ commit }) => commit.sha),
    { jobs, onDone: () => options.onProgress?.('asking the guards', ++done, from + landed.length) },
  );
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
