import { createHash } from 'node:crypto';

/** Rules are written while looking at one half of a suite, and measured on the other; the path alone decides which. */
export type Half = 'tuning' | 'checking';

/** The half a file of a suite belongs to. */
export function halfOf(path: string): Half {
  return (createHash('sha256').update(path).digest()[0] ?? 0) % 2 === 0 ? 'tuning' : 'checking';
}

/** How many cases a guard judged as their suite does. */
export interface Tally {
  caught: number;
  missed: number;
  quiet: number;
  false: number;
}

/** An empty tally for each half. */
export function tallies(): Record<Half, Tally> {
  return { tuning: empty(), checking: empty() };
}

function empty(): Tally {
  return { caught: 0, missed: 0, quiet: 0, false: 0 };
}

/** Counts one case. */
export function count(tally: Tally, expected: boolean, found: boolean): void {
  if (expected) tally[found ? 'caught' : 'missed'] += 1;
  else tally[found ? 'false' : 'quiet'] += 1;
}
