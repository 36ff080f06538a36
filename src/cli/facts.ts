import type { Change, Person } from '../change/change.ts';
import type { Approval } from '../gate/gate.ts';
import type { Answers } from '../guards/dependencies/registry.ts';
import { languagesIn } from '../guards/guards.ts';
import { judge, type Facts, type Judgement } from '../judge.ts';
import {
  nearbyReader,
  ownIdentity,
  readChange,
  readFilesAt,
  recallPast,
  searcher,
  type ChangeRequest,
  type Repository,
} from '../outside/git/git.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { portraits } from '../risk/portraits.ts';
import { gatherEvidence, tracesPath } from './evidence.ts';
import { readHouseFiles } from './house-files.ts';
import { judgingPolicy } from './judging-policy.ts';
import type { PolicyText } from './policy-file.ts';
import type { Progress } from './progress.ts';
import { reachOf } from './reach-of.ts';
import { registryAnswers } from './registry-answers.ts';

export interface FactsOptions {
  /** A policy that was named on the command line; otherwise the target branch's. */
  readonly policy?: PolicyText;
  /** Commit whose policy and people count, where it is not the one the change is to land on. */
  readonly house?: string | null;
  /** The change is only proposed; what it owes is asked when it lands. */
  readonly proposal?: boolean;
  /** Where facts about the history are kept; otherwise in the git directory. */
  readonly cache?: string;
  /** Registries that may be asked about new packages; without it, none is. */
  readonly registry?: string | null;
  readonly branch?: string;
  readonly approvals?: readonly Approval[];
  readonly progress?: Progress;
}

/** Collects the facts about one change and judges it. */
export async function judgeChange(
  repository: Repository,
  request: ChangeRequest,
  options: FactsOptions = {},
): Promise<Judgement> {
  return judge(await collectFacts(repository, request, options));
}

/** Asks git, the file system and the clock for everything `judge` needs. */
export async function collectFacts(
  repository: Repository,
  request: ChangeRequest,
  options: FactsOptions = {},
): Promise<Facts> {
  options.progress?.step('reading the change');
  const change = await readChange(repository, request);
  const home = options.house === undefined ? (change.target ?? change.base) : options.house;
  const [house, traces, past, parsers, readAfter] = await Promise.all([
    readHouseFiles(repository, change, home),
    readFilesAt(repository, commitOf(change), [tracesPath]),
    recallPast(repository, {
      change,
      until: change.base,
      portraits,
      cache: options.cache ?? null,
      onProgress: (done, total) => options.progress?.step('reading the history', done, total),
    }),
    loadParsers(languagesIn(change)),
    nearbyReader(repository, change.head, pathsOf(change)),
  ]);
  const registry = await answersOf(repository, { change, readAfter }, options);
  const trace = traces.get(tracesPath) ?? null;
  const { evidence, gaps, findings } = await gatherEvidence(repository, change, trace);
  const reach = await reachFor(repository, { change, catalogue: house.catalogue }, options);
  options.progress?.end();
  const { gaps: remarks, ...chosen } = await judgingPolicy(repository, {
    change,
    named: options.policy,
    house: home,
    text: house.policyText,
    proposal: options.proposal === true,
  });
  const writer = writerOf(repository, change);
  return {
    change,
    evidence,
    reported: findings,
    parsers,
    readAfter,
    search: searcher(repository, change.head),
    ...(registry === null ? {} : { registry }),
    baseline: house.baseline,
    ownGuards: house.ownGuards,
    adjustments: house.adjustments,
    past,
    catalogue: house.catalogue,
    ...reach,
    identities: house.identities,
    roster: house.roster,
    codeowners: house.codeowners,
    ...chosen,
    approvals: options.approvals ?? [],
    now: Math.floor(Date.now() / 1000),
    ...(options.branch === undefined ? {} : { branch: options.branch }),
    ...(writer === null ? {} : { writer }),
    gaps: [...remarks, ...house.gaps, ...gaps],
  };
}

// A hook answers whoever commits and cannot wait; what is owed is asked when it lands.
async function reachFor(
  repository: Repository,
  { change, catalogue }: Pick<Facts, 'change' | 'catalogue'>,
  { proposal, progress }: FactsOptions,
): Promise<Pick<Facts, 'reach'>> {
  if (proposal === true) return {};
  progress?.step('following who uses the changed code');
  return { reach: await reachOf(repository, change, catalogue) };
}

async function answersOf(
  repository: Repository,
  { change, readAfter }: Pick<Facts, 'change' | 'readAfter'>,
  { registry: wish = null, cache, progress }: FactsOptions,
): Promise<Answers | null> {
  if (wish === null) return null;
  progress?.step('asking registries');
  return registryAnswers(repository, { change, readAfter, wish, cache: cache ?? null });
}

function pathsOf({ files }: Change): readonly string[] {
  return files.map(({ path }) => path);
}

function commitOf({ head, base }: Change): string | null {
  return head === 'index' || head === 'worktree' ? base : head;
}

function writerOf(repository: Repository, { head }: Change): Person | null {
  if (head !== 'index' && head !== 'worktree') return null;
  const { name, email } = ownIdentity(repository);
  return email === null ? null : { name: name ?? '', email };
}
