import type { Change, Person } from '../change/change.ts';
import type { Approval } from '../gate/gate.ts';
import { languagesIn } from '../guards/guards.ts';
import { judge, type Facts, type Judgement } from '../judge.ts';
import {
  fileReader,
  ownIdentity,
  readChange,
  readFilesAt,
  recallPast,
  type ChangeRequest,
  type Repository,
} from '../outside/git/git.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import { defaultPolicyName, defaultPolicyText } from '../policy/default-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { portraits } from '../risk/portraits.ts';
import { gatherEvidence, tracesPath } from './evidence.ts';
import { readHouseFiles } from './house-files.ts';
import { shortRevision } from './plain.ts';
import { policyPath, usablePolicy } from './policy-file.ts';
import type { Progress } from './progress.ts';

export interface FactsOptions {
  /** A policy that was named on the command line; otherwise the target branch's. */
  readonly policy?: { readonly path: string; readonly text: string };
  /** Where facts about the history are kept; otherwise in the git directory. */
  readonly cache?: string;
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
  const [house, traces, past, parsers] = await Promise.all([
    readHouseFiles(repository, change),
    readFilesAt(repository, commitOf(change), [tracesPath]),
    recallPast(repository, {
      change,
      until: change.base,
      portraits,
      cache: options.cache ?? null,
      onProgress: (done, total) => options.progress?.step('reading the history', done, total),
    }),
    loadParsers(languagesIn(change)),
  ]);
  const { evidence, gaps } = await gatherEvidence(
    repository,
    change,
    traces.get(tracesPath) ?? null,
  );
  options.progress?.end();
  const writer = writerOf(repository, change);
  return {
    change,
    evidence,
    parsers,
    readAfter: fileReader(repository, change.head),
    baseline: house.baseline,
    past,
    catalogue: house.catalogue,
    identities: house.identities,
    roster: house.roster,
    codeowners: house.codeowners,
    ...policyFor(change, house.policyText, options),
    approvals: options.approvals ?? [],
    now: Math.floor(Date.now() / 1000),
    ...(options.branch === undefined ? {} : { branch: options.branch }),
    ...(writer === null ? {} : { writer }),
    gaps: [...house.gaps, ...gaps],
  };
}

function policyFor(
  change: Change,
  text: string | null,
  { policy: named }: FactsOptions,
): Pick<Facts, 'policy' | 'policySource'> {
  if (named !== undefined) {
    return {
      policy: usablePolicy(named.text, named.path),
      policySource: { name: named.path, builtIn: false },
    };
  }
  if (text !== null) {
    const name = `${policyPath} at ${shortRevision(change.base)}`;
    return { policy: usablePolicy(text, name), policySource: { name, builtIn: false } };
  }
  return { policy: builtIn(), policySource: { name: defaultPolicyName, builtIn: true } };
}

/** Where nobody wrote a policy nobody asked to be only observed: the exit code says what the verdict is. */
function builtIn(): Policy {
  return { ...usablePolicy(defaultPolicyText, defaultPolicyName), mode: 'enforce' };
}

function commitOf({ head, base }: Change): string | null {
  return head === 'index' || head === 'worktree' ? base : head;
}

function writerOf(repository: Repository, { head }: Change): Person | null {
  if (head !== 'index' && head !== 'worktree') return null;
  const { name, email } = ownIdentity(repository);
  return email === null ? null : { name: name ?? '', email };
}
