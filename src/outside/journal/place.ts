import { join } from 'node:path';

/** The directories of a repository, found without asking git. */
export interface Place {
  /** Top of the work tree. */
  readonly top: string;
  readonly gitDir: string;
  /** The git directory that all work trees share. */
  readonly commonDir: string;
}

/** Where the journal of a repository lies, and the lock for all that is recorded. */
export function journalFolder({ commonDir }: Place): string {
  return join(commonDir, 'hallmonitor');
}

/** Where a work tree's states lie. */
export function captureFolder({ gitDir }: Place): string {
  return join(gitDir, 'hallmonitor', 'capture');
}
