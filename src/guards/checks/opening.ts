import type { Severity } from '../guard.ts';

/** A gate that a change opens, in the file the finding is told of. */
export interface Opening {
  readonly line: number;
  readonly says: string;
  readonly subject: string;
  readonly severity?: Severity;
  readonly confidence?: number;
}
