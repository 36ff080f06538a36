import type { Policy } from '../policy/policy.ts';
import type { Subject } from '../policy/subject.ts';
import { costOf, closeMinutesOf, usualPace } from './cost.ts';
import type { Cost, Pace } from './cost.ts';
import type { Outcome } from './fact.ts';
import { moved, thresholdsIn, withValues } from './optimize-thresholds.ts';
import type { Moved, Threshold } from './optimize-thresholds.ts';
import { worthOf } from './optimize-worth.ts';
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
}

/** Share of the changes by which thresholds are chosen. */
const learningShare = 0.7;
/** Policies that are tried at most, and changes that are judged for it in all. */
const mostTried = 1500;
const mostJudged = 8_000_000;
/** Combinations of far ends that a search starts from, beside the file's own values. */
const mostCorners = 200;
/** Changes that are used to choose; older ones say little about today. */
const mostLearnt = 20_000;
const mostPoints = 10;

type Values = readonly number[];

interface Tried {
  readonly values: Values;
  readonly moved: Moved;
  readonly learnt: Yield;
}

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
  const best = spread(unbeaten, rivalsOf(search, learning));
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
  // What turned out bad only after the cut was not known when the thresholds would have been chosen.
  const until = ground.facts[span[1]]?.landedAt ?? Infinity;
  return (policy) => {
    const judgeOne = judging(policy, ground);
    return yieldOf(span, (index) => {
      const fact = ground.facts[index];
      const about = subjects[index - span[0]];
      if (fact === undefined || about === undefined) return null;
      const { demands, hold } = judgeOne(fact, about);
      const outcome = outcomes[index];
      return {
        held: hold === 'escalated' || hold === 'stopped',
        bad: outcome?.verdict === 'bad' && knownAt(outcome) <= until,
        minutes: closeMinutesOf(demands, fact, pace),
      };
    });
  };
}

function knownAt(outcome: Outcome): number {
  return 'at' in outcome && typeof outcome.at === 'number' ? outcome.at : 0;
}

type Told = { readonly held: boolean; readonly bad: boolean; readonly minutes: number } | null;

function yieldOf([from, to]: Span, tell: (index: number) => Told): Yield {
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

interface Walk {
  readonly starts: readonly Values[];
  readonly thresholds: readonly Threshold[];
  readonly limit: number;
}

/** Walks on from whatever nothing else beats, one threshold one step at a time. */
function explore(
  { starts, thresholds, limit }: Walk,
  attempt: (values: Values) => Tried | null,
): readonly Tried[] {
  const seen = new Set<string>();
  const tried: Tried[] = [];
  const grown = new Set<Tried>();
  function go(values: Values): void {
    const key = values.join(' ');
    if (seen.has(key) || tried.length >= limit) return;
    seen.add(key);
    const one = attempt(values);
    if (one) tried.push(one);
  }
  for (const values of starts) go(values);
  for (;;) {
    const open = tried.filter(
      (one) => !grown.has(one) && !tried.some((other) => beats(other.learnt, one.learnt)),
    );
    if (open.length === 0 || tried.length >= limit) return tried;
    for (const one of open) {
      grown.add(one);
      for (const next of neighboursOf(one.values, thresholds)) go(next);
    }
  }
}

/** Every combination of the least, the middle and the greatest value of each threshold. */
function cornersOf(thresholds: readonly Threshold[]): readonly Values[] {
  let corners: readonly Values[] = [[]];
  for (const { values } of thresholds) {
    const three = [0, values.length >> 1, values.length - 1].flatMap((at) => values[at] ?? []);
    if (corners.length * three.length > mostCorners) return [];
    corners = corners.flatMap((corner) => three.map((value) => [...corner, value]));
  }
  return corners;
}

function neighboursOf(values: Values, thresholds: readonly Threshold[]): readonly Values[] {
  return thresholds.flatMap((threshold, at) => {
    const place = threshold.values.indexOf(values[at] ?? Number.NaN);
    return [place - 1, place + 1]
      .flatMap((next) => threshold.values[next] ?? [])
      .map((value) => values.with(at, value));
  });
}

/** At least as good in both respects and better in one. */
function beats(one: Yield, other: Yield): boolean {
  return (
    one.held >= other.held &&
    one.minutes <= other.minutes &&
    (one.held > other.held || one.minutes < other.minutes)
  );
}

function rivalsOf(search: Search, learning: Span): readonly Yield[] {
  return (search.rivals ?? []).map((policy) => toldOf(policy, search, learning).yields);
}

/** Of points that yield the same the first; of many, some from end to end and those nearest to a rival. */
function spread(points: readonly Tried[], rivals: readonly Yield[]): readonly Tried[] {
  const distinct = new Map<string, Tried>();
  for (const point of points) {
    const key = `${point.learnt.held} ${point.learnt.minutes}`;
    if (!distinct.has(key)) distinct.set(key, point);
  }
  const ordered = [...distinct.values()].sort((a, b) => a.learnt.minutes - b.learnt.minutes);
  if (ordered.length <= mostPoints) return ordered;
  const last = ordered.length - 1;
  const places = Array.from({ length: mostPoints }, (_, at) =>
    Math.round((at * last) / (mostPoints - 1)),
  );
  const near = rivals.flatMap(({ held, minutes }) => [
    ordered.findIndex(({ learnt }) => learnt.held >= held),
    ordered.findLastIndex(({ learnt }) => learnt.minutes <= minutes),
  ]);
  const shown = new Set([...places, ...near]);
  return ordered.filter((_, at) => shown.has(at));
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
    worth: worths(policy, search, [toldOf(policy, search, learning), told]),
    holds: true,
  };
}

interface Figures {
  readonly yields: Yield;
  readonly cost: Cost;
}

/** The full figures of one policy, on whose desk it lands included. */
function toldOf(policy: Policy, { ground, outcomes, pace }: Search, span: Span): Figures {
  const owed = replayPolicy(policy, ground, span);
  const cost = costOf(owed, { policy, ground }, pace);
  const counted = yieldOf(span, (index) => {
    const hold = owed.get(index)?.hold;
    return {
      held: hold === 'escalated' || hold === 'stopped',
      bad: outcomes[index]?.verdict === 'bad',
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
