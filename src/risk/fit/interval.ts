import type { Dice } from './random.ts';

/** A measure with the range that resampling gives it, 95 %. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ResampleOptions {
  readonly dice: Dice;
  readonly rounds: number;
}

/** The range of a measure when the changes are drawn again with repetition (percentile bootstrap). */
export function intervalOf<T>(
  items: readonly T[],
  measure: (items: readonly T[]) => number,
  { dice, rounds }: ResampleOptions,
): Interval {
  const value = measure(items);
  if (items.length === 0) return { value, low: value, high: value };
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const drawn: T[] = [];
    for (let count = 0; count < items.length; count++) {
      const item = items[Math.floor(dice() * items.length)];
      if (item !== undefined) drawn.push(item);
    }
    values.push(measure(drawn));
  }
  values.sort((a, b) => a - b);
  return { value, low: quantile(values, 0.025), high: quantile(values, 0.975) };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}
