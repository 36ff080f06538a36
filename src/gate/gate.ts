export type Verdict = 'land' | 'review' | 'block';

export type ObligationKind =
  | 'approval'
  | 'check'
  | 'split'
  | 'rollout'
  | 'change-record'
  | 'finding';

export type ObligationState = 'owed' | 'met' | 'waived' | 'unknown';

/** What a change still owes, and who can meet it. */
export interface Obligation {
  readonly kind: ObligationKind;
  readonly state: ObligationState;
  /** In words: `senior and expert`, `ci`, `canary`. */
  readonly from: string;
  readonly count: number;
  /** People who could meet it, best first. Empty with `why` when nobody is known. */
  readonly candidates: readonly string[];
  /** Name of the rule that asks. */
  readonly rule: string;
  readonly why: string;
  /** Ids of evidence and fingerprints of findings behind it. */
  readonly evidence: readonly string[];
}

export type RuleState = 'not_applicable' | 'met' | 'owed' | 'waived' | 'unknown';

/** One rule of the policy applied to this change. */
export interface RuleOutcome {
  readonly rule: string;
  readonly state: RuleState;
  /** Why it matched or did not, in the policy's own words with the change's values. */
  readonly why: string;
  readonly obligations: readonly Obligation[];
}

export interface Decision {
  readonly verdict: Verdict;
  /** Rules that matched. */
  readonly rules: readonly string[];
  readonly owed: readonly Obligation[];
  readonly outcomes: readonly RuleOutcome[];
}

/** A person's review of the change. */
export interface Approval {
  readonly by: string;
  /** Head commit they looked at. */
  readonly revision: string;
  /** Unix seconds. */
  readonly at: number;
}
