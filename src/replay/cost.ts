import type { ApprovalDemand, Bundle, Demands } from '../policy/demands.ts';
import { peopleNeeded } from '../policy/demands.ts';
import type { Policy } from '../policy/policy.ts';
import { anyone } from '../policy/who.ts';
import { candidatesBy } from './cost-asked.ts';
import type { Candidates } from './cost-asked.ts';
import { emptyDesks } from './cost-desks.ts';
import type { Desks, Load } from './cost-desks.ts';
import type { ChangeFact } from './fact.ts';
import type { Ground } from './policies-ground.ts';
import type { Owed } from './policies.ts';

/** How fast people read, and what each look costs at least. */
export interface Pace {
  readonly linesPerHour: number;
  /** Getting into a change and out of it again; our assumption, there is no study behind it. */
  readonly leastMinutes: number;
}

/**
 * 400 lines an hour: the Cisco study (2006) found reviews best below 300 and still good below 500. Lines are added plus
 * deleted, without generated, vendored and lock files.
 */
export const usualPace: Pace = { linesPerHour: 400, leastMinutes: 5 };

/** What a policy would have cost. */
export interface Cost {
  readonly reviewerMinutes: number;
  /** Of these what goes beyond one ordinary reviewer: reading by somebody in particular, or by further people. */
  readonly closeMinutes: number;
  /** All of them by the kind of person asked, most first; `anyone` is the ordinary reviewer. */
  readonly minutesBy: readonly { readonly from: string; readonly minutes: number }[];
  /** Working hours that changes waited, all together. */
  readonly delayHours: number;
  readonly people: readonly Load[];
  /** Approvals for which nobody was known who could have given them. */
  readonly unanswered: number;
}

/** Nobody reads more lines of one change than these, whatever the policy asks. */
const mostRead = 2000;
/** Among the best so many the one with the emptiest desk is asked. */
const mostOffered = 5;
const usualLinesPerDay = 800;
const usualAnswerHours = 4;
/** An ordinary week has 168 hours, a working week 40. */
const workingShare = 40 / 168;

/** What the approvals of a policy would have cost: reading, waiting, and on whose desk it would have landed. */
export function costOf(
  owed: ReadonlyMap<number, Owed>,
  { policy, ground }: { readonly policy: Policy; readonly ground: Ground },
  pace: Pace = usualPace,
): Cost {
  const candidates = candidatesBy(policy, ground);
  const desks = emptyDesks(policy.attention.linesPerDay ?? usualLinesPerDay);
  const answerHours = answerHoursOf(policy);
  const minutesBy = new Map<string, number>();
  let [delayHours, unanswered, closeMinutes] = [0, 0, 0];
  for (const [index, { demands }] of owed) {
    const fact = ground.facts[index];
    if (fact === undefined) continue;
    const approvals = approvalsIn(demands);
    if (approvals.length === 0) continue;
    const task = taskOf(fact, pace);
    closeMinutes += closeReaders(approvals) * task.minutes;
    const given = handOut({ index, approvals, task }, candidates, desks);
    for (const { from, missing } of given) {
      minutesBy.set(from, (minutesBy.get(from) ?? 0) + task.minutes);
      if (missing) unanswered += 1;
    }
    const waits = given.map(({ waitHours }) => waitHours);
    delayHours += answerHours + Math.max(0, ...waits) + task.minutes / 60;
  }
  return {
    reviewerMinutes: [...minutesBy.values()].reduce((sum, minutes) => sum + minutes, 0),
    closeMinutes,
    minutesBy: [...minutesBy]
      .map(([from, minutes]) => ({ from, minutes }))
      .sort((a, b) => b.minutes - a.minutes || (a.from < b.from ? -1 : 1)),
    delayHours,
    people: desks.loads(ground.cast.people),
    unanswered,
  };
}

function answerHoursOf({ attention }: Policy): number {
  const { answerWithin } = attention;
  if (answerWithin === null) return usualAnswerHours;
  return answerWithin.working ? answerWithin.hours : answerWithin.hours * workingShare;
}

function taskOf(
  fact: ChangeFact,
  { linesPerHour, leastMinutes }: Pace,
): { readonly at: number; readonly lines: number; readonly minutes: number } {
  const lines = Math.min(mostRead, linesToRead(fact));
  return { at: fact.landedAt, lines, minutes: Math.max(leastMinutes, (lines * 60) / linesPerHour) };
}

/** Lines somebody has to read: added plus deleted, without what nobody reads. */
export function linesToRead({ files }: ChangeFact): number {
  return files.reduce(
    (sum, { generated, added, deleted }) => sum + (generated ? 0 : added + deleted),
    0,
  );
}

/** What has to be approved; of several ways the one that needs no other change, and of those the fewest people. */
function approvalsIn(demands: Demands): readonly ApprovalDemand[] {
  const chosen = demands.choices.map((options) => {
    const whole = options.filter(({ split }) => !split);
    const [way] = (whole.length > 0 ? whole : options).toSorted(
      (a, b) => peopleNeeded(a) - peopleNeeded(b),
    );
    return way?.approvals ?? [];
  });
  return [...demands.approvals, ...chosen.flat()].toSorted(specialFirst);
}

function specialFirst(a: Bundle['approvals'][number], b: Bundle['approvals'][number]): number {
  return Number(isAnyone(a)) - Number(isAnyone(b));
}

function isAnyone({ from }: ApprovalDemand): boolean {
  return from.words === anyone.words;
}

/** Minutes of reading beyond one ordinary reviewer that demands ask for; what a search compares by. */
export function closeMinutesOf(demands: Demands, fact: ChangeFact, pace: Pace): number {
  const readers = closeReaders(approvalsIn(demands));
  return readers === 0 ? 0 : readers * taskOf(fact, pace).minutes;
}

/** People who read besides the one whom every careful team has read anyway. */
function closeReaders(approvals: readonly ApprovalDemand[]): number {
  let [special, any] = [0, 0];
  for (const demand of approvals)
    if (isAnyone(demand)) any = Math.max(any, demand.count);
    else special += demand.count;
  return special > 0 ? Math.max(special, any) : Math.max(0, any - 1);
}

interface Order {
  readonly index: number;
  readonly approvals: readonly ApprovalDemand[];
  readonly task: Parameters<Desks['give']>[1];
}

interface Given {
  readonly from: string;
  readonly waitHours: number;
  readonly missing: boolean;
}

/** Puts one change on the desks it goes to. Whoever was asked for one demand also counts for another they fit. */
function handOut(
  { index, approvals, task }: Order,
  candidates: Candidates,
  desks: Desks,
): readonly Given[] {
  const taken: number[] = [];
  const given: Given[] = [];
  for (const demand of approvals) {
    const fitting = candidates(index, demand.from);
    const already = isAnyone(demand)
      ? given.length
      : taken.filter((who) => fitting.includes(who)).length;
    const free = fitting.filter((who) => !taken.includes(who));
    for (let number = already; number < demand.count; number += 1) {
      const who = emptiest(free, task.at, desks);
      const waitHours = who === null ? 0 : desks.waitHours(who, task.at);
      given.push({ from: demand.from.words || 'anyone', waitHours, missing: who === null });
      if (who === null) continue;
      desks.give(who, task);
      taken.push(who);
      free.splice(free.indexOf(who), 1);
    }
  }
  return given;
}

function emptiest(free: readonly number[], at: number, desks: Desks): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (const who of free.slice(0, mostOffered)) {
    const wait = desks.waitHours(who, at);
    if (wait < least) [best, least] = [who, wait];
  }
  return best;
}
