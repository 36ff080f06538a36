import type { AiEffect } from '../risk/fit/ai-effect.ts';
import type { PolicyResult } from './policies-result.ts';
import { rateOf } from './report-rates.ts';
import type { Group, Review } from './report.ts';

/** Something to change, with what speaks for it. */
export interface Advice {
  readonly says: string;
  readonly because: string;
}

/** What a review is made of besides how changes turned out. */
export interface AdviceFrom {
  readonly review: Review;
  readonly effect: AiEffect;
  readonly results: readonly PolicyResult[];
  readonly bypasses: number;
}

const fewestBad = 5;
const leastLift = 1.2;
/**
 * Two dozen groups are looked at, and one of twenty would stand out by chance at 95 %. So many deviations are the same
 * certainty for all of them together.
 */
const manyDeviations = 3;
const mostGroups = 3;

/** What to change, strongest first. Empty when nothing speaks clearly enough. */
export function adviceFrom({ review, effect, results, bypasses }: AdviceFrom): readonly Advice[] {
  return [
    ...bypassAdvice(review, bypasses),
    ...policyAdvice(results, effect),
    ...aiAdvice(effect),
    ...[
      ...review.areas.flatMap((area) => groupAdvice(area, review, 'The area')),
      ...review.kinds
        .filter(({ name }) => name !== 'other')
        .flatMap((kind) => groupAdvice(kind, review, 'The kind of change')),
    ].slice(0, mostGroups),
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

function policyAdvice(results: readonly PolicyResult[], { verdict }: AiEffect): readonly Advice[] {
  // A rule about AI alone may only have picked out the large changes.
  const aiMatters = verdict === 'more often';
  const [best] = results
    .filter(({ aiAlone }) => aiMatters || aiAlone !== true)
    .filter(
      ({ lift, liftRange, bad }) =>
        (lift ?? 0) >= leastLift && (liftRange?.[0] ?? 0) > 1 && bad >= fewestBad,
    )
    .toSorted((a, b) => (b.lift ?? 0) - (a.lift ?? 0));
  if (best === undefined) return [];
  const range = best.liftRange?.map((one) => one.toFixed(1)).join(' to ') ?? '';
  return [
    {
      says: `Try "${best.name}" in observe mode.`,
      because: `It picks out bad changes ${(best.lift ?? 0).toFixed(1)} times as often as chance (${range}) and escalates ${best.escalated} of ${best.changes}; policy optimize looks for cheaper thresholds.`,
    },
  ];
}

function aiAdvice({ verdict, difference, low, high, withAi }: AiEffect): readonly Advice[] {
  if (difference === null || low === null || high === null || withAi.bad < fewestBad) return [];
  const between = `${points(low)} to ${points(high)} points`;
  if (verdict === 'more often')
    return [
      {
        says: 'Ask more of AI-assisted changes.',
        because: `They turned out bad more often than comparable ones, by ${between}.`,
      },
    ];
  if (verdict === 'less often') return [];
  return [
    {
      says: 'Make no rule about AI alone.',
      because: `Whether AI-assisted changes turn out bad more often than comparable ones cannot be told here: the difference is ${between}.`,
    },
  ];
}

function groupAdvice(group: Group, { all }: Review, what: string): readonly Advice[] {
  const { low, share } = rateOf(group, manyDeviations);
  if (group.bad < fewestBad || all.share === null || share === null || low <= all.share) return [];
  return [
    {
      says: `${what} "${group.name}" deserves a closer look.`,
      because: `${group.bad} of ${group.known} turned out bad, ${points(share)} %, against ${points(all.share)} % of all.`,
    },
  ];
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}
