import { UserError } from '../change/problems.ts';
import { usualPace, type Pace } from '../replay/cost.ts';
import {
  countOutcomes,
  guardLifts,
  resultOf,
  usualCatch,
  type CatchChance,
  type GuardLift,
  type OutcomeCounts,
  type PolicyResult,
} from '../replay/policies-result.ts';
import { riskFigures, type RiskFigures } from '../replay/report-risk.ts';
import { progressOn } from './progress.ts';
import {
  gatherHistory,
  manyChanges,
  wholeNumber,
  type History,
  type HistoryOptions,
} from './replay-history.ts';
import { candidatesFor } from './replay-policies.ts';

export interface ReplayOptions extends HistoryOptions {
  readonly policy: readonly string[];
  readonly repos?: string;
  readonly catch?: string;
  readonly readingSpeed?: string;
  readonly html?: string;
  readonly format: string;
}

/** What a replay of one repository came to. */
export interface Replay {
  readonly history: History;
  readonly chance: CatchChance;
  readonly pace: Pace;
  readonly counts: OutcomeCounts;
  readonly risk: RiskFigures;
  readonly guards: readonly GuardLift[];
  readonly results: readonly PolicyResult[];
  readonly timings: { readonly policiesMs: number; readonly totalMs: number };
}

/** Replays one repository. */
export async function replayOne(options: ReplayOptions): Promise<Replay> {
  const start = performance.now();
  const chance = readCatch(options.catch);
  const pace = {
    ...usualPace,
    linesPerHour:
      wholeNumber(options.readingSpeed, '--reading-speed', [10, 10_000]) ?? usualPace.linesPerHour,
  };
  const history = await gatherHistory(options);
  const { ground, outcomes, span } = history;
  const trial = { ground, outcomes, span, chance, pace };
  const candidates = await candidatesFor(options.policy, history.house);
  const progress = progressOn(process.stderr);
  function tell(what: string): void {
    if (history.facts.length > manyChanges) progress.long(what);
  }
  const policiesStart = performance.now();
  const results = candidates.map((candidate, at) => {
    tell(`trying policy ${at + 1} of ${candidates.length}`);
    return resultOf(candidate, trial);
  });
  const end = performance.now();
  tell('fitting a model of the risk');
  const { observeDays } = history;
  const risk = riskFigures(history.facts, outcomes, { span, observeDays });
  progress.end();
  return {
    history,
    chance,
    pace,
    counts: countOutcomes(outcomes, span),
    risk,
    guards: guardLifts(trial),
    results,
    timings: { policiesMs: end - policiesStart, totalMs: performance.now() - start },
  };
}

/** Reads `0.3-0.6` or `0.5`. */
export function readCatch(text: string | undefined): CatchChance {
  if (text === undefined) return usualCatch;
  const match = /^(0(?:\.\d{1,4})?|1(?:\.0{1,4})?)(?:-(0(?:\.\d{1,4})?|1(?:\.0{1,4})?))?$/.exec(
    text,
  );
  const low = Number(match?.[1] ?? Number.NaN);
  const high = Number(match?.[2] ?? match?.[1] ?? Number.NaN);
  if (low <= high) return [low, high];
  throw new UserError(`--catch is "${text}"`, 'Give a chance or a range of it, such as 0.3-0.7.');
}
