import type { Demands } from '../policy/demands.ts';
import { peopleNeeded } from '../policy/demands.ts';
import { demandsBothWays } from '../policy/evaluate.ts';
import type { Policy } from '../policy/policy.ts';
import type { Subject } from '../policy/subject.ts';
import { anyone } from '../policy/who.ts';
import type { ChangeFact, Outcome } from './fact.ts';
import type { Ground } from './policies-ground.ts';
import { subjectsFor } from './policies-subject.ts';

/**
 * How hard a policy holds a change: it may land alone, needs one ordinary approval, needs more than that (somebody in
 * particular, more people, a split, a change record), or is stopped by a finding.
 */
export type Hold = 'free' | 'ordinary' | 'escalated' | 'stopped';

/** What one change would have owed. */
export interface Owed {
  readonly demands: Demands;
  readonly hold: Hold;
  /** False when it is escalated only because something about it is not known. */
  readonly certain: boolean;
}

/** Which changes of a history count: from the first number up to but without the second. */
export type Span = readonly [from: number, to: number];

/**
 * The part of a span that was watched long enough to be judged: up to the last change that is known to be clean. After it
 * only what turned out bad is known already, and a share of that would be all bad.
 */
export function watchedSpan(outcomes: readonly Outcome[], [from, to]: Span): Span {
  const last = outcomes.slice(from, to).findLastIndex(({ verdict }) => verdict === 'clean');
  return [from, from + last + 1];
}

/** What the changes of a history would have owed under a policy, by their number among the facts. */
export function replayPolicy(
  policy: Policy,
  ground: Ground,
  [from, to]: Span = [0, ground.facts.length],
): ReadonlyMap<number, Owed> {
  const judgeOne = judging(policy, ground);
  const subject = subjectsFor(policy, ground);
  const owed = new Map<number, Owed>();
  for (let index = from; index < to; index += 1) {
    const fact = ground.facts[index];
    if (fact !== undefined) owed.set(index, judgeOne(fact, subject(index)));
  }
  return owed;
}

/** Says what one change would have owed. */
type JudgeOne = (fact: ChangeFact, subject: Subject) => Owed;

/** Judges changes by a policy whose subjects were made before; for many policies that differ in thresholds only. */
export function judging(policy: Policy, { guardsAsked }: Ground): JudgeOne {
  const ask = demandsBothWays(policy);
  const known = new Map<Demands, Hold>();
  function holdOf(demands: Demands): Hold {
    const before = known.get(demands) ?? holdBy(demands);
    known.set(demands, before);
    return before;
  }
  return (fact, subject) => {
    const { demands, certain } = ask(subject);
    if (guardsAsked && blocks(fact)) return { demands, hold: 'stopped', certain: true };
    const hold = holdOf(demands);
    return { demands, hold, certain: hold !== 'escalated' || holdOf(certain) === 'escalated' };
  };
}

/** A finding that blocks stops a change whatever the rules say, as in `check`. */
function blocks({ findings }: ChangeFact): boolean {
  return findings !== null && findings.some(({ severity }) => severity === 'block');
}

function holdBy(demands: Demands): Hold {
  const { approvals, choices, split, changeRecord } = demands;
  const special = approvals.some(({ from }) => from.words !== anyone.words);
  if (special || split || changeRecord || choices.length > 0 || peopleNeeded(demands) > 1)
    return 'escalated';
  return approvals.length > 0 ? 'ordinary' : 'free';
}
