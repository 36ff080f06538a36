import type { ChangedFile, Severity } from '../guard.ts';

/** Something that a correct old client relied on and that is gone or different. */
export interface Breakage {
  readonly file: ChangedFile;
  /** 1-based: in the file after the change, or before it where nothing took its place. */
  readonly line: number;
  readonly side: 'before' | 'after';
  readonly says: string;
  readonly severity: Severity;
}

/** Something that went: its line is the one it had before the change. */
export function gone(file: ChangedFile, line: number, says: string): Breakage {
  return { file, line, side: 'before', says, severity: 'block' };
}

/** Something that changed: its line is the one it has now. */
export function changed(file: ChangedFile, line: number, says: string): Breakage {
  return { file, line, side: 'after', says, severity: 'block' };
}

/** The same, told as less grave. */
export function as(severity: Severity, breakage: Breakage): Breakage {
  return { ...breakage, severity };
}
