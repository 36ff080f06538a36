import type { Gap } from '../change/change.ts';
import type { Adjusted } from './adjust.ts';
import type { Severity } from './guard.ts';

/** What a guard or reviewer says about one place. */
export interface Finding {
  readonly guard: string;
  readonly severity: Severity;
  readonly path: string;
  /** 1-based, in the file after the change. */
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
  readonly impact: string;
  readonly fix: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Hash of guard, path, enclosing symbol and normalised subject: the same after lines shift. */
  readonly fingerprint: string;
  /** Set when a comment or the baseline silences it; still shown, no longer counted. */
  readonly suppressed: Suppression | null;
  /** Set when the team changed its severity for this repository. */
  readonly adjusted?: Adjusted;
}

export interface Suppression {
  readonly by: 'comment' | 'baseline';
  readonly reason: string;
  /** True when the change itself added the comment, so that nobody on the target branch has agreed to it yet. */
  readonly addedHere?: boolean;
}

export interface Inspection {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}
