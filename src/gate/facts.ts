import type { Change, Gap, Person } from '../change/change.ts';
import type { Finding } from '../guards/finding.ts';
import type { Owner } from '../people/codeowners.ts';
import type { Identities } from '../people/identities.ts';
import type { Expertise, Roster } from '../people/people.ts';
import type { Unknown } from '../policy/subject.ts';
import type { Provenance } from '../provenance/provenance.ts';
import type { Reach } from '../reach/reach.ts';
import type { Risk } from '../risk/risk.ts';
import type { Approval } from './gate.ts';

/** A changed file with the people CODEOWNERS names for it. */
export interface OwnedFile {
  readonly path: string;
  readonly owners: readonly Owner[];
}

/** A check as the forge or the caller reports it. */
interface CheckResult {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'pending';
}

/** Somebody opened the emergency door. */
interface DoorOpened {
  /** Address or `@login`. */
  readonly by: string;
  /** Unix seconds. */
  readonly at: number;
  /** What was given with it, such as `incident-id` and `reason`. */
  readonly given: Readonly<Record<string, string>>;
}

/** What guards found, and where they could not look. */
export interface Found {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/**
 * Everything a decision is made from. What is left out or `Unknown` is not known, and then asks for more; nothing
 * here is ever taken as fine because it is missing.
 */
export interface Facts {
  readonly change: Change;
  readonly provenance: Provenance | Unknown;
  /** `Unknown` when the guards as a whole did not run. A gap named `guard …` is a guard that crashed. */
  readonly inspection: Found | Unknown;
  readonly risk: Risk | Unknown;
  /** What users of the changed code lead to; left out where nobody followed them. */
  readonly reach?: Reach;
  /** Empty when the repository has no people.yml; `Unknown` when it has one that could not be read. */
  readonly roster: Roster | Unknown;
  /** Who is who, by people.yml and mailmap. It only bars people and tells automation; it vouches for nobody. */
  readonly identities?: Identities;
  /** Who knows the changed files, by name of the policy's `who` entry (see `knowledgeAsked`). */
  readonly experts: ReadonlyMap<string, readonly Expertise[] | Unknown>;
  /** Empty when the repository has no CODEOWNERS. */
  readonly owners: readonly OwnedFile[] | Unknown;
  /** Unix seconds. */
  readonly now: number;

  /** Why the list of changed files may be too short. */
  readonly incomplete?: string;
  /** Who is about to commit, for a change that is not committed yet. */
  readonly writer?: Person;
  readonly branch?: string;
  readonly labels?: readonly string[];

  readonly approvals?: readonly Approval[];
  /** Of revisions that were approved: whether a later push changed lines that were reviewed. */
  readonly changedSince?: ReadonlyMap<string, boolean>;
  /** Unix seconds of the last push of this change. */
  readonly pushedAt?: number;
  /** Unix seconds of when reviewers were asked. */
  readonly askedAt?: number;
  /** Lines each reviewer has been given today, by address or `@login`. */
  readonly linesToday?: ReadonlyMap<string, number>;
  readonly checks?: readonly CheckResult[];
  /** Where the change record is. */
  readonly changeRecord?: string;

  /** Others whose approval cannot count: who opened the change or pushed to it, by address or `@login`. */
  readonly involved?: readonly string[];
  /** Who asked the AI for it. Left out: not known. */
  readonly prompters?: readonly string[];
  readonly breakGlass?: DoorOpened;
}
