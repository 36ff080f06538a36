import { linesOf } from '../../change/diff.ts';

/** A file that is only in one of two trees. */
export interface Lone {
  readonly path: string;
  readonly text: string;
}

/** More pairs than this are not compared for likeness; only files that moved unchanged are then paired. */
const maxComparisons = 40_000;
/** Share of common lines from which two files count as one that moved, as git has it. */
const alike = 0.5;

/** Pairs files that went with files that came: the same text first, then the most alike. New path to old path. */
export function pairMoves(
  gone: readonly Lone[],
  come: readonly Lone[],
): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  const left = new Map<string, Lone>();
  for (const file of gone) left.set(file.path, file);
  const byText = new Map(gone.map((file) => [file.text, file.path]));
  for (const { path, text } of come) {
    const from = text === '' ? undefined : byText.get(text);
    if (from === undefined || !left.delete(from)) continue;
    moves.set(path, from);
  }
  const rest = come.filter(({ path }) => !moves.has(path));
  if (rest.length * left.size > maxComparisons) return moves;
  for (const [to, from] of likest([...left.values()], rest)) moves.set(to, from);
  return moves;
}

function likest(gone: readonly Lone[], come: readonly Lone[]): ReadonlyMap<string, string> {
  const counted = gone.map((file) => ({ path: file.path, lines: countLines(file.text) }));
  const pairs = come.flatMap((file) => {
    const lines = countLines(file.text);
    return counted
      .filter(({ path }) => extension(path) === extension(file.path))
      .map(({ path, lines: other }) => ({
        to: file.path,
        from: path,
        share: common(lines, other),
      }));
  });
  const moves = new Map<string, string>();
  const used = new Set<string>();
  for (const { to, from, share } of pairs.sort((a, b) => b.share - a.share)) {
    if (share < alike || moves.has(to) || used.has(from)) continue;
    moves.set(to, from);
    used.add(from);
  }
  return moves;
}

type LineCounts = ReadonlyMap<string, number>;

function countLines(text: string): LineCounts {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function common(one: LineCounts, other: LineCounts): number {
  let shared = 0;
  for (const [line, number] of one) shared += Math.min(number, other.get(line) ?? 0);
  return shared / Math.max(1, total(one), total(other));
}

function total(counts: LineCounts): number {
  return [...counts.values()].reduce((sum, number) => sum + number, 0);
}

function extension(path: string): string {
  return /\.[^./]*$/.exec(path)?.[0] ?? '';
}
