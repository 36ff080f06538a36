import type { Duration } from '../policy/phrases.ts';

const hour = 3600;
const day = 24 * hour;
const opens = 9 * hour;
const closes = 17 * hour;

// Far beyond any deadline; it bounds the walk over days.
const mostDays = 3660;

/** When a stretch of time is over. Working time runs Monday to Friday, 9 to 17 o'clock UTC. Unix seconds. */
export function deadline(from: number, { hours, working }: Duration): number {
  if (!working) return from + Math.round(hours * hour);
  let left = hours * hour;
  let at = from;
  for (let step = 0; step < mostDays && left > 0; step += 1) {
    const midnight = Math.floor(at / day) * day;
    const start = Math.max(at, midnight + opens);
    const room = isWeekday(midnight) ? Math.max(0, midnight + closes - start) : 0;
    if (left <= room) return Math.round(start + left);
    left -= room;
    at = midnight + day;
  }
  return Math.round(at);
}

// The first day of Unix time was a Thursday.
function isWeekday(midnight: number): boolean {
  const weekday = (Math.floor(midnight / day) + 4) % 7;
  return weekday !== 0 && weekday !== 6;
}
