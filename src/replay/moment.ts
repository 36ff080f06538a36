import type { ChangeFact } from './fact.ts';

type Landed = Pick<ChangeFact, 'landedAt'>;

/** Changes on either side whose clocks are believed more than one that disagrees with most of them. */
const neighbours = 5;

/**
 * When a change landed, in Unix seconds, cut to what most of its neighbours say: one wrong clock in a history must not
 * move a border. The same as `landedAt` where clocks run in order.
 */
export function momentOf(facts: readonly Landed[], index: number): number {
  const reach = Math.min(neighbours, index, facts.length - 1 - index);
  const times = facts.slice(index - reach, index + reach + 1).map(({ landedAt }) => landedAt);
  const own = facts[index]?.landedAt;
  if (own === undefined) return Infinity;
  times.sort((one, other) => one - other);
  const outliers = Math.ceil(reach / 2);
  const [least = own, most = own] = [times[outliers], times[times.length - 1 - outliers]];
  return Math.min(Math.max(own, least), most);
}

/** The first change that landed at a time or after it; the number of changes where none did. */
export function firstSince(facts: readonly Landed[], seconds: number): number {
  const found = facts.findIndex((_, index) => momentOf(facts, index) >= seconds);
  return found < 0 ? facts.length : found;
}

/** How far a history is known: its newest change whose clock does not run ahead of now. */
export function latestMoment(facts: readonly Landed[], now: number = Infinity): number {
  return facts.reduce(
    (latest, { landedAt }) => (landedAt > now ? latest : Math.max(latest, landedAt)),
    0,
  );
}
