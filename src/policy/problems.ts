import { nearest } from './nearest.ts';

/** Where in the policy file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong with a policy file. An `error` makes it unusable, a `warning` deserves a look. */
export interface Problem extends Place {
  readonly level: 'error' | 'warning';
  /** Name of the file as it was given. */
  readonly file: string;
  readonly message: string;
  /** What to write instead; null when nothing sensible can be said. */
  readonly suggestion: string | null;
}

/** A problem as one line: `policy.yml:12:7 unknown key "aproval" (did you mean "approvals"?)`. */
export function problemLine({ file, line, column, message, suggestion }: Problem): string {
  return `${file}:${line}:${column} ${message}${suggestion === null ? '' : ` (${suggestion})`}`;
}

/** Collects the problems of one file while it is read. */
export interface Complaints {
  readonly file: string;
  readonly found: Problem[];
}

/** Notes an error at a place. */
export function complain(
  { file, found }: Complaints,
  { line, column }: Place,
  said: { readonly message: string; readonly suggestion?: string | null },
): void {
  if (found.length >= mostProblems) return;
  const { message, suggestion = null } = said;
  found.push({ level: 'error', file, line, column, message, suggestion });
}

/** Notes that a name is not among those known, with the closest one. */
export function complainUnknown(
  complaints: Complaints,
  at: Place,
  {
    what,
    name,
    known,
  }: { readonly what: string; readonly name: string; readonly known: readonly string[] },
): void {
  complain(complaints, at, {
    message: `${what} "${short(name)}" is not defined`,
    suggestion: meant(name, known),
  });
}

/** "did you mean X?", else the list of what there is, else null. */
export function meant(name: string, known: readonly string[]): string | null {
  const near = nearest(name, known);
  if (near !== null) return `did you mean "${near}"?`;
  if (known.length === 0) return null;
  return `known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`;
}

/** A text cut to what fits into a message. */
export function short(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 57)}…` : flat;
}

// A file with more problems than this is not a policy; the list stays readable.
const mostProblems = 100;
