/** How often changes of a group turned out bad, with how sure that is. */
export interface Rate {
  /** Changes of the group, and of them those whose outcome is known. */
  readonly changes: number;
  readonly known: number;
  readonly bad: number;
  /** 0 to 1; null when no outcome is known. */
  readonly share: number | null;
  /** The true share lies between these with 95 % certainty (Wilson's interval). */
  readonly low: number;
  readonly high: number;
}

/** 95 % of a normal distribution lie within so many standard deviations. */
const usualDeviations = 1.96;

/** A rate of so many bad among so many known; with more `deviations` the interval is surer and wider. */
export function rateOf(
  counts: Pick<Rate, 'changes' | 'known' | 'bad'>,
  deviations: number = usualDeviations,
): Rate {
  const { known, bad } = counts;
  if (known === 0) return { ...counts, share: null, low: 0, high: 1 };
  const share = bad / known;
  const square = deviations ** 2 / known;
  const middle = (share + square / 2) / (1 + square);
  const reach =
    (deviations / (1 + square)) * Math.sqrt((share * (1 - share)) / known + square / (4 * known));
  return { ...counts, share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** How far two rates lie apart, in points of 1, with 95 % certainty (Newcombe's interval). */
export interface Gap95 {
  readonly low: number;
  readonly high: number;
}

/** The first rate less the second; null when one of them is not known. */
export function differenceOf(one: Rate, other: Rate): Gap95 | null {
  if (one.share === null || other.share === null) return null;
  const apart = one.share - other.share;
  const down = Math.hypot(one.share - one.low, other.high - other.share);
  const up = Math.hypot(one.high - one.share, other.share - other.low);
  return { low: apart - down, high: apart + up };
}

/** So many of so many. */
type Part = readonly [part: number, whole: number];

/**
 * How many times larger the first rate is than the second, with 95 % certainty; null when one of them is not known. By
 * the logarithm, with half a case added throughout (Walter, 1975), so that a zero gives a wide range and no endless one.
 */
export function ratioRange(
  [some, all]: Part,
  [others, allOthers]: Part,
): readonly [low: number, high: number] | null {
  if (all === 0 || allOthers === 0) return null;
  const [a, n, b, m] = [some + 0.5, all + 0.5, others + 0.5, allOthers + 0.5];
  const ratio = a / n / (b / m);
  const reach = usualDeviations * Math.sqrt(Math.max(0, 1 / a - 1 / n + 1 / b - 1 / m));
  return [ratio * Math.exp(-reach), ratio * Math.exp(reach)];
}
