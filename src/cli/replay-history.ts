import { UserError } from '../change/problems.ts';
import type { Gap } from '../change/change.ts';
import { openRepository, type Repository } from '../outside/git/git.ts';
import type { ChangeFact, Outcome } from '../replay/fact.ts';
import { firstSince } from '../replay/moment.ts';
import { outcomesOf, usualObserveDays } from '../replay/outcomes.ts';
import { groundOf, type Ground } from '../replay/policies-ground.ts';
import type { Span } from '../replay/policies.ts';
import { defaultModel } from '../risk/default-model.ts';
import { scoreOf } from '../risk/model.ts';
import { readHouseFiles, type HouseFiles } from './house-files.ts';
import { progressOn } from './progress.ts';
import { readFacts } from './replay-facts.ts';

/** How a history is asked for on the command line. */
export interface HistoryOptions {
  readonly repo: string;
  readonly since?: string;
  readonly cache?: string;
  /** Days a change is watched before it counts as clean. */
  readonly observe?: string;
  /** Ask the guards about every change too. */
  readonly guards?: boolean;
  /** How many processes ask the guards at the same time. */
  readonly jobs?: string;
}

/** A repository's history, read and prepared for any number of policies. */
export interface History {
  readonly repository: Repository;
  readonly head: string | null;
  readonly branch: string | null;
  readonly facts: readonly ChangeFact[];
  readonly outcomes: readonly Outcome[];
  readonly ground: Ground;
  readonly house: HouseFiles;
  /** Changes that count; the earlier ones are only what they are judged by. */
  readonly span: Span;
  readonly observeDays: number;
  readonly gaps: readonly Gap[];
  /** Of these, what of the history itself was not read. */
  readonly unread: readonly Gap[];
  readonly timings: {
    readonly factsMs: number;
    readonly outcomesMs: number;
    readonly fromCache: number;
    readonly read: number;
  };
}

const mostObserveDays = 3650;
/** More processes than these at a time help nobody. */
export const mostJobs = 256;
/** With more changes than these each step takes so long that a word is due. */
export const manyChanges = 3_000;
/** Catalogues are looked for in the folders of so many of the last changes. */
const mostCatalogued = 5_000;

/** Reads a history: facts from git or the cache, outcomes, and what the repository says about its people. */
export async function gatherHistory(options: HistoryOptions): Promise<History> {
  const observeDays = wholeNumber(options.observe, '--observe', [1, mostObserveDays]);
  const jobs = wholeNumber(options.jobs, '--jobs', [1, mostJobs]);
  const since = options.since === undefined ? null : secondsOf(options.since);
  const repository = await openRepository(options.repo);
  const progress = progressOn(process.stderr);
  const read = await readFacts(repository, {
    cache: options.cache ?? null,
    guards: options.guards === true,
    since,
    ...(jobs === undefined ? {} : { jobs }),
    onProgress: progress.step,
    onLong: progress.long,
  });
  const { facts, incidents, head, branch } = read;
  if (facts.length > manyChanges) progress.long('finding out how changes turned out');
  const start = performance.now();
  const outcomes = outcomesOf(facts, {
    observeDays: observeDays ?? usualObserveDays,
    incidents,
    now: Date.now() / 1000 + clockSlackSeconds,
  });
  const outcomesMs = performance.now() - start;
  const files = facts.slice(-mostCatalogued).flatMap((fact) => fact.files);
  const house = await readHouseFiles(repository, { files }, head);
  const { roster, identities, codeowners, catalogue } = house;
  const ground = groundOf(
    facts,
    { roster, identities, codeowners, catalogue, branch: shortBranch(branch) },
    (features) => scoreOf(features, defaultModel),
  );
  progress.end();
  const first = since === null ? 0 : firstSince(facts, since);
  const unread = [...read.gaps, ...(first < facts.length ? [] : nothingSince(options.since))];
  return {
    repository,
    head,
    branch: shortBranch(branch),
    facts,
    outcomes,
    ground,
    house,
    span: [first, facts.length],
    observeDays: observeDays ?? usualObserveDays,
    gaps: [...unread, ...house.gaps, ...standingGaps(ground)],
    unread,
    timings: {
      factsMs: read.timings.totalMs,
      outcomesMs,
      fromCache: read.fromCache,
      read: read.read,
    },
  };
}

/** Clocks that run ahead by less than a day are nothing unusual. */
const clockSlackSeconds = 86_400;

function nothingSince(since: string | undefined): readonly Gap[] {
  if (since === undefined) return [];
  return [
    { what: 'changes', why: `nothing landed since ${since}; an earlier --since counts more` },
  ];
}

/** A branch as a policy names it. */
function shortBranch(branch: string | null): string | null {
  return branch?.replace(/^refs\/(?:heads|remotes\/[^/]+)\//, '') ?? null;
}

/** What no replay from git alone can know. */
function standingGaps({ guardsAsked, house }: Ground): readonly Gap[] {
  const guards = {
    what: 'what guards would have said',
    why: 'they were not asked, so rules about findings stayed silent; replay --guards asks them',
  };
  const people = {
    what: 'levels, teams, owners and services of earlier days',
    why: 'people.yml, CODEOWNERS and the catalogue of services are taken as they are today',
  };
  const named = 'unknown' in house.roster || house.roster.members.length > 0;
  return [
    ...(guardsAsked ? [] : [guards]),
    ...(named || house.codeowners !== null || house.catalogue.services.length > 0 ? [people] : []),
    {
      what: 'reviews that took place',
      why: 'git keeps few of them; what a policy asks is counted as if nobody had looked before',
    },
  ];
}

/** A whole number from the command line; undefined where none was given. */
export function wholeNumber(
  text: string | undefined,
  option: string,
  [least, most]: readonly [number, number],
): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UserError(`${option} is "${text}"`, `Give a whole number from ${least} to ${most}.`);
}

/** Unix seconds of a day such as 2025-01-31. */
export function secondsOf(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // The 31st of February is read as a day of March.
  if (Number.isFinite(at) && new Date(at).toISOString().startsWith(text)) return at / 1000;
  throw new UserError(`--since is "${text}"`, 'Give a day, such as 2025-01-31.');
}
