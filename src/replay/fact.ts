import type { Person } from '../change/change.ts';

/**
 * One change that landed on the default branch, with what was known when it landed and nothing later. Small enough to
 * keep a hundred thousand of them.
 */
export interface ChangeFact {
  readonly commit: string;
  /** How it landed, as far as git tells. */
  readonly landing: 'merge' | 'squash' | 'direct';
  /** Number of the pull or merge request that its message names. */
  readonly request: number | null;
  /** First line of the message, shortened, without secrets. */
  readonly subject: string;
  /** Unix seconds of the committer's clock. */
  readonly landedAt: number;
  readonly author: Person;
  readonly committer: Person;
  /** People named as reviewers in the message. */
  readonly reviewers: readonly Person[];
  readonly files: readonly FactFile[];
  /** Added lines of reviewable files, by answer. */
  readonly lines: Readonly<Record<'ai' | 'mixed' | 'human' | 'unknown', number>>;
  readonly tools: readonly { readonly tool: string; readonly model: string | null }[];
  /** Any sign of an AI, also without lines. */
  readonly aiSeen: boolean;
  readonly advised: boolean;
  /**
   * The published just-in-time features as they were that day (order of `risk/features.ts`); empty where its lines could
   * not be counted, or it has no files for people or too many to compare.
   */
  readonly features: readonly number[];
  /** What guards said, where they were asked; null where they were not. */
  readonly findings: readonly FactFinding[] | null;
  readonly traces: FactTraces;
}

/** What a change says and shows about earlier ones: outcomes of those are read from it. */
export interface FactTraces {
  /** First twelve digits of the commits that a merge brought in. */
  readonly merged: readonly string[];
  /** The message says that something is repaired. */
  readonly repairs: boolean;
  /** What sort of change it is besides work on the product. */
  readonly sort: ChangeSort;
  /** Other changes that the message names. */
  readonly mentions: readonly Mention[];
  /** Landed changes whose lines it took out (or, where it only added, stood beside), most lines first. */
  readonly blamed: readonly Blamed[];
  /** Earlier changes whose lines it put back as they were before. */
  readonly undone: readonly Undone[];
}

export type ChangeSort = 'product' | 'release' | 'dependencies' | 'experiment';

export interface Mention {
  /**
   * `reverts`: takes it back; `restores`: takes a revert back; `blames`: says that it caused what is repaired here;
   * `follows`: goes on from it.
   */
  readonly how: 'reverts' | 'restores' | 'blames' | 'follows';
  /** Digits of a commit id, `#12`, the subject of a change in quotes, or `^` for the change right before. */
  readonly target: string;
  /** Said by what landed itself; false where only a commit inside a merge says it. */
  readonly whole: boolean;
}

export interface Blamed {
  readonly commit: string;
  readonly lines: number;
  /** `lines`: it wrote lines that were taken out; `beside`: it wrote what the new lines stand next to. */
  readonly how: 'lines' | 'beside';
}

export interface Undone {
  readonly commit: string;
  /** 0 to 1: how much of that change was taken back, and how much of this change does so. */
  readonly share: number;
  readonly own: number;
}

/** Lines of generated files are not counted: they are 0. */
export interface FactFile {
  readonly path: string;
  readonly oldPath: string;
  readonly added: number;
  readonly deleted: number;
  readonly generated: boolean;
}

export interface FactFinding {
  readonly guard: string;
  readonly severity: 'block' | 'warn' | 'note';
  readonly path: string;
}

/** How a change turned out. `unknown`: too young to tell, or the history says nothing that can be believed. */
export interface Outcome {
  readonly commit: string;
  readonly verdict: 'bad' | 'clean' | 'unknown';
  /** The strongest reason for `bad`. */
  readonly kind: 'reverted' | 'fixed' | 'hotfixed' | 'incident' | null;
  /** 0 to 1. */
  readonly confidence: number;
  /** The commit or file that says so. */
  readonly by: string | null;
  /** Unix seconds of what says so; null where nothing does. */
  readonly at: number | null;
  /** What sort of reversal it was; only `product` makes a change bad. Null where it was not taken back. */
  readonly sort: RevertSort | null;
  readonly says: string;
}

export type RevertSort = ChangeSort | 'noise';
