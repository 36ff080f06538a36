import type { PolicyResult } from './policies-result.ts';
import type { Review } from './report.ts';
import type { Group } from './report.ts';

/** Something to change, with what speaks for it. */
export interface Advice {
  readonly says: string;
  readonly because: string;
}

/** What a review is made of besides how changes turned out. */
export interface AdviceFrom {
  readonly review: Review;
  readonly results: readonly PolicyResult[];
  readonly bypasses: number;
}

/** A group stands out when even the low end of its interval lies above the whole. */
const fewestBad = 5;
const leastLift = 1.2;

/** What to change, strongest first. Empty when nothing speaks clearly enough. */
export function adviceFrom({ review, results, bypasses }: AdviceFrom): readonly Advice[] {
  return [
    ...bypassAdvice(review, bypasses),
    ...policyAdvice(results),
    ...aiAdvice(review),
    ...review.areas.flatMap((area) => groupAdvice(area, review, 'The area')),
    ...review.kinds.flatMap((kind) => groupAdvice(kind, review, 'Changes of the kind')),
  ];
}

function bypassAdvice({ all }: Review, bypasses: number): readonly Advice[] {
  if (bypasses === 0 || all.changes === 0) return [];
  return [
    {
      says: 'Close the way round the gate, or say that it is allowed.',
      because: `${bypasses} of ${all.changes} changes went round it; no rule helps against what it never sees.`,
    },
  ];
}

function policyAdvice(results: readonly PolicyResult[]): readonly Advice[] {
  const [best] = results
    .filter(({ lift, bad }) => (lift ?? 0) >= leastLift && bad >= fewestBad)
    .toSorted((a, b) => (b.lift ?? 0) - (a.lift ?? 0));
  if (best === undefined) return [];
  return [
    {
      says: `Try "${best.name}" in observe mode.`,
      because: `It picks out bad changes ${(best.lift ?? 0).toFixed(1)} times as often as chance and escalates ${best.escalated} of ${best.changes}.`,
    },
  ];
}

function aiAdvice({ aiGap, ai }: Review): readonly Advice[] {
  if (aiGap === null || ai.bad < fewestBad) return [];
  if (aiGap.low > 0)
    return [
      {
        says: 'Ask more of AI-assisted changes.',
        because: `They turned out bad more often, by ${points(aiGap.low)} to ${points(aiGap.high)} points.`,
      },
    ];
  if (aiGap.high < 0) return [];
  return [
    {
      says: 'Make no rule about AI alone.',
      because: `Whether AI-assisted changes turn out bad more often cannot be told here: between ${points(aiGap.low)} and ${points(aiGap.high)} points.`,
    },
  ];
}

function groupAdvice(group: Group, { all }: Review, what: string): readonly Advice[] {
  if (group.bad < fewestBad || all.share === null || group.low <= all.share) return [];
  return [
    {
      says: `${what} "${group.name}" deserves a closer look.`,
      because: `${group.bad} of ${group.known} turned out bad, at least ${points(group.low)} % in truth, against ${points(all.share)} % of all.`,
    },
  ];
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}
