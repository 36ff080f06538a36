/** Somebody as `.hallmonitor/people.yml` describes them, or as history shows them when it does not. */
export interface Member {
  readonly name: string;
  /** Lower case; the first one is the identity. */
  readonly emails: readonly string[];
  /** Forge accounts, lower case, without `@`. */
  readonly logins: readonly string[];
  /** `L5` is 5; null when nobody said. */
  readonly level: number | null;
  readonly teams: readonly string[];
  /** Duties such as `on-call` or `incident-commander`. */
  readonly duties: readonly string[];
}

export interface Roster {
  readonly members: readonly Member[];
  /** Addresses, names and accounts of automation, beside those known everywhere. */
  readonly bots?: readonly string[];
}

/** What a policy takes for knowing files; `covering` is compared by the policy, with `Expertise.share`. */
export interface Knowing {
  /** Times somebody must have changed a file to know it; null when changing does not count. */
  readonly changedAtLeast: number | null;
  readonly reviewedAtLeast: number | null;
  readonly withinDays: number;
  /** 0 to 1, of the change's reviewable lines. */
  readonly covering: number;
}

/** How well somebody knows the changed files: what the policy's `expert` is judged by. */
export interface Expertise {
  readonly email: string;
  readonly name: string;
  /** Share (0 to 1) of the changed lines in files they know, by the policy's own definition. */
  readonly share: number;
  readonly changed: number;
  readonly reviewed: number;
  /** Unix seconds of the last time. */
  readonly lastAt: number;
}
