/** Lines from and to, 1-based, inclusive. */
export type Range = readonly [number, number];

/** Ascending, joined where they touch or overlap; ranges that are empty or not whole numbers are dropped. */
export function mergeRanges(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges
    .filter(([from, to]) => Number.isSafeInteger(from) && Number.isSafeInteger(to) && from <= to)
    .toSorted((one, other) => one[0] - other[0] || one[1] - other[1]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What two ascending lists of ranges share, ascending. */
export function commonRanges(one: readonly Range[], other: readonly Range[]): readonly Range[] {
  const common: Range[] = [];
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const a = one[left];
    const b = other[right];
    if (!a || !b) break;
    const from = Math.max(a[0], b[0]);
    const to = Math.min(a[1], b[1]);
    if (from <= to) common.push([from, to]);
    if (a[1] < b[1]) left += 1;
    else right += 1;
  }
  return common;
}
