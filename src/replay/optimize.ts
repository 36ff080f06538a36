import type { Policy } from '../policy/policy.ts';
import type { Subject } from '../policy/subject.ts';
import { costOf, closeMinutesOf, usualPace } from './cost.ts';
import type { Cost, Pace } from './cost.ts';
import type { Outcome } from './fact.ts';
import { moved, thresholdsIn, withValues } from './optimize-thresholds.ts';
import type { Threshold } from './optimize-thresholds.ts';
import { cornersOf, explore, spread } from './optimize-walk.ts';
import type { Tried, Values } from './optimize-walk.ts';
import { momentOf } from './moment.ts';
import { worthOf } from './optimize-worth.ts';
import { beats, yieldOf } from './optimize-yield.ts';
import type { Yield } from './optimize-yield.ts';
import type { Ground } from './policies-ground.ts';
import { subjectsFor } from './policies-subject.ts';
import { usualCatch } from './policies-result.ts';
import type { CatchChance } from './policies-result.ts';
import { judging, replayPolicy } from './policies.ts';
import type { Span } from './policies.ts';

/** What is searched, and by what. */
export interface Search {
  readonly text: string;
  readonly file: string;
  readonly policy: Policy;
  readonly mayChange: readonly string[];
  readonly neverLoosen: readonly string[];
  readonly ground: Ground;
  readonly outcomes: readonly Outcome[];
  /** Changes that count; the thresholds are chosen on the first part of them and told on the rest. */
  readonly span: Span;
  readonly pace?: Pace;
  readonly chance?: CatchChance;
  /** Policies to be beaten: points that did so on the earlier changes are always told. */
  readonly rivals?: readonly Policy[];
}

/** One set of thresholds that no other beats on both safety and reading. */
export interface Point {
  /** Conditions that differ from the file, old and new. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly text: string;
  /** On the changes it was chosen by. */
  readonly chosenBy: Yield;
  /** On later changes, which had no part in choosing. */
  readonly later: Yield;
  readonly laterCost: Cost;
  /** The sum that the file's goal keeps small, where it has one: on the changes it was chosen by, and on later ones. */
  readonly worth: { readonly chosenBy: number; readonly later: number } | null;
  /** No other point is better on the later changes in both respects. */
  readonly holds: boolean;
}

/** What a search came to. */
export interface Frontier {
  readonly thresholds: readonly Threshold[];
  readonly tried: number;
  /** The file as it is. */
  readonly now: Point;
  /** Cheapest first. */
  readonly points: readonly Point[];
  /** First change that had no part in choosing. */
  readonly cut: number;
  /** What the rivals did on the changes that the points were chosen by, in their order. */
  readonly rivals: readonly Yield[];
}

/** Share of the changes by which thresholds are chosen. */
const learningShare = 0.7;
/** Policies that are tried at most, and changes that are judged for it in all. */
const mostTried = 1500;
const mostJudged = 8_000_000;
/** Changes that are used to choose; older ones say little about today. */
const mostLearnt = 20_000;

/** Searches the thresholds a file allows for those that hold most bad changes with least reading. */
export function optimize(search: Search): Frontier {
  const { span, policy } = search;
  const thresholds = thresholdsIn(policy, search);
  const cut = Math.round(span[0] + (span[1] - span[0]) * learningShare);
  const learning: Span = [Math.max(span[0], cut - mostLearnt), cut];
  const measure = learner(search, learning);
  const start = thresholds.map(({ value }) => value);
  const limit = Math.min(mostTried, Math.floor(mostJudged / Math.max(1, cut - learning[0])));
  const starts = [start, ...cornersOf(thresholds)];
  const tried = explore({ starts, thresholds, limit }, (values) => {
    const text = withValues(search.text, search.file, pairs(thresholds, values));
    return text && { values, moved: text, learnt: measure(text.policy) };
  });
  const unbeaten = tried.filter((one) => !tried.some((other) => beats(other.learnt, one.learnt)));
  const rivals = rivalsOf(search, learning);
  const best = spread(unbeaten, rivals);
  const later: Span = [cut, span[1]];
  const telling = { thresholds, search, learning, later };
  const points = best.map((one) => pointOf(one, telling));
  const own = tried[0];
  if (own === undefined) throw new Error('the policy as it is cannot be read again');
  const now = pointOf(own, telling);
  return {
    thresholds,
    tried: tried.length,
    now,
    cut,
    rivals,
    points: withHolding(points).sort((a, b) => a.later.minutes - b.later.minutes),
  };
}

