import { decideByPolicy } from './decision.ts';
import type { Facts } from './facts.ts';
import type { Policy } from '../policy/policy.ts';
import type { AttentionNote, Debt, Unblocking } from './outcome.ts';

export type { Facts } from './facts.ts';

export type Verdict = 'land' | 'review' | 'block';

type ObligationKind = 'approval' | 'check' | 'split' | 'rollout' | 'change-record' | 'finding';

type ObligationState = 'owed' | 'met' | 'waived' | 'unknown';

/** What a change still owes, and who can meet it. */
export interface Obligation {
  readonly kind: ObligationKind;
  readonly state: ObligationState;
  /** In words: `senior and expert`, `ci`, `canary`. Empty when anyone will do. */
  readonly from: string;
  readonly count: number;
  /** People who could meet it, best first. Empty with `why` when nobody is known. */
  readonly candidates: readonly string[];
  /** Name of the rule that asks. */
  readonly rule: string;
  readonly why: string;
  /** Ids of evidence and fingerprints of findings behind it. */
  readonly evidence: readonly string[];
  /** The same people with what speaks for each. */
  readonly people?: readonly Candidate[];
  /** Who has met (a part of) it already. */
  readonly given?: readonly string[];
  /** Other ways to satisfy the same rule, each a list of obligations to be met together. */
  readonly instead?: readonly (readonly Obligation[])[];
}

/** Somebody who could give an approval. */
export interface Candidate {
  readonly email: string;
  readonly name: string;
  /** What speaks for them: "L6, knows 80% of the changed lines, code owner". */
  readonly why: string;
}

type RuleState = 'not_applicable' | 'met' | 'owed' | 'waived' | 'unknown';

/** One rule of the policy applied to this change. */
export interface RuleOutcome {
  readonly rule: string;
  readonly state: RuleState;
  /** Why it matched or did not, in the policy's own words with the change's values. */
  readonly why: string;
  readonly obligations: readonly Obligation[];
}

export interface Decision {
  /** What it would be if the policy were enforced, whatever its mode. */
  readonly verdict: Verdict;
  /** True when the verdict stops a change; false while the policy only observes or warns. */
  readonly enforced: boolean;
  readonly mode: Policy['mode'];
  /** Rules that matched and were not waived. */
  readonly rules: readonly string[];
  /** What stands between the change and landing, joined over all rules by the strictest. */
  readonly owed: readonly Obligation[];
  readonly outcomes: readonly RuleOutcome[];
  /** What holds after landing and does not stop it: how to roll out, and the review an opened emergency door owes. */
  readonly afterLanding: readonly Obligation[];
  /** Approvals that do not count, reviews that are overdue, and the like. */
  readonly attention: readonly AttentionNote[];
  /** Set when the emergency door was opened. */
  readonly debt: Debt | null;
  /** The smallest thing that would let it land; null when nothing is owed. */
  readonly unblock: Unblocking | null;
}

/** A person's review of the change. */
export interface Approval {
  /** Address, or `@login`. */
  readonly by: string;
  /** Head commit they looked at. */
  readonly revision: string;
  /** Unix seconds. */
  readonly at: number;
}

/** Decides whether a change may land, from facts alone: what it owes, to which rule, and who can settle it. */
export function decide(policy: Policy, facts: Facts): Decision {
  return decideByPolicy(policy, facts);
}
