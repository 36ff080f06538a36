import type { Moved, Threshold } from './optimize-thresholds.ts';
import { beats } from './optimize-yield.ts';
import type { Yield } from './optimize-yield.ts';

/** One value for each threshold. */
export type Values = readonly number[];

/** A setting of the thresholds, and what it yields on the changes it is chosen by. */
export interface Tried {
  readonly values: Values;
  readonly moved: Moved;
  readonly learnt: Yield;
}

/** Combinations of far ends that a search starts from, beside the file's own values. */
const mostCorners = 200;
const mostPoints = 10;

/** Where a search starts, and when it ends. */
export interface Walk {
  readonly starts: readonly Values[];
  readonly thresholds: readonly Threshold[];
  readonly limit: number;
}

/** Walks on from whatever nothing else beats, one threshold one step at a time. */
export function explore(
  { starts, thresholds, limit }: Walk,
  attempt: (values: Values) => Tried | null,
): readonly Tried[] {
  const seen = new Set<string>();
  const tried: Tried[] = [];
  const grown = new Set<Tried>();
  function go(values: Values): void {
    const key = values.join(' ');
    if (seen.has(key) || tried.length >= limit) return;
    seen.add(key);
    const one = attempt(values);
    if (one) tried.push(one);
  }
  for (const values of starts) go(values);
  for (;;) {
    const open = tried.filter(
      (one) => !grown.has(one) && !tried.some((other) => beats(other.learnt, one.learnt)),
    );
    if (open.length === 0 || tried.length >= limit) return tried;
    for (const one of open) {
      grown.add(one);
      for (const next of neighboursOf(one.values, thresholds)) go(next);
    }
  }
}

/** Every combination of the least, the middle and the greatest value of each threshold. */
export function cornersOf(thresholds: readonly Threshold[]): readonly Values[] {
  let corners: readonly Values[] = [[]];
  for (const { values } of thresholds) {
    const three = [0, values.length >> 1, values.length - 1].flatMap((at) => values[at] ?? []);
    if (corners.length * three.length > mostCorners) return [];
    corners = corners.flatMap((corner) => three.map((value) => [...corner, value]));
  }
  return corners;
}

function neighboursOf(values: Values, thresholds: readonly Threshold[]): readonly Values[] {
  return thresholds.flatMap((threshold, at) => {
    const place = threshold.values.indexOf(values[at] ?? Number.NaN);
    return [place - 1, place + 1]
      .flatMap((next) => threshold.values[next] ?? [])
      .map((value) => values.with(at, value));
  });
}

/** Of points that yield the same the first; of many, some from end to end and those nearest to a rival. */
export function spread(points: readonly Tried[], rivals: readonly Yield[]): readonly Tried[] {
  const distinct = new Map<string, Tried>();
  for (const point of points) {
    const key = `${point.learnt.held} ${point.learnt.minutes}`;
    if (!distinct.has(key)) distinct.set(key, point);
  }
  const ordered = [...distinct.values()].sort((a, b) => a.learnt.minutes - b.learnt.minutes);
  if (ordered.length <= mostPoints) return ordered;
  const last = ordered.length - 1;
  const places = Array.from({ length: mostPoints }, (_, at) =>
    Math.round((at * last) / (mostPoints - 1)),
  );
  const near = rivals.flatMap(({ held, minutes }) => [
    ordered.findIndex(({ learnt }) => learnt.held >= held),
    ordered.findLastIndex(({ learnt }) => learnt.minutes <= minutes),
  ]);
  const shown = new Set([...places, ...near]);
  return ordered.filter((_, at) => shown.has(at));
}
