/** One later slice of the training rows: where each member placed each change, and how it turned out. */
export interface Slice {
  /** By member, then by row. */
  readonly places: readonly Float64Array[];
  readonly bad: readonly boolean[];
}

/** What experience on other repositories favours, in sixths: trees, regression, lines added, steady regression. */
export const usualBlend: readonly number[] = [5, 0, 0, 1];
const sixths = 6;
/** Standard errors of the AUC that a wholly different blend must gain to be taken. */
const caution = 2;

/** Weights in sixths that order the slices best, held back towards the usual blend by what chance alone would gain. */
export function bestBlend(slices: readonly Slice[]): readonly number[] {
  const error = errorOfArea(slices.flatMap(({ bad }) => bad));
  let best = usualBlend;
  let bestWorth = -Infinity;
  for (const blend of blends(usualBlend.length, sixths)) {
    const areas = slices.map((slice) => areaOf(blended(slice, blend), slice.bad));
    const area = areas.reduce((sum, value) => sum + value, 0) / Math.max(1, areas.length);
    const worth = area - caution * error * distanceOf(blend, usualBlend);
    if (worth <= bestWorth) continue;
    bestWorth = worth;
    best = blend;
  }
  return best;
}

/** The blended place of each change of a slice. */
export function blended({ places, bad }: Slice, blend: readonly number[]): Float64Array {
  const sums = new Float64Array(bad.length);
  places.forEach((column, member) => {
    const weight = (blend[member] ?? 0) / sixths;
    if (weight === 0) return;
    for (let row = 0; row < sums.length; row++) {
      sums[row] = (sums[row] ?? 0) + weight * (column[row] ?? 0);
    }
  });
  return sums;
}

/** The blended place of one change. */
export function blendOf(places: readonly number[], blend: readonly number[]): number {
  return places.reduce((sum, place, member) => sum + (place * (blend[member] ?? 0)) / sixths, 0);
}

/** All ways to share out `left` among `members`. */
function blends(members: number, left: number): readonly (readonly number[])[] {
  if (members === 1) return [[left]];
  return Array.from({ length: left + 1 }, (_, first) =>
    blends(members - 1, left - first).map((rest) => [first, ...rest]),
  ).flat();
}

/** Share of the weight that differs, 0 to 1. */
function distanceOf(blend: readonly number[], other: readonly number[]): number {
  const apart = blend.reduce(
    (sum, weight, index) => sum + Math.abs(weight - (other[index] ?? 0)),
    0,
  );
  return apart / 2 / sixths;
}

/** Standard error of an area of about 0.75, after Hanley and McNeil (1982). */
function errorOfArea(bad: readonly boolean[]): number {
  const area = 0.75;
  const positives = Math.max(1, bad.filter(Boolean).length);
  const negatives = Math.max(1, bad.length - positives);
  const both = area * (1 - area);
  const first = area / (2 - area) - area ** 2;
  const second = (2 * area ** 2) / (1 + area) - area ** 2;
  return Math.sqrt(
    (both + (positives - 1) * first + (negatives - 1) * second) / (positives * negatives),
  );
}

const boxes = 4096;

/** Area under the curve of places, 0 to 1, which are put into boxes because many blends are tried. */
function areaOf(places: Float64Array, bad: readonly boolean[]): number {
  const good = new Int32Array(boxes);
  const faulty = new Int32Array(boxes);
  places.forEach((place, row) => {
    const counts = bad[row] === true ? faulty : good;
    const box = Math.min(boxes - 1, Math.floor(place * boxes));
    counts[box] = (counts[box] ?? 0) + 1;
  });
  let [below, pairs, positives] = [0, 0, 0];
  for (let box = 0; box < boxes; box++) {
    const [goods, bads] = [good[box] ?? 0, faulty[box] ?? 0];
    pairs += bads * (below + goods / 2);
    below += goods;
    positives += bads;
  }
  return positives === 0 || below === 0 ? 0.5 : pairs / positives / below;
}
