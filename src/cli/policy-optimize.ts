import { UserError } from '../change/problems.ts';
import { grouped } from '../change/numbers.ts';
import type { Goal } from '../policy/goal.ts';
import { optimize } from '../replay/optimize.ts';
import type { Frontier, Point } from '../replay/optimize.ts';
import { beats } from '../replay/optimize-yield.ts';
import { movableWords } from '../replay/optimize-thresholds.ts';
import { resultOf } from '../replay/policies-result.ts';
import type { CatchChance, PolicyResult } from '../replay/policies-result.ts';
import { gapLines } from './findings-text.ts';
import { paintFor, type Paint } from './paint.ts';
import { count, plain, wrap } from './plain.ts';
import { printJson, readNamed } from './print.ts';
import { progressOn } from './progress.ts';
import { usablePolicy } from './policy-file.ts';
import { gatherHistory, wholeNumber, type History, type HistoryOptions } from './replay-history.ts';
import { comparisons, ownPolicy, searchStart, type WrittenCandidate } from './replay-policies.ts';
import { readCatch } from './replay-one.ts';

export interface PolicyOptimizeOptions extends HistoryOptions {
  readonly catch?: string;
  /** Number of the point whose policy is to be printed. */
  readonly point?: string;
  readonly format: string;
}

/** With fewer bad changes than these, thresholds chosen by them are chosen by chance. */
const fewestBad = 20;

/** `policy optimize [FILE]`: the thresholds that hold most bad changes with least reading. */
export async function policyOptimize(
  path: string | undefined,
  options: PolicyOptimizeOptions,
): Promise<number> {
  const chance = readCatch(options.catch);
  const wanted = wholeNumber(options.point, '--point', [1, 1000]);
  const history = await gatherHistory(options);
  const candidate = await searched(path, history);
  const goal = goalOf(candidate);
  const { ground, outcomes, span } = history;
  const { name: file, policy, text } = candidate;
  const rivals = comparisons().map((one) => one.policy);
  const progress = progressOn(process.stderr);
  progress.long('trying thresholds');
  const frontier = optimize({
    text,
    file,
    policy,
    ...goal,
    ground,
    outcomes,
    span,
    chance,
    rivals,
  });
  progress.end();
  if (frontier.thresholds.length === 0)
    throw new UserError(
      `${plain(file)} has no threshold that may be moved`,
      `Name conditions with a number under goal.may_change, such as "risk: top 10%".`,
    );
  if (wanted !== undefined) return printPoint(frontier, wanted);
  const told: Told = { frontier, candidate, history, chance, rivals: rivalsOf(history, frontier) };
  if (options.format === 'json') printJson(optimizeJson(told));
  else process.stdout.write(optimizeText(told, paintFor(process.stdout, process.env)));
  return 0;
}

/** The policy to search from: the one that was named, else the repository's own, else a plain one. */
async function searched(path: string | undefined, { house }: History): Promise<WrittenCandidate> {
  if (path !== undefined) {
    const text = await readNamed(path);
    return { name: path, text, builtIn: false, policy: usablePolicy(text, path) };
  }
  return house.policyText === null ? searchStart() : ownPolicy(house.policyText);
}

/** What the file allows to be moved. */
function goalOf({ policy, name }: WrittenCandidate): Pick<Goal, 'mayChange' | 'neverLoosen'> {
  if (policy.goal !== null) return policy.goal;
  const words = movableWords(policy).map((one) => JSON.stringify(one));
  throw new UserError(
    `${plain(name)} does not say what may be changed`,
    `Add to it:\ngoal:\n  may_change: [ ${words.join(', ')} ]\n  never_loosen: [ ]`,
  );
}

/** What people propose first, on the same later changes. */
function rivalsOf({ ground, outcomes, span }: History, { cut }: Frontier): readonly PolicyResult[] {
  return comparisons().map((one) => resultOf(one, { ground, outcomes, span: [cut, span[1]] }));
}

function printPoint({ points }: Frontier, number: number): number {
  const point = points[number - 1];
  if (point === undefined)
    throw new UserError(`there is no point ${number}`, `There are ${points.length}.`);
  process.stdout.write(point.text);
  return 0;
}

interface Told {
  readonly frontier: Frontier;
  readonly candidate: WrittenCandidate;
  readonly history: History;
  readonly chance: CatchChance;
  readonly rivals: readonly PolicyResult[];
}

function optimizeJson({ frontier, candidate, history, chance, rivals }: Told): object {
  const { thresholds, tried, now, points, cut } = frontier;
  const [low, high] = chance;
  function pointJson({ moves, text, chosenBy, later, laterCost, worth, holds }: Point): object {
    return {
      moves,
      policy: text,
      chosenBy,
      later: {
        ...later,
        minutes: Math.round(later.minutes),
        caught: [later.held * low, later.held * high],
        delayHours: Math.round(laterCost.delayHours),
      },
      worth,
      holds,
    };
  }
  return {
    schema: 'hallmonitor/policy-optimize/v1',
    file: candidate.name,
    thresholds: thresholds.map(({ words, values }) => ({ words, values })),
    tried,
    changes: { chosenBy: cut - history.span[0], later: history.span[1] - cut },
    now: pointJson(now),
    points: points.map(pointJson),
    rivals: rivals.map(({ name, escalated, bad, cost }) => ({
      name,
      escalated,
      held: bad,
      minutes: Math.round(cost.closeMinutes),
      delayHours: Math.round(cost.delayHours),
    })),
    notChecked: history.gaps,
  };
}

