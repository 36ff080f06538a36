import { createHash } from 'node:crypto';
import type { Finding } from '../guards/finding.ts';
import type { Objection, SuggestedFile } from './suggestion.ts';

/** Lines that were refused together, as hashes of their letters and digits: no text of them is kept. */
export interface Refusal {
  readonly pieces: readonly string[];
  readonly rule: string;
  readonly path: string;
  /** Unix seconds. */
  readonly at: number;
}

/** Lines of one finding that are remembered. */
const mostLines = 50;
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
    .map(({ guard, path, line, endLine }) => {
      const lines = (texts.get(path) ?? []).slice(line - 1, Math.min(endLine, line + mostLines));
      return { pieces: [...piecesIn(lines.join('\n'))], rule: guard, path, at };
    })
    .filter(({ pieces }) => pieces.length > 0);
}

/**
 * Whether a command carries what was refused before, in whatever script or quoting: an agent that is refused an
 * edit often tries a shell or a program next.
 */
export function refusedAgain(text: string, refusals: readonly Refusal[]): readonly Objection[] {
  if (refusals.length === 0) return [];
  const here = piecesIn(text);
  // A statement over several lines shares some of them with its corrected form: all of them must be there.
  const met = new Map(
    refusals
      .filter(({ pieces }) => pieces.every((piece) => here.has(piece)))
      .map((refusal) => [refusal.rule, refusal]),
  );
  return [...met.values()].map(({ rule, path }) => ({
    rule,
    decision: 'deny',
    says: `it carries what was refused in ${path} before`,
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
