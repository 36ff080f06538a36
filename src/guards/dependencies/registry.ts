import type { Registry } from './dependency.ts';

/** One published version, as far as its registry tells of it. */
export interface PublishedVersion {
  /** Unix seconds; null where the registry does not say. */
  readonly publishedAt: number | null;
  /** Withdrawn by its author: still there for who has it, not for anybody new. */
  readonly isYanked: boolean;
  /** What its author says to whoever still uses it; null when nothing. */
  readonly deprecated: string | null;
  /** As the author writes it, mostly an SPDX expression; null when none is named. */
  readonly licence: string | null;
}

/** What a registry says of a name. */
export type Answer =
  | {
      readonly kind: 'known';
      /** When the first version came out, Unix seconds; null where the registry does not say. */
      readonly firstAt: number | null;
      /** The version that a new installation gets; null where the registry does not say. */
      readonly latest: string | null;
      readonly versions: ReadonlyMap<string, PublishedVersion>;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'not-asked'; readonly why: string };

/** Answers that were collected before the guards looked. Guards themselves ask nobody. */
export interface Answers {
  /** Unix seconds of the moment they count for. */
  readonly now: number;
  readonly of: (registry: Registry, name: string) => Answer;
}

/** What stands in the place of answers where nobody allowed to ask. */
export const nobodyAsked: Answer = {
  kind: 'not-asked',
  why: 'no registry was asked (hallmonitor check --registry asks)',
};

/** The answer about a package; not asked where there are no answers at all. */
export function answerOn(answers: Answers | undefined, registry: Registry, name: string): Answer {
  return answers?.of(registry, name) ?? nobodyAsked;
}
