type BotStatus = 'skipped' | 'pending' | 'approved' | 'disapproved';

/** A node of policy-bot's result tree. */
export interface BotResult {
  readonly name: string;
  readonly status: BotStatus;
  readonly description: string;
  /** Set when the node could not be evaluated. */
  readonly error?: string;
  readonly children?: readonly BotResult[];
}

/** A node with the descriptions policy-bot might as well have given: it goes through maps in no fixed order. */
export interface Judged extends BotResult {
  readonly children?: readonly Judged[];
  readonly freedom?: Freedom;
}

/** What in a description is left to chance. */
type Freedom =
  /** People in order of time; those of one time in any order. */
  | {
      readonly kind: 'order';
      readonly people: readonly { readonly user: string; readonly at: number }[];
    }
  /** Any of these whole descriptions. */
  | { readonly kind: 'choice'; readonly descriptions: readonly string[] };

/** The result without what only the comparison needs. */
export function plainResult(judged: Judged): BotResult {
  const { name, status, description, error, children } = judged;
  return {
    name,
    status,
    description,
    ...(error === undefined ? {} : { error }),
    ...(children === undefined ? {} : { children: children.map(plainResult) }),
  };
}