function pairs(
  thresholds: readonly Threshold[],
  values: Values,
): readonly { readonly threshold: Threshold; readonly value: number }[] {
  return thresholds.map((threshold, at) => ({ threshold, value: values[at] ?? threshold.value }));
}

/** Measures policies that differ in thresholds only: what they are asked about is made once. */
function learner(search: Search, span: Span): (policy: Policy) => Yield {
  const { ground, outcomes, pace = usualPace } = search;
  const subject = subjectsFor(search.policy, ground);
  const subjects: Subject[] = [];
  for (let index = span[0]; index < span[1]; index += 1) subjects.push(subject(index));
  const until = momentOf(ground.facts, span[1]);
  return (policy) => {
    const judgeOne = judging(policy, ground);
    return yieldOf(span, (index) => {
      const fact = ground.facts[index];
      const about = subjects[index - span[0]];
      if (fact === undefined || about === undefined) return null;
      const { demands, hold } = judgeOne(fact, about);
      return {
        held: hold === 'escalated' || hold === 'stopped',
        bad: wasBad(outcomes[index], until),
        minutes: closeMinutesOf(demands, fact, pace),
      };
    });
  };
}

/** What turned out bad only after the cut was not known when the thresholds would have been chosen. */
function wasBad(outcome: Outcome | undefined, until: number): boolean {
  return outcome?.verdict === 'bad' && (outcome.at ?? 0) <= until;
}

function rivalsOf(search: Search, learning: Span): readonly Yield[] {
  return (search.rivals ?? []).map((policy) => learntOf(policy, search, learning).yields);
}

interface Telling {
  readonly thresholds: readonly Threshold[];
  readonly search: Search;
  readonly learning: Span;
  readonly later: Span;
}

function pointOf(
  { values, moved: { text, policy }, learnt }: Tried,
  { thresholds, search, learning, later }: Telling,
): Point {
  const told = toldOf(policy, search, later);
  const moves = pairs(thresholds, values)
    .filter(({ threshold, value }) => threshold.value !== value)
    .map(({ threshold, value }) => ({ from: threshold.words, to: moved(threshold, value) }));
  return {
    moves,
    text,
    chosenBy: learnt,
    later: told.yields,
    laterCost: told.cost,
    worth: worths(policy, search, [learntOf(policy, search, learning), told]),
    holds: true,
  };
}

interface Figures {
  readonly yields: Yield;
  readonly cost: Cost;
}

function learntOf(policy: Policy, search: Search, learning: Span): Figures {
  return figuresOf(policy, search, {
    span: learning,
    until: momentOf(search.ground.facts, learning[1]),
  });
}

function toldOf(policy: Policy, search: Search, later: Span): Figures {
  return figuresOf(policy, search, { span: later, until: Infinity });
}

/** The full figures of one policy, on whose desk it lands included, by what was known at a time. */
function figuresOf(
  policy: Policy,
  { ground, outcomes, pace }: Search,
  { span, until }: { readonly span: Span; readonly until: number },
): Figures {
  const owed = replayPolicy(policy, ground, span);
  const cost = costOf(owed, { policy, ground }, pace);
  const counted = yieldOf(span, (index) => {
    const hold = owed.get(index)?.hold;
    return {
      held: hold === 'escalated' || hold === 'stopped',
      bad: wasBad(outcomes[index], until),
      minutes: 0,
    };
  });
  return { yields: { ...counted, minutes: cost.closeMinutes }, cost };
}

function worths(
  policy: Policy,
  { policy: { goal }, chance = usualCatch }: Search,
  [learnt, later]: readonly [Figures, Figures],
): Point['worth'] {
  if (goal === null || goal.minimize.length === 0) return null;
  const worth = ({ yields, cost }: Figures): number =>
    worthOf(goal, policy, { weighed: { ...yields, cost }, chance });
  return { chosenBy: worth(learnt), later: worth(later) };
}

function withHolding(points: readonly Point[]): Point[] {
  return points.map((one) => ({
    ...one,
    holds: !points.some((other) => beats(other.later, one.later)),
  }));
}
