import type { Gap } from '../change/change.ts';
import type { Load } from '../replay/cost-desks.ts';
import type { GuardLift, OutcomeCounts, PolicyResult } from '../replay/policies-result.ts';
import type { OrderFigures, RiskFigures } from '../replay/report-risk.ts';
import type { Replay } from './replay-one.ts';

/** What `replay --format json` prints; described in docs/json.md. */
export interface ReplayJson {
  readonly schema: 'hallmonitor/replay/v1';
  readonly changes: number;
  readonly head: string | null;
  readonly branch: string | null;
  /** Unix seconds of the first and the last change that count. */
  readonly from: number | null;
  readonly to: number | null;
  readonly outcomes: OutcomeCounts;
  readonly risk: RiskJson;
  readonly policies: readonly PolicyJson[];
  readonly guards: readonly GuardLift[];
  readonly assumptions: {
    readonly catch: readonly [low: number, high: number];
    readonly linesPerHour: number;
    readonly leastMinutes: number;
    readonly observeDays: number;
  };
  readonly notChecked: readonly Gap[];
  readonly timings: Readonly<Record<string, number>>;
}

type RiskJson = Omit<RiskFigures, 'says' | 'bad'>;

/** A result in rounded numbers. */
interface PolicyJson
  extends
    Omit<PolicyResult, 'policy' | 'aiAlone' | 'cost' | 'owed'>,
    Omit<PolicyResult['cost'], 'people'> {
  readonly people: readonly (Omit<Load, 'person'> & {
    readonly email: string;
    readonly name: string;
  })[];
}

/** People with most to read who are listed; everybody is counted. */
const mostPeople = 50;

/** A replay of one repository as data. */
export function replayJson(replay: Replay): ReplayJson {
  const { history, counts, risk, results, guards, chance, pace } = replay;
  const { facts, span, timings, head, branch } = history;
  return {
    schema: 'hallmonitor/replay/v1',
    changes: span[1] - span[0],
    head,
    branch,
    from: facts[span[0]]?.landedAt ?? null,
    to: facts[span[1] - 1]?.landedAt ?? null,
    outcomes: counts,
    risk: riskJson(risk),
    policies: results.map(policyJson),
    guards: guards.map(guardJson),
    assumptions: {
      catch: chance,
      linesPerHour: pace.linesPerHour,
      leastMinutes: pace.leastMinutes,
      observeDays: history.observeDays,
    },
    notChecked: history.gaps,
    timings: {
      facts_ms: Math.round(timings.factsMs),
      outcomes_ms: Math.round(timings.outcomesMs),
      policies_ms: Math.round(replay.timings.policiesMs),
      total_ms: Math.round(replay.timings.totalMs),
      facts_read: timings.read,
      facts_from_cache: timings.fromCache,
    },
  };
}

function guardJson({ liftRange, ...guard }: GuardLift): GuardLift {
  return {
    ...guard,
    lift: rounded(guard.lift),
    liftRange: liftRange && [hundredths(liftRange[0]), hundredths(liftRange[1])],
  };
}

function riskJson(risk: RiskFigures): RiskJson {
  const { added, fewest, random } = risk.baselines;
  return {
    ...figuresJson(risk),
    model: risk.model,
    order: risk.order,
    heldOut: risk.heldOut,
    captured20: rounded(risk.captured20),
    aucRange: risk.aucRange && [hundredths(risk.aucRange[0]), hundredths(risk.aucRange[1])],
    baselines: {
      added: figuresJson(added),
      fewest: figuresJson(fewest),
      random: figuresJson(random),
    },
  };
}

function figuresJson({ auc, recall20 }: OrderFigures): OrderFigures {
  return { auc: rounded(auc), recall20: rounded(recall20) };
}

/** One policy of a replay as data. */
export function policyJson(result: PolicyResult): PolicyJson {
  const { cost, caught } = result;
  return {
    name: result.name,
    changes: result.changes,
    escalated: result.escalated,
    stopped: result.stopped,
    unsure: result.unsure,
    bad: result.bad,
    caught: [tenths(caught[0]), tenths(caught[1])],
    lift: rounded(result.lift),
    liftRange:
      result.liftRange === null
        ? null
        : [hundredths(result.liftRange[0]), hundredths(result.liftRange[1])],
    reviewerMinutes: Math.round(cost.reviewerMinutes),
    closeMinutes: Math.round(cost.closeMinutes),
    minutesBy: cost.minutesBy.map(({ from, minutes }) => ({ from, minutes: Math.round(minutes) })),
    delayHours: Math.round(cost.delayHours),
    unanswered: cost.unanswered,
    overloaded: result.overloaded,
    people: cost.people.slice(0, mostPeople).map(loadJson),
  };
}

