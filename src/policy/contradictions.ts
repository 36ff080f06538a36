import type { Atom, Claim, Condition } from './condition.ts';

/** One way a condition can hold: atoms that must hold together, or must not. */
export type Way = readonly { readonly atom: Atom; readonly negated: boolean }[];

// Conditions with more ways than this are not examined; nobody writes them by hand.
const mostWays = 256;

/** All ways a condition can hold; null when there are too many to list. */
export function waysOf(condition: Condition, negated = false): readonly Way[] | null {
  switch (condition.kind) {
    case 'atom':
      return [[{ atom: condition, negated }]];
    case 'not':
      return waysOf(condition.of, !negated);
    case 'all':
    case 'any':
      return (condition.kind === 'any') === negated
        ? product(condition.of, negated)
        : sum(condition.of, negated);
  }
}

function sum(parts: readonly Condition[], negated: boolean): readonly Way[] | null {
  const ways: Way[] = [];
  for (const part of parts) {
    const more = waysOf(part, negated);
    if (more === null || ways.length + more.length > mostWays) return null;
    ways.push(...more);
  }
  return ways;
}

function product(parts: readonly Condition[], negated: boolean): readonly Way[] | null {
  let ways: readonly Way[] = [[]];
  for (const part of parts) {
    const more = waysOf(part, negated);
    if (more === null || ways.length * more.length > mostWays) return null;
    ways = ways.flatMap((way) => more.map((other) => [...way, ...other]));
  }
  return ways;
}

/** Why a condition can never hold, naming what excludes what; null when it can, or when we cannot tell. */
export function contradiction(condition: Condition): string | null {
  const ways = waysOf(condition);
  if (ways === null) return null;
  let reason: string | null = null;
  for (const way of ways) {
    const clash = clashIn(way);
    if (clash === null) return null;
    reason ??= clash;
  }
  return reason;
}

/** What in one way excludes each other; null when nothing does. */
export function clashIn(way: Way): string | null {
  for (const [at, one] of way.entries())
    for (const other of way.slice(at + 1)) {
      const clash = clashOf(one, other);
      if (clash) return `"${say(one)}" excludes "${say(other)}"`;
    }
  return null;
}

type Literal = Way[number];

function say({ atom, negated }: Literal): string {
  return negated ? `not ${atom.words}` : atom.words;
}

function clashOf(one: Literal, other: Literal): boolean {
  if (one.negated !== other.negated && one.atom.words === other.atom.words) return true;
  return one.atom.claims.some((claim) =>
    other.atom.claims.some((against) =>
      claimsClash([claim, one.negated], [against, other.negated]),
    ),
  );
}

function claimsClash(
  [one, oneNot]: readonly [Claim, boolean],
  [other, otherNot]: readonly [Claim, boolean],
): boolean {
  if (one.of !== other.of) return false;
  if (one.kind === 'range' && other.kind === 'range') {
    if (!oneNot && !otherNot) return one.from > other.to || other.from > one.to;
    // What must hold lies wholly inside what must not.
    if (oneNot && !otherNot) return one.from <= other.from && other.to <= one.to;
    return !oneNot && other.from <= one.from && one.to <= other.to;
  }
  if (one.kind === 'oneOf' && other.kind === 'oneOf')
    return !oneNot && !otherNot && !one.words.some((word) => other.words.includes(word));
  return false;
}
