/** How alike two pieces of code are, 0 to 1: shared pairs of neighbouring words over all pairs (Dice). */
export function likeness(a: Likeness, b: Likeness): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [small, large] = a.pairs.size <= b.pairs.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [pair, times] of small.pairs) shared += Math.min(times, large.pairs.get(pair) ?? 0);
  return (2 * shared) / (a.size + b.size);
}

/** A text ready to be compared. */
export interface Likeness {
  readonly size: number;
  readonly pairs: ReadonlyMap<string, number>;
}

/** Longest text that is compared; beyond it the beginning stands for the whole. */
const longest = 20_000;

/** Splits a text into pairs of words; blanks and line ends make no difference. */
export function likenessOf(text: string): Likeness {
  const words = text.slice(0, longest).match(/[\w$]+|[^\s\w$]/g) ?? [];
  const pairs = new Map<string, number>();
  for (let index = 0; index + 1 < words.length; index += 1) {
    const pair = `${words[index] ?? ''} ${words[index + 1] ?? ''}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return { size: Math.max(0, words.length - 1), pairs };
}
