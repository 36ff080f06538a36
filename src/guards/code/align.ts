import type { Token } from './tokens.ts';

/** A run of tokens that went, and the run that stands in its place. */
export interface Run {
  readonly gone: readonly Token[];
  readonly came: readonly Token[];
  /** The tokens that stayed before and after the run, as they are after the change. */
  readonly left: Token | null;
  readonly right: Token | null;
}

export interface Alignment {
  readonly runs: readonly Run[];
  readonly kept: number;
}

/** Pairs of tokens that one alignment may compare. */
const mostCells = 1_000_000;

/** What became of one list of tokens in another; null when they are too long to compare. */
export function align(before: readonly Token[], after: readonly Token[]): Alignment | null {
  const start = sameStart(before, after);
  const end = sameEnd(before.slice(start), after.slice(start));
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  if (old.length * now.length > mostCells) return null;
  const middle = matches(old, now).map(([i, j]) => [i + start, j + start] as const);
  const head = range(start).map((at) => [at, at] as const);
  const tail = range(end).map((at) => [before.length - end + at, after.length - end + at] as const);
  const pairs = [...head, ...middle, ...tail];
  return { runs: runsBetween(pairs, before, after), kept: pairs.length };
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function sameStart(a: readonly Token[], b: readonly Token[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count]?.text === b[count]?.text) count += 1;
  return count;
}

function sameEnd(a: readonly Token[], b: readonly Token[]): number {
  let count = 0;
  const most = Math.min(a.length, b.length);
  while (count < most && a[a.length - 1 - count]?.text === b[b.length - 1 - count]?.text)
    count += 1;
  return count;
}

type Match = readonly [number, number];

// Words weigh more than signs, and a match that follows a match a little more: runs stay whole.
function matches(old: readonly Token[], now: readonly Token[]): readonly Match[] {
  const width = now.length + 1;
  const best = new Int32Array((old.length + 1) * width);
  const matched = new Int32Array((old.length + 1) * width);
  for (let i = 1; i <= old.length; i += 1) {
    const token = old[i - 1]?.text ?? '';
    const weight = /^\w/.test(token) ? 4 : 2;
    for (let j = 1; j <= now.length; j += 1) {
      const at = i * width + j;
      const diagonal = at - width - 1;
      if (token === now[j - 1]?.text) {
        const follows = matched[diagonal] ?? 0;
        const score = Math.max(follows > 0 ? follows + 1 : 0, best[diagonal] ?? 0) + weight;
        matched[at] = score;
      }
      best[at] = Math.max(matched[at] ?? 0, best[at - 1] ?? 0, best[at - width] ?? 0);
    }
  }
  return trace({ best, matched, width, old });
}

interface Table {
  readonly best: Int32Array;
  readonly matched: Int32Array;
  readonly width: number;
  readonly old: readonly Token[];
}

function trace({ best, matched, width, old }: Table): readonly Match[] {
  const found: Match[] = [];
  let i = old.length;
  let j = width - 1;
  let mustMatch = false;
  while (i > 0 && j > 0) {
    const at = i * width + j;
    const score = matched[at] ?? 0;
    if (mustMatch || (score > 0 && score === best[at])) {
      const diagonal = at - width - 1;
      const weight = /^\w/.test(old[i - 1]?.text ?? '') ? 4 : 2;
      const follows = matched[diagonal] ?? 0;
      mustMatch = follows > 0 && follows + 1 + weight === score;
      found.push([i - 1, j - 1]);
      i -= 1;
      j -= 1;
    } else if (best[at] === best[at - 1]) j -= 1;
    else i -= 1;
  }
  return found.reverse();
}

function runsBetween(
  pairs: readonly Match[],
  before: readonly Token[],
  after: readonly Token[],
): readonly Run[] {
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  for (const [oldAt, newAt] of [...pairs, [before.length, after.length] as const]) {
    if (oldAt > i || newAt > j) {
      const shift = isChained(before, i, oldAt) && isChained(after, j, newAt) ? 1 : 0;
      const gone = oldAt > i ? before.slice(i - shift, oldAt - shift) : [];
      const came = newAt > j ? after.slice(j - shift, newAt - shift) : [];
      const left = after[j - 1 - shift] ?? null;
      runs.push({ gone, came, left, right: after[newAt - shift] ?? null });
    }
    [i, j] = [oldAt + 1, newAt + 1];
  }
  return runs;
}

// `.limit(5)` is one piece, not `limit(5).`: a run that could as well start at the dot does so. Empty runs agree.
function isChained(tokens: readonly Token[], from: number, to: number): boolean {
  const dot = tokens[from - 1]?.text ?? '';
  if (!/^(?:\.|\?\.|->)$/.test(dot)) return false;
  return from === to || tokens[to - 1]?.text === dot;
}
