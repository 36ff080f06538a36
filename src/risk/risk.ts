/** A deployable or a part of the system, from the service catalogue. */
export interface Service {
  readonly name: string;
  /** 1 is the most critical; null when the catalogue does not say. */
  readonly tier: number | null;
  /** Path patterns (gitignore style) of what belongs to it. */
  readonly paths: readonly string[];
  readonly owner: string | null;
}

/** One reason for the score, in words. */
export interface Factor {
  /** Feature name, such as `lines added`. */
  readonly name: string;
  /** Change of the score against this repository's median value of the feature, -1 to 1. */
  readonly effect: number;
  readonly says: string;
}

export interface Risk {
  /** Probability, 0 to 1, that the change is reverted or fixed forward, by the model named. */
  readonly score: number;
  /** Rank among this repository's last changes, 0 to 100; null when there are too few to say. */
  readonly percentile: number | null;
  /** How many earlier changes the percentile compares with. */
  readonly compared: number;
  readonly model: 'default' | 'fitted';
  /** The three that matter most, strongest first. */
  readonly factors: readonly Factor[];
  readonly services: readonly Service[];
}
