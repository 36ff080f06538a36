import { hash } from 'node:crypto';
import { linesOf } from '../change/diff.ts';

/** A line as the record knows it: by hashes only, so that no text of a file is kept. */
export interface Line {
  /** Of the line without a final `\r`. */
  readonly strong: string;
  /**
   * The same after a formatter: without white space, kind of quotes, and a last comma or semicolon. Operators count,
   * or `=` made `==` would keep its author. Empty where the line is too short to mean anything.
   */
  readonly weak: string;
}

/** Characters of base64url kept of a SHA-256: 60 bits. */
export const hashLength = 10;

/** A line with fewer letters and digits, such as `});`, says nothing about who wrote it. */
export const substantialCharacters = 8;

/** Texts with more lines are not recorded line by line. */
export const mostLines = 50_000;

/** The lines of a text by their hashes; null for a text with more lines than are recorded. */
export function hashedLines(text: string): readonly Line[] | null {
  const lines = linesOf(text);
  if (lines.length > mostLines) return null;
  const known = new Map<string, Line>();
  return lines.map((line) => {
    const seen = known.get(line);
    if (seen !== undefined) return seen;
    const fresh = hashedLine(line);
    known.set(line, fresh);
    return fresh;
  });
}

/** One line by its hashes. */
export function hashedLine(text: string): Line {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  const letters = line.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
  return { strong: short(line), weak: letters < substantialCharacters ? '' : short(loose(line)) };
}

function loose(line: string): string {
  const bare = line.replaceAll(/\s/g, '').replaceAll(/['`]/g, '"');
  return /[,;]$/.test(bare) ? bare.slice(0, -1) : bare;
}

/** Whether a line is long enough to be known again on its own. */
export function isSubstantial({ weak }: Line): boolean {
  return weak !== '';
}

function short(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, hashLength);
}
