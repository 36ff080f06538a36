/** How well an order puts bad changes first. */
export interface OrderFigures {
  /** Chance, 0 to 1, that a bad change stands before a good one; ties count half. Null without both kinds. */
  readonly auc: number | null;
  /** Share of the bad changes found by reading in this order until a fifth of all lines is read. */
  readonly recall20: number | null;
}

/** A change with what it is ordered by. */
export interface Ordered {
  readonly score: number;
  readonly bad: boolean;
  readonly lines: number;
}

const effortShare = 0.2;

/** Measures an order of changes, highest score first. */
export function orderFigures(changes: readonly Ordered[]): OrderFigures {
  const bad = changes.filter((change) => change.bad).length;
  if (bad === 0 || bad === changes.length) return { auc: null, recall20: null };
  return { auc: areaUnder(changes, bad), recall20: recallAtEffort(changes, bad) };
}

function areaUnder(changes: readonly Ordered[], bad: number): number {
  const order = changes.toSorted((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && order[to]?.score === order[from]?.score) to += 1;
    const rank = (from + to + 1) / 2;
    rankSum += rank * order.slice(from, to).filter((change) => change.bad).length;
    from = to;
  }
  return (rankSum - (bad * (bad + 1)) / 2) / (bad * (changes.length - bad));
}

function recallAtEffort(changes: readonly Ordered[], bad: number): number {
  const order = changes.toSorted((a, b) => b.score - a.score);
  const effort = effortShare * order.reduce((sum, { lines }) => sum + lines, 0);
  let [read, found] = [0, 0];
  for (const change of order) {
    read += change.lines;
    if (read > effort) break;
    if (change.bad) found += 1;
  }
  return found / bad;
}
