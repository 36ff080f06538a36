import { UserError } from '../change/problems.ts';
import type { Change, Gap } from '../change/change.ts';
import type { PolicySource } from '../judge.ts';
import { earlierTexts, readFilesAt, type Repository } from '../outside/git/git.ts';
import { defaultPolicyName, defaultPolicyText } from '../policy/default-policy.ts';
import { readPolicy, type Policy } from '../policy/policy.ts';
import type { Problem } from '../policy/problems.ts';
import { shortRevision } from './plain.ts';
import { policyPath, problemText, usablePolicy, type PolicyText } from './policy-file.ts';

/** The policy that judges a change, and what has to be said about the choice. */
export interface JudgingPolicy {
  readonly policy: Policy;
  readonly policySource: PolicySource;
  readonly gaps: readonly Gap[];
}

export interface PolicyAsked {
  readonly change: Change;
  /** A policy that was named on the command line. */
  readonly named: PolicyText | undefined;
  /** The commit the policy is read from, and what stands there; null where there is none. */
  readonly house: string | null;
  readonly text: string | null;
  /** The change is only proposed, so that a policy which cannot be read need not stop it. */
  readonly proposal: boolean;
}

/**
 * Chooses the policy: the one that was named, the target branch's, or the default. One that cannot be read stops
 * every change but the one that repairs it, or nobody could.
 */
export async function judgingPolicy(
  repository: Repository,
  asked: PolicyAsked,
): Promise<JudgingPolicy> {
  const { named, text, house, proposal } = asked;
  if (named !== undefined) return written(usablePolicy(named.text, named.path), named.path);
  if (text === null) return builtIn([]);
  const name = nameAt(house);
  const { policy, problems } = readPolicy(text, name);
  if (policy !== null) return written(policy, name);
  const repaired = await repairing(repository, asked, problems);
  if (repaired !== null) return repaired;
  const why = `it has errors (${firstOf(problems)}), so the default policy judges what is proposed`;
  if (proposal) return builtIn([{ what: name, why }]);
  throw brokenPolicy(problems);
}

/** The policy of the target branch has errors, told one by one with their places. */
function brokenPolicy(problems: readonly Problem[]): UserError {
  return new UserError(
    ['the policy cannot be used', ...problems.map(problemText)].join('\n'),
    `Repair ${policyPath} in a change of its own; that one is judged by the last policy that could be read.`,
  );
}

/**
 * A change that makes a broken policy readable again is judged by its last readable version. Where there never was
 * one, the default judges, but only a change of nothing but the policy. Null for any other change.
 */
async function repairing(
  repository: Repository,
  { change, house }: PolicyAsked,
  problems: readonly Problem[],
): Promise<JudgingPolicy | null> {
  const mended = (await readFilesAt(repository, change.head, [policyPath])).get(policyPath) ?? null;
  if (house === null || mended === null || readPolicy(mended, policyPath).policy === null)
    return null;
  const told = (by: string): Gap => ({
    what: nameAt(house),
    why: `it has errors (${firstOf(problems)}); this change repairs it and is judged by ${by}`,
  });
  for (const { commit, text } of await earlierTexts(repository, house, policyPath)) {
    const { policy } = readPolicy(text, nameAt(commit));
    if (policy !== null)
      return { ...written(policy, nameAt(commit)), gaps: [told(nameAt(commit))] };
  }
  const alone = change.files.every(({ path, oldPath }) => path === policyPath && oldPath === path);
  return alone ? builtIn([told(defaultPolicyName)]) : null;
}

function firstOf([first]: readonly Problem[]): string {
  return first === undefined ? 'unknown' : `${first.line}:${first.column} ${first.message}`;
}

function nameAt(commit: string | null): string {
  return `${policyPath} at ${shortRevision(commit)}`;
}

function written(policy: Policy, name: string): JudgingPolicy {
  return { policy, policySource: { name, builtIn: false }, gaps: [] };
}

/** Where nobody wrote a policy nobody asked to be only observed: the exit code says what the verdict is. */
function builtIn(gaps: readonly Gap[]): JudgingPolicy {
  const policy = usablePolicy(defaultPolicyText, defaultPolicyName);
  return {
    policy: { ...policy, mode: 'enforce' },
    policySource: { name: defaultPolicyName, builtIn: true },
    gaps,
  };
}