function optimizeText(told: Told, paint: Paint): string {
  const { frontier, history, rivals, candidate } = told;
  const { points, now, thresholds, tried, cut } = frontier;
  const goal = points
    .flatMap((point, at) => (point.worth === null ? [] : [{ at, ...point.worth }]))
    .toSorted((a, b) => a.chosenBy - b.chosenBy)[0];
  const later = history.span[1] - cut;
  const lines = [
    ...wrap(verdictOf(told), 78).map((line) => paint.bold(line)),
    ...(candidate.builtIn
      ? wrap(
          'This repository has no policy, so the search starts from a plain one: one reviewer for all, and somebody who knows the code for what is risky, big, or AI-assisted and not harmless.',
          78,
        )
      : []),
    '',
    paint.bold(rowOf('', ['escalated', 'bad held', 'of bad', 'close h', 'delay h'])),
    pointRow('as it is', now),
    ...points.map((point, at) => pointRow(`point ${at + 1}${point.holds ? '' : ' *'}`, point)),
    ...rivals.map(({ name, escalated, bad, cost }) =>
      rowOf(name, [
        grouped(escalated),
        grouped(bad),
        grouped(now.later.bad),
        hours(cost.closeMinutes),
        grouped(Math.round(cost.delayHours)),
      ]),
    ),
    '',
    ...points.flatMap((point, at) => moveLines(point, at + 1)),
    ...(goal === undefined
      ? []
      : [
          `By the goal of the file it is point ${goal.at + 1}: ${grouped(Math.round(goal.later))} on the later changes, ${grouped(Math.round(now.worth?.later ?? 0))} as it is.`,
        ]),
    '',
    ...wrap(
      `Close h: reading beyond one ordinary reviewer. Chosen on the first ${count(cut - history.span[0], 'change')}, told on the ${grouped(later)} that came later. ${count(tried, 'policy', 'policies')} tried over ${count(thresholds.length, 'threshold')}.${points.some(({ holds }) => !holds) ? ' * beaten by another point on the later changes.' : ''} hallmonitor policy optimize --point 1 prints the policy of a point.`,
      78,
    ),
    '',
    ...gapLines(history.gaps, paint),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function verdictOf(told: Told): string {
  const { frontier, chance } = told;
  const { now, points } = frontier;
  if (now.chosenBy.bad < fewestBad || now.later.bad < fewestBad)
    return `Only ${grouped(now.chosenBy.bad)} earlier and ${grouped(now.later.bad)} later changes turned out bad: too few to choose thresholds by. What follows shows cost, not safety.`;
  const against = seniorWords(told);
  const best = chosenAgainst(points, now.chosenBy);
  if (best === null)
    return `No setting of the thresholds beat the policy as it is on the earlier changes, in both safety and reading.${against}`;
  const { later } = best;
  const saved = Math.round((now.later.minutes - later.minutes) / 60);
  const name = `Point ${points.indexOf(best) + 1}, the safest of those that beat the policy as it is on the earlier changes,`;
  if (!beats(later, now.later))
    return `${name} does not on the later ones: it holds ${grouped(later.held)} bad changes there instead of ${grouped(now.later.held)}, for ${hours(later.minutes)} hours of close reading instead of ${hours(now.later.minutes)}.${against}`;
  const more = later.held - now.later.held;
  const [low, high] = chance.map((one) => Math.round(one * more));
  const held =
    more === 0
      ? `holds as many bad changes on the later ones (${grouped(now.later.held)})`
      : `holds ${grouped(later.held)} bad changes on the later ones instead of ${grouped(now.later.held)} (${low} to ${high} more caught)`;
  return `${name} ${held} and saves ${grouped(saved)} hours of close reading.${against}`;
}

/** The point that would have been taken at the cut: of those better than another policy the one that held most. */
function chosenAgainst(points: readonly Point[], other: Figures): Point | null {
  const [best] = points
    .filter(({ chosenBy }) => beats(chosenBy, other))
    .toSorted(
      (a, b) => b.chosenBy.held - a.chosenBy.held || a.chosenBy.minutes - b.chosenBy.minutes,
    );
  return best ?? null;
}

/**
 * The question everybody asks: is anything here better than letting seniors read all AI changes? Answered by the point
 * chosen at the cut: one of many that happens to be better on the later changes would be luck.
 */
function seniorWords({ frontier: { points, rivals: earlier }, rivals }: Told): string {
  const at = rivals.findIndex(({ name }) => name.startsWith('senior'));
  const [before, later] = [earlier[at], rivals[at]];
  if (before === undefined || later === undefined) return '';
  const best = chosenAgainst(points, before);
  if (best === null)
    return ' None beat "senior reviews all AI changes" in both on the earlier changes.';
  const name = `Point ${points.indexOf(best) + 1} beat "senior reviews all AI changes" in both on the earlier changes`;
  return beats(best.later, { held: later.bad, minutes: later.cost.closeMinutes })
    ? ` ${name} and does so on the later ones.`
    : ` ${name}, and does not on the later ones.`;
}

type Figures = Pick<Point['later'], 'held' | 'minutes'>;

function pointRow(name: string, { later, laterCost }: Point): string {
  return rowOf(name, [
    grouped(later.escalated),
    grouped(later.held),
    grouped(later.bad),
    hours(later.minutes),
    grouped(Math.round(laterCost.delayHours)),
  ]);
}

function rowOf(name: string, values: readonly string[]): string {
  return `${name.padEnd(30)}${values.map((value) => value.padStart(10)).join('')}`.trimEnd();
}

function hours(minutes: number): string {
  return grouped(Math.round(minutes / 60));
}

function moveLines({ moves }: Point, number: number): readonly string[] {
  const words =
    moves.length === 0
      ? 'the thresholds as they are'
      : moves.map(({ from, to }) => `${plain(from)} -> ${plain(to)}`).join(', ');
  return wrap(`point ${number}: ${words}`, 78).map((line, at) => (at === 0 ? line : `  ${line}`));
}
