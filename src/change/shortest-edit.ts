/** How much work a line diff may be before the rest counts as replaced in one block. */
export interface DiffLimits {
  /** Edits (added plus removed lines) searched for exactly in one stretch; more, and unique lines are anchors. */
  readonly edits: number;
}

/** Two texts as numbered lines, and which of them the other side does not have. */
export interface Marks {
  readonly old: Int32Array;
  readonly now: Int32Array;
  readonly removed: Uint8Array;
  readonly added: Uint8Array;
  readonly limits: DiffLimits;
}

interface Stretch {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Marks the lines that differ, in a shortest edit where the limits allow to look for one. */
export function markDifferences(marks: Marks): void {
  const { old, now } = marks;
  // Stretches still to do are a list, not recursion: the input decides how many there are.
  const todo: Stretch[] = [{ oldFrom: 0, oldTo: old.length, newFrom: 0, newTo: now.length }];
  for (let stretch = todo.pop(); stretch !== undefined; stretch = todo.pop()) {
    const core = withoutEqualEnds(marks, stretch);
    const { oldFrom, oldTo, newFrom, newTo } = core;
    if (oldFrom === oldTo || newFrom === newTo) replaceAll(marks, core);
    else if (!searchExactly(marks, core)) {
      const parts = betweenAnchors(marks, core);
      if (parts === null) replaceAll(marks, core);
      else for (const part of parts) todo.push(part);
    }
  }
}

function withoutEqualEnds({ old, now }: Marks, stretch: Stretch): Stretch {
  let { oldFrom, oldTo, newFrom, newTo } = stretch;
  while (oldFrom < oldTo && newFrom < newTo && old[oldFrom] === now[newFrom]) {
    oldFrom++;
    newFrom++;
  }
  while (oldFrom < oldTo && newFrom < newTo && old[oldTo - 1] === now[newTo - 1]) {
    oldTo--;
    newTo--;
  }
  return { oldFrom, oldTo, newFrom, newTo };
}

function replaceAll({ removed, added }: Marks, { oldFrom, oldTo, newFrom, newTo }: Stretch): void {
  removed.fill(1, oldFrom, oldTo);
  added.fill(1, newFrom, newTo);
}

/** Myers' greedy search for the shortest edit; false when it is longer than the limit. */
function searchExactly(marks: Marks, stretch: Stretch): boolean {
  const { old, now, limits } = marks;
  const { oldFrom, newFrom } = stretch;
  const oldCount = stretch.oldTo - oldFrom;
  const newCount = stretch.newTo - newFrom;
  const most = Math.min(oldCount + newCount, limits.edits);
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trace.push(reach.slice(most - edits, most + edits + 3));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(reach, most + k) < at(reach, most + k + 2));
      let x = down ? at(reach, most + k + 2) : at(reach, most + k) + 1;
      let y = x - k;
      while (x < oldCount && y < newCount && old[oldFrom + x] === now[newFrom + y]) {
        x++;
        y++;
      }
      reach[most + k + 1] = x;
      if (x >= oldCount && y >= newCount) {
        walkBack(marks, stretch, trace);
        return true;
      }
    }
  }
  return false;
}

/** `trace[d]` holds, before step d, how far each diagonal from -d - 1 to d + 1 had come. */
function walkBack(marks: Marks, stretch: Stretch, trace: readonly Int32Array[]): void {
  let x = stretch.oldTo - stretch.oldFrom;
  let y = stretch.newTo - stretch.newFrom;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const reach = trace[edits] ?? new Int32Array(0);
    const k = x - y;
    const left = at(reach, edits + k);
    const right = at(reach, edits + k + 2);
    const down = k === -edits || (k !== edits && left < right);
    x = down ? right : left;
    y = x - (down ? k + 1 : k - 1);
    if (down) marks.added[stretch.newFrom + y] = 1;
    else marks.removed[stretch.oldFrom + x] = 1;
  }
}

/** The stretches between lines that stand exactly once on either side, in their longest common order. */
function betweenAnchors({ old, now }: Marks, stretch: Stretch): readonly Stretch[] | null {
  const places = new Map<number, { old: number; now: number; twice: boolean }>();
  for (let index = stretch.oldFrom; index < stretch.oldTo; index++) {
    const seen = places.get(at(old, index));
    if (seen === undefined) places.set(at(old, index), { old: index, now: -1, twice: false });
    else seen.twice = true;
  }
  for (let index = stretch.newFrom; index < stretch.newTo; index++) {
    const seen = places.get(at(now, index));
    if (seen === undefined) continue;
    if (seen.now >= 0) seen.twice = true;
    seen.now = index;
  }
  const pairs = [...places.values()].filter((place) => place.now >= 0 && !place.twice);
  if (pairs.length === 0) return null;
  const parts: Stretch[] = [];
  let { oldFrom, newFrom } = stretch;
  for (const pair of longestRise(pairs)) {
    parts.push({ oldFrom, oldTo: pair.old, newFrom, newTo: pair.now });
    oldFrom = pair.old + 1;
    newFrom = pair.now + 1;
  }
  return [...parts, { oldFrom, oldTo: stretch.oldTo, newFrom, newTo: stretch.newTo }];
}

type Pair = { readonly old: number; readonly now: number };

/** The longest run of pairs (they come in old order) that is in new order too. */
function longestRise(pairs: readonly Pair[]): readonly Pair[] {
  const tails: { readonly pair: Pair; readonly before: number }[] = [];
  const ends: number[] = [];
  for (const pair of pairs) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[ends[middle] ?? 0]?.pair.now ?? 0) < pair.now) low = middle + 1;
      else high = middle;
    }
    tails.push({ pair, before: low === 0 ? -1 : (ends[low - 1] ?? -1) });
    ends[low] = tails.length - 1;
  }
  const rise: Pair[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = tails[index]?.before ?? -1) {
    const tail = tails[index];
    if (tail !== undefined) rise.push(tail.pair);
  }
  return rise.reverse();
}

function at(numbers: Int32Array, index: number): number {
  return numbers[index] ?? 0;
}
