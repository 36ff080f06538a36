import type { Span } from './policies.ts';

/** What a policy did with the changes of one part of the history. */
export interface Yield {
  readonly changes: number;
  readonly escalated: number;
  readonly bad: number;
  /** Bad changes that it escalated or stopped. */
  readonly held: number;
  /** Reading beyond one ordinary reviewer. */
  readonly minutes: number;
}

/** What a policy did with one change; null where there is none. */
type Told = { readonly held: boolean; readonly bad: boolean; readonly minutes: number } | null;

/** Adds up what a policy did over a span. */
export function yieldOf([from, to]: Span, tell: (index: number) => Told): Yield {
  let [changes, escalated, bad, held, minutes] = [0, 0, 0, 0, 0];
  for (let index = from; index < to; index += 1) {
    const told = tell(index);
    if (told === null) continue;
    changes += 1;
    if (told.held) escalated += 1;
    if (told.bad) bad += 1;
    if (told.held && told.bad) held += 1;
    minutes += told.minutes;
  }
  return { changes, escalated, bad, held, minutes };
}

/** At least as good in both respects and better in one. */
export function beats(
  one: Pick<Yield, 'held' | 'minutes'>,
  other: Pick<Yield, 'held' | 'minutes'>,
): boolean {
  return (
    one.held >= other.held &&
    one.minutes <= other.minutes &&
    (one.held > other.held || one.minutes < other.minutes)
  );
}
