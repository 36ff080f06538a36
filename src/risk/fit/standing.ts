/** Scores of earlier changes at even steps of rank, ascending: what a score is worth among them. */
export type Standing = readonly number[];

const steps = 64;

/** Keeps 65 of the scores: the lowest, the highest and those between at even steps. */
export function standingOf(scores: Float64Array): Standing {
  const sorted = Float64Array.from(scores).sort();
  return Array.from({ length: steps + 1 }, (_, step) =>
    Number((sorted[Math.round((step * (sorted.length - 1)) / steps)] ?? 0).toPrecision(7)),
  );
}

/**
 * Where a score stands among the earlier ones, 0 to 1; never falls as the score rises. Equal scores get the middle
 * of the places they hold, and beyond the ends the rest is spread so that an even riskier change still ranks higher.
 */
export function placeIn(standing: Standing, score: number): number {
  const below = countBelow(standing, score, false);
  const notAbove = countBelow(standing, score, true);
  const last = standing.length - 1;
  const room = last + 2;
  if (notAbove > below) return ((below + notAbove - 1) / 2 + 1) / room;
  if (below === 0) return 1 / room / (1 + (standing[0] ?? 0) - score);
  if (below > last) return 1 - 1 / room / (1 + score - (standing[last] ?? 0));
  const low = standing[below - 1] ?? 0;
  const high = standing[below] ?? 0;
  const [from, to] = [middleOf(standing, low), middleOf(standing, high)];
  const share = (score - low) / (high - low);
  // Ends so far apart that their distance is endless have no middle worth telling.
  return (from + (to - from) * (share <= 1 ? share : 0) + 1) / room;
}

/** Mean index of the places a value holds. */
function middleOf(standing: Standing, value: number): number {
  return (countBelow(standing, value, false) + countBelow(standing, value, true) - 1) / 2;
}

function countBelow(standing: Standing, score: number, orEqual: boolean): number {
  let low = 0;
  let high = standing.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = standing[middle] ?? 0;
    if (value < score || (orEqual && value === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}
