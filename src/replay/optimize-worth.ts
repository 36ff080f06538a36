import type { Goal } from '../policy/goal.ts';
import type { Policy } from '../policy/policy.ts';
import { readWho } from '../policy/who.ts';
import type { Cost } from './cost.ts';
import type { CatchChance } from './policies-result.ts';

/** What a goal weighs. */
export interface Weighed {
  readonly cost: Cost;
  readonly escalated: number;
  readonly bad: number;
  /** Bad changes that are escalated or stopped. */
  readonly held: number;
}

/** The sum a goal keeps small; a bad change that nobody caught counts as an incident. */
export function worthOf(
  { minimize }: Goal,
  policy: Policy,
  { weighed, chance }: { readonly weighed: Weighed; readonly chance: CatchChance },
): number {
  const { cost, escalated, bad, held } = weighed;
  const measures = {
    senior_minutes: seniorMinutes(cost, policy),
    reviewer_minutes: cost.reviewerMinutes,
    delay_hours: cost.delayHours,
    incidents: bad - (held * (chance[0] + chance[1])) / 2,
    escalations: escalated,
  };
  return minimize.reduce((sum, { metric, weight }) => sum + weight * measures[metric], 0);
}

/** Minutes of those who are asked for by a level. */
function seniorMinutes({ minutesBy }: Cost, { who }: Policy): number {
  return minutesBy
    .filter(({ from }) => {
      const names = readWho(from)?.any.flat() ?? [];
      return names.some((name) => Boolean(who.get(name)?.levels) || /^[Ll]\d/.test(name));
    })
    .reduce((sum, { minutes }) => sum + minutes, 0);
}