function loadJson({ person, changes, minutes, weeksOver, busiestWeekMinutes }: Load) {
  return {
    email: person.email,
    name: person.name,
    changes,
    minutes: Math.round(minutes),
    weeksOver,
    busiestWeekMinutes: Math.round(busiestWeekMinutes),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** One repository of many: what came of it, or why nothing did. */
export interface RepositoryRow {
  readonly folder: string;
  readonly result: ReplayJson | Error;
}

/** Several repositories as data: the sums in the shape of one, and each by itself. */
export function repositoriesJson(rows: readonly RepositoryRow[]): object {
  const { done, failed } = sorted(rows);
  const changes = sum(done.map(({ result }) => result.changes));
  return {
    schema: 'hallmonitor/replay/v1',
    changes,
    outcomes: sumOutcomes(done.map(({ result }) => result.outcomes)),
    risk: meanRisk(done.map(({ result }) => result.risk)),
    policies: joinPolicies(done.map(({ result }) => result)),
    repositories: done.map(({ folder, result }) => ({ folder, ...result })),
    notChecked: failed.map(({ folder, result }) => ({ what: folder, why: result.message })),
    timings: { total_ms: sum(done.map(({ result }) => result.timings['total_ms'] ?? 0)) },
  };
}

/** Those that were replayed, and those that could not be. */
export function sorted(rows: readonly RepositoryRow[]): {
  readonly done: readonly { readonly folder: string; readonly result: ReplayJson }[];
  readonly failed: readonly { readonly folder: string; readonly result: Error }[];
} {
  return {
    done: rows.flatMap(({ folder, result }) =>
      result instanceof Error ? [] : [{ folder, result }],
    ),
    failed: rows.flatMap(({ folder, result }) =>
      result instanceof Error ? [{ folder, result }] : [],
    ),
  };
}

function sumOutcomes(all: readonly OutcomeCounts[]): OutcomeCounts {
  return {
    bad: sum(all.map(({ bad }) => bad)),
    reverted: sum(all.map(({ reverted }) => reverted)),
    fixed: sum(all.map(({ fixed }) => fixed)),
    hotfixed: sum(all.map(({ hotfixed }) => hotfixed)),
    incidents: sum(all.map(({ incidents }) => incidents)),
    clean: sum(all.map(({ clean }) => clean)),
    unknown: sum(all.map(({ unknown }) => unknown)),
  };
}

// Scores of different repositories must not be put into one order, so their figures are averaged.
function meanRisk(all: readonly RiskJson[]): object {
  const { added, fewest, random } = {
    added: all.map(({ baselines }) => baselines.added),
    fewest: all.map(({ baselines }) => baselines.fewest),
    random: all.map(({ baselines }) => baselines.random),
  };
  return {
    ...meanFigures(all),
    baselines: {
      added: meanFigures(added),
      fewest: meanFigures(fewest),
      random: meanFigures(random),
    },
    heldOut: sum(all.map(({ heldOut }) => heldOut)),
  };
}

function meanFigures(all: readonly OrderFigures[]): OrderFigures {
  return {
    auc: mean(all.map(({ auc }) => auc)),
    recall20: mean(all.map(({ recall20 }) => recall20)),
  };
}

/** Policies of several repositories by their place: own with own, each comparison with its like. */
export function joinPolicies(results: readonly ReplayJson[]): readonly PolicyJson[] {
  const places = Math.max(0, ...results.map(({ policies }) => policies.length));
  return Array.from({ length: places }, (_, place) => {
    const all = results.flatMap(({ policies }) => policies[place] ?? []);
    const names = [...new Set(all.map(({ name }) => name))];
    return {
      name: names.join(' or '),
      changes: sum(all.map(({ changes }) => changes)),
      escalated: sum(all.map(({ escalated }) => escalated)),
      stopped: sum(all.map(({ stopped }) => stopped)),
      unsure: sum(all.map(({ unsure }) => unsure)),
      bad: sum(all.map(({ bad }) => bad)),
      caught: [
        tenths(sum(all.map(({ caught }) => caught[0]))),
        tenths(sum(all.map(({ caught }) => caught[1]))),
      ] as const,
      lift: mean(all.map(({ lift }) => lift)),
      liftRange: null,
      reviewerMinutes: sum(all.map(({ reviewerMinutes }) => reviewerMinutes)),
      closeMinutes: sum(all.map(({ closeMinutes }) => closeMinutes)),
      minutesBy: [],
      delayHours: sum(all.map(({ delayHours }) => delayHours)),
      unanswered: sum(all.map(({ unanswered }) => unanswered)),
      overloaded: sum(all.map(({ overloaded }) => overloaded)),
      people: [],
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : rounded(sum(known) / known.length);
}
