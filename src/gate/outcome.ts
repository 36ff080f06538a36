/** Something about the reviews that people should know. */
export interface AttentionNote {
  readonly kind: 'not-counted' | 'stale' | 'too-fast' | 'overloaded' | 'overdue' | 'refused';
  /** Who it is about; empty for the change as a whole. */
  readonly who: string;
  readonly says: string;
}

/** What an opened emergency door leaves behind. */
export interface Debt {
  readonly by: string;
  readonly given: Readonly<Record<string, string>>;
  /** Rules that were not satisfied when the door was opened. */
  readonly rules: readonly string[];
  /** Who has to review it afterwards, in words. */
  readonly from: string;
  /** Unix seconds. */
  readonly dueAt: number;
  readonly ifMissed: string;
}

/** The smallest thing that would let a change land. */
export interface Unblocking {
  readonly says: string;
  /** The fewest people whose approvals would do; empty when no approval is missing or nobody is known. */
  readonly people: readonly string[];
  /** Everything else that has to be done. */
  readonly steps: readonly string[];
  /** What would make a rule not apply: "at most 400 lines would do without …". */
  readonly smaller: readonly string[];
}
