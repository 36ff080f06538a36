import type { Policy } from '../policy/policy.ts';
import { costOf, usualPace } from './cost.ts';
import type { Cost, Pace } from './cost.ts';
import type { Outcome } from './fact.ts';
import type { Ground } from './policies-ground.ts';
import { replayPolicy, watchedSpan } from './policies.ts';
import type { Owed, Span } from './policies.ts';
import { ratioRange, rateOf } from './report-rates.ts';

/** Chance, 0 to 1, that whoever reads a bad change closely sees what is wrong: from and to. */
export type CatchChance = readonly [low: number, high: number];

/**
 * Whether somebody else would have caught a fault that somebody overlooked cannot be known from history, so a range is
 * assumed and said.
 */
export const usualCatch: CatchChance = [0.3, 0.7];

/** A policy by name. */
export interface Candidate {
  readonly name: string;
  readonly policy: Policy;
  /** It singles out AI-assisted changes by nothing else than that. */
  readonly aiAlone?: boolean;
}

/** What one policy would have held, and at what cost. */
export interface PolicyResult extends Candidate {
  readonly changes: number;
  readonly escalated: number;
  /** Of the escalated, those that a finding stops. */
  readonly stopped: number;
  /** Of the escalated, those that are so only because something about them is not known. */
  readonly unsure: number;
  /** Changes that turned out bad among the escalated. */
  readonly bad: number;
  readonly caught: readonly [low: number, high: number];
  /** How often a bad change is escalated against how often any is; null when nothing can be said. */
  readonly lift: number | null;
  /** Where the true lift lies with 95 % certainty. */
  readonly liftRange: readonly [low: number, high: number] | null;
  readonly cost: Cost;
  /** People who would be given more than their reading budget in at least one week. */
  readonly overloaded: number;
  readonly owed: ReadonlyMap<number, Owed>;
}

/** What a result is made from besides the policy. */
export interface Trial {
  readonly ground: Ground;
  readonly outcomes: readonly Outcome[];
  readonly span: Span;
  readonly chance?: CatchChance;
  readonly pace?: Pace;
}

/** Runs a policy over a span of history. */
export function resultOf(
  { name, policy, aiAlone = false }: Candidate,
  { ground, outcomes, span, chance = usualCatch, pace = usualPace }: Trial,
): PolicyResult {
  const owed = replayPolicy(policy, ground, span);
  const cost = costOf(owed, { policy, ground }, pace);
  const counts = { escalated: 0, stopped: 0, unsure: 0, bad: 0 };
  const judged = { bad: 0, judged: 0, held: 0, allBad: 0 };
  const [, watched] = watchedSpan(outcomes, span);
  for (const [index, { hold, certain }] of owed) {
    const held = hold === 'escalated' || hold === 'stopped';
    const verdict = outcomes[index]?.verdict ?? 'unknown';
    if (held) counts.escalated += 1;
    if (hold === 'stopped') counts.stopped += 1;
    if (held && !certain) counts.unsure += 1;
    if (held && verdict === 'bad') counts.bad += 1;
    if (verdict === 'unknown' || index >= watched) continue;
    judged.judged += 1;
    if (held) judged.held += 1;
    if (verdict === 'bad') judged.allBad += 1;
    if (held && verdict === 'bad') judged.bad += 1;
  }
  const { escalated, stopped, unsure, bad } = counts;
  return {
    name,
    policy,
    aiAlone,
    changes: owed.size,
    escalated,
    stopped,
    unsure,
    bad,
    caught: [bad * chance[0], bad * chance[1]],
    lift: liftOf(judged, judged.bad / judged.allBad),
    liftRange: liftRangeOf(judged),
    cost,
    overloaded: cost.people.filter(({ weeksOver }) => weeksOver > 0).length,
    owed,
  };
}

type Counts = Readonly<Record<'bad' | 'allBad' | 'held' | 'judged', number>>;

function liftOf({ allBad, held, judged }: Counts, share: number): number | null {
  return allBad === 0 || held === 0 ? null : share / (held / judged);
}

