/** Numbers kept in ascending order, so that a rank or the median costs nothing to ask. */
export interface Ranking {
  readonly values: Float64Array;
  size: number;
}

/** A ranking with room for `capacity` numbers. */
export function emptyRanking(capacity: number): Ranking {
  return { values: new Float64Array(capacity), size: 0 };
}

/** Puts a number in its place. */
export function enterValue(ranking: Ranking, value: number): void {
  const place = placeOf(ranking, value);
  ranking.values.copyWithin(place + 1, place, ranking.size);
  ranking.values[place] = value;
  ranking.size += 1;
}

/** Takes one number of this value out; does nothing when there is none. */
export function removeValue(ranking: Ranking, value: number): void {
  const place = placeOf(ranking, value);
  if (place >= ranking.size || ranking.values[place] !== value) return;
  ranking.values.copyWithin(place, place + 1, ranking.size);
  ranking.size -= 1;
}

/** The lower median; 0 when there is nothing. */
export function medianOf(ranking: Ranking): number {
  return ranking.size === 0 ? 0 : (ranking.values[(ranking.size - 1) >> 1] ?? 0);
}

/** The numbers, ascending. */
export function valuesOf(ranking: Ranking): readonly number[] {
  return Array.from(ranking.values.subarray(0, ranking.size));
}

/** Index of the first number that is not smaller. */
function placeOf(ranking: Ranking, value: number): number {
  let low = 0;
  let high = ranking.size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranking.values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
