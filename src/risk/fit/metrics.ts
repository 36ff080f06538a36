/** One change as it was judged and as it turned out. */
export interface Judged {
  /** The higher the riskier; a probability where Brier and calibration error are asked. */
  readonly score: number;
  readonly bad: boolean;
  /** Lines to read: added and deleted. */
  readonly lines: number;
}

/** Chance, 0 to 1, that a bad change scores higher than a good one; ties count half, 0.5 when there is only one kind. */
export function areaUnderCurve(scores: ArrayLike<number>, bad: readonly boolean[]): number {
  const order = ascending(scores);
  const positives = bad.filter(Boolean).length;
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  let rankSum = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    let found = 0;
    while (to < order.length && at(scores, order[to]) === at(scores, order[from])) {
      if (bad[order[to] ?? 0] === true) found++;
      to++;
    }
    rankSum += (found * (from + to + 1)) / 2;
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Share of the bad changes among the `share` with the highest scores; of equal scores as many as fit, in proportion. */
export function capturedAt(judged: readonly Judged[], share: number): number {
  const positives = judged.filter(({ bad }) => bad).length;
  if (positives === 0) return 0;
  const order = judged.toSorted((a, b) => b.score - a.score);
  const room = share * order.length;
  let captured = 0;
  for (let from = 0; from < order.length && from < room;) {
    let to = from;
    let found = 0;
    while (to < order.length && order[to]?.score === order[from]?.score) {
      if (order[to]?.bad === true) found++;
      to++;
    }
    captured += found * Math.min(1, (room - from) / (to - from));
    from = to;
  }
  return captured / positives;
}

/** How many times more bad changes there are among the riskiest `share` than among all. */
export function liftAt(judged: readonly Judged[], share: number): number {
  return capturedAt(judged, share) / share;
}

/** Mean squared distance of probability and outcome: 0 is perfect. */
export function brierScore(judged: readonly Judged[]): number {
  if (judged.length === 0) return 0;
  const sum = judged.reduce((total, { score, bad }) => total + (score - (bad ? 1 : 0)) ** 2, 0);
  return sum / judged.length;
}

const calibrationBins = 10;

/** Mean distance of said and seen rate over ten equally full groups, lowest scores first. */
export function calibrationError(judged: readonly Judged[]): number {
  if (judged.length === 0) return 0;
  const order = judged.toSorted((a, b) => a.score - b.score);
  let error = 0;
  for (let bin = 0; bin < calibrationBins; bin++) {
    const group = order.slice(
      Math.round((bin * order.length) / calibrationBins),
      Math.round(((bin + 1) * order.length) / calibrationBins),
    );
    const gap = group.reduce((sum, { score, bad }) => sum + score - (bad ? 1 : 0), 0);
    error += Math.abs(gap);
  }
  return error / order.length;
}

/** The same changes, scored by what an hour of reading finds: risk for each line. */
export function perLine(judged: readonly Judged[]): readonly Judged[] {
  return judged.map((one) => ({ ...one, score: one.score / effortOf(one) }));
}

/** Share of the bad changes met when reading the highest scores first until 20 % of all lines are read. */
export function recallAtFifthOfEffort(judged: readonly Judged[]): number {
  const positives = judged.filter(({ bad }) => bad).length;
  if (positives === 0) return 0;
  const budget = 0.2 * judged.reduce((sum, one) => sum + effortOf(one), 0);
  let read = 0;
  let found = 0;
  for (const one of judged.toSorted((a, b) => b.score - a.score)) {
    read += effortOf(one);
    if (read > budget) break;
    if (one.bad) found++;
  }
  return found / positives;
}

/** Area under "bad changes found by lines read", 0 for the worst order and 1 for the best there is. */
export function popt(judged: readonly Judged[]): number {
  const ideal = judged.toSorted(
    (a, b) => Number(b.bad) - Number(a.bad) || effortOf(a) - effortOf(b),
  );
  const best = areaByEffort(ideal);
  const worst = areaByEffort(ideal.toReversed());
  if (best === worst) return 0.5;
  const mine = areaByEffort(judged.toSorted((a, b) => b.score - a.score));
  return (mine - worst) / (best - worst);
}

function areaByEffort(order: readonly Judged[]): number {
  const effort = order.reduce((sum, one) => sum + effortOf(one), 0);
  const positives = order.filter(({ bad }) => bad).length;
  let found = 0;
  let area = 0;
  for (const one of order) {
    const before = found;
    if (one.bad) found++;
    area += effortOf(one) * ((before + found) / 2);
  }
  return positives === 0 ? 0 : area / effort / positives;
}

/** A change of no line still has to be opened. */
function effortOf({ lines }: Judged): number {
  return Math.max(1, lines);
}

/** Indices by value, lowest first; equal values in the order given. */
function ascending(scores: ArrayLike<number>): Int32Array {
  return Int32Array.from(scores, (_, index) => index).sort((a, b) => at(scores, a) - at(scores, b));
}

function at(scores: ArrayLike<number>, index: number | undefined): number {
  return scores[index ?? 0] ?? 0;
}
