import { plainLetters } from './replace-text.ts';

/** Comparisons of lines that one search may cost; a search beyond it counts as "not found". */
const comparisonLimit = 20_000_000;

/**
 * Index of the first line at or behind `from` where `wanted` stands in `lines`; -1 when nowhere. Exact first, then
 * without blanks at the end, then without blanks on both sides, then with typographic signs made plain.
 */
export function seekLines(
  lines: readonly string[],
  wanted: readonly string[],
  { from, atEnd }: { from: number; atEnd: boolean },
): number {
  if (wanted.length === 0) return from;
  if (wanted.length > lines.length) return -1;
  const budget = { left: comparisonLimit };
  for (const form of forms) {
    const [there, here] = [lines.map(form), wanted.map(form)];
    const last = there.length - here.length;
    if (atEnd && standsAt(there, here, { at: last, budget })) return last;
    for (let at = from; at <= last && budget.left > 0; at++)
      if (standsAt(there, here, { at, budget })) return at;
  }
  return -1;
}

const forms: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.trimEnd(),
  (line) => line.trim(),
  (line) => Array.from(line.trim(), (letter) => plainLetters.get(letter) ?? letter).join(''),
];

function standsAt(
  lines: readonly string[],
  wanted: readonly string[],
  { at, budget }: { at: number; budget: { left: number } },
): boolean {
  for (const [offset, line] of wanted.entries()) {
    budget.left--;
    if (lines[at + offset] !== line) return false;
  }
  return true;
}