function liftRangeOf(counts: Counts): readonly [number, number] | null {
  const { low, high } = rateOf({ changes: 0, known: counts.allBad, bad: counts.bad });
  const [from, to] = [liftOf(counts, low), liftOf(counts, high)];
  return from === null || to === null ? null : [from, to];
}

/** Outcomes of a span, counted. */
export interface OutcomeCounts {
  readonly bad: number;
  readonly reverted: number;
  readonly fixed: number;
  readonly hotfixed: number;
  readonly incidents: number;
  readonly clean: number;
  readonly unknown: number;
}

/** Counts how changes turned out. */
export function countOutcomes(outcomes: readonly Outcome[], [from, to]: Span): OutcomeCounts {
  const inside = outcomes.slice(from, to);
  function count(fits: (outcome: Outcome) => boolean): number {
    return inside.filter(fits).length;
  }
  return {
    bad: count(({ verdict }) => verdict === 'bad'),
    reverted: count(({ verdict, kind }) => verdict === 'bad' && kind === 'reverted'),
    fixed: count(({ verdict, kind }) => verdict === 'bad' && kind === 'fixed'),
    hotfixed: count(({ verdict, kind }) => verdict === 'bad' && kind === 'hotfixed'),
    incidents: count(({ verdict, kind }) => verdict === 'bad' && kind === 'incident'),
    clean: count(({ verdict }) => verdict === 'clean'),
    unknown: count(({ verdict }) => verdict === 'unknown'),
  };
}

/** One guard, measured: how often it spoke on changes that turned out bad, against those that did not. */
export interface GuardLift {
  readonly guard: string;
  /** Changes it spoke on, also those whose outcome is not known. */
  readonly fired: number;
  readonly firedOnBad: number;
  readonly firedOnClean: number;
  /** Its rate on bad changes over its rate on clean ones; null when it never spoke on a clean one or none is known. */
  readonly lift: number | null;
  /** Where the true lift lies with 95 % certainty, also where it never spoke on one of the two; null when a kind is not known. */
  readonly liftRange: readonly [low: number, high: number] | null;
}

/** Measures guards where they were asked; empty when they were not. */
export function guardLifts({ ground, outcomes, span }: Trial): readonly GuardLift[] {
  const fired = new Map<string, { bad: number; clean: number; all: number }>();
  const asked = { bad: 0, clean: 0 };
  const [, watched] = watchedSpan(outcomes, span);
  for (let index = span[0]; index < span[1]; index += 1) {
    const findings = ground.facts[index]?.findings ?? null;
    if (findings === null) continue;
    const verdict = index < watched ? (outcomes[index]?.verdict ?? 'unknown') : 'unknown';
    if (verdict !== 'unknown') asked[verdict] += 1;
    for (const guard of new Set(findings.map((finding) => finding.guard))) {
      const own = fired.get(guard) ?? { bad: 0, clean: 0, all: 0 };
      own.all += 1;
      if (verdict !== 'unknown') own[verdict] += 1;
      fired.set(guard, own);
    }
  }
  return [...fired]
    .map(([guard, { bad, clean, all }]) => ({
      guard,
      fired: all,
      firedOnBad: bad,
      firedOnClean: clean,
      lift: clean === 0 || asked.bad === 0 ? null : bad / asked.bad / (clean / asked.clean),
      liftRange: liftRange([bad, asked.bad], [clean, asked.clean]),
    }))
    .sort((a, b) => b.fired - a.fired || (a.guard < b.guard ? -1 : 1));
}

type Share = readonly [hits: number, all: number];

/** A guard that never spoke where the outcome is known says nothing, and one that never spoke on a bad change may have no lift at all. */
function liftRange(bad: Share, clean: Share): readonly [number, number] | null {
  if (bad[0] + clean[0] === 0) return null;
  const range = ratioRange(bad, clean);
  return range === null || bad[0] > 0 ? range : [0, range[1]];
}
