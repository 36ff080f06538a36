import { createHash } from 'node:crypto';
import type { Finding } from '../guards/finding.ts';
import type { Objection, SuggestedFile } from './suggestion.ts';

/** A line that was refused, as the hash of its letters and digits: no text of it is kept. */
export interface Refusal {
  readonly piece: string;
  readonly rule: string;
  readonly path: string;
  /** Unix seconds. */
  readonly at: number;
}

/** Letters and digits that a piece needs to be told from others. */
const shortestPiece = 14;
/** Pieces looked at in one text. */
const mostPieces = 20_000;
/** Longest text looked at, in characters. */
const longestText = 2_000_000;
/** How long a refusal is remembered, in seconds. */
export const rememberedSeconds: number = 7 * 24 * 3600;

/** What to remember of a refused suggestion: the lines that its blocking findings are about. */
export function refusalsOf(
  findings: readonly Finding[],
  files: readonly SuggestedFile[],
  at: number,
): readonly Refusal[] {
  const texts = new Map(files.map(({ path, after }) => [path, (after ?? '').split('\n')]));
  return findings
    .filter(({ severity, suppressed }) => severity === 'block' && suppressed === null)
    .flatMap(({ guard, path, line, endLine }) =>
      (texts.get(path) ?? [])
        .slice(line - 1, Math.min(endLine, line + 50))
        .flatMap((text) => [...piecesIn(text)])
        .map((piece) => ({ piece, rule: guard, path, at })),
    );
}

/**
 * Whether a command carries a line that was refused before, in whatever script or quoting: an agent that is refused an
 * edit often tries a shell or a program next.
 */
export function refusedAgain(text: string, refusals: readonly Refusal[]): readonly Objection[] {
  if (refusals.length === 0) return [];
  const known = new Map(refusals.map((refusal) => [refusal.piece, refusal]));
  const met = new Map<string, Refusal>();
  for (const piece of piecesIn(text)) {
    const refusal = known.get(piece);
    if (refusal !== undefined) met.set(refusal.rule, refusal);
  }
  return [...met.values()].map(({ rule, path }) => ({
    rule,
    decision: 'deny',
    says: `it carries a line that was refused in ${path} before`,
    instead: 'Write the corrected form that the first refusal asked for.',
  }));
}

/** Hashes of the parts of a text that quotes, line ends (also written `\\n`) and semicolons separate. */
function piecesIn(text: string): ReadonlySet<string> {
  const pieces = new Set<string>();
  for (const part of text.slice(0, longestText).split(/[\r\n;'"`]|\\[nrt]/, mostPieces)) {
    const bones = part.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
    if (bones.length >= shortestPiece)
      pieces.add(createHash('sha256').update(bones).digest('base64url').slice(0, 16));
  }
  return pieces;
}
