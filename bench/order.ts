/** Chance, 0 to 1, that a bad change scores higher than a good one; ties count half. */
export function areaUnderCurve(scores: readonly number[], bad: readonly boolean[]): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  const positives = bad.filter(Boolean).length;
  let rankSum = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    const rank = (from + to + 1) / 2;
    for (let index = from; index < to; index++) if (bad[order[index]!]) rankSum += rank;
    from = to;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (scores.length - positives));
}

/** Share of the bad changes that are among the `share` of changes with the highest scores. */
export function captureAt(
  scores: readonly number[],
  bad: readonly boolean[],
  share: number,
): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const gated = order.slice(0, Math.round(share * order.length));
  return gated.filter((index) => bad[index]).length / bad.filter(Boolean).length;
}
