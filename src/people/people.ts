import type { Person } from '../change/change.ts';

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
export type { Person };
