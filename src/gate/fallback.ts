import type { Policy } from '../policy/policy.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Someone } from '../policy/subject.ts';
import { anyone, fits, whoOf } from '../policy/who.ts';
import type { Who, WhoEntries } from '../policy/who.ts';
import type { Facts } from './facts.ts';

/** Whom a demand really addresses, after `if_nobody`. */
export interface Addressed {
  readonly who: Who;
  /** Why it is not the kind the rule names; null when it is. */
  readonly instead: string | null;
}

interface Ground {
  readonly policy: Policy;
  readonly facts: Pick<Facts, 'roster' | 'experts'>;
}

// Falling back and falling back again ends somewhere; a policy cannot go round in circles.
const mostSteps = 8;

/**
 * Replaces kinds of people that nobody fits by what the policy names under `if_nobody`. Only when it is known that
 * nobody fits: a history or a people.yml that could not be read makes nothing easier.
 */
export function addressed(
  from: Who,
  people: readonly Someone[],
  { policy, facts }: Ground,
): Addressed {
  const entries = policy.who;
  let asked = from;
  for (let step = 0; step < mostSteps; step += 1) {
    if (people.some((someone) => fits(someone, asked, entries) === 'yes')) break;
    const next = lowered(asked, people, { policy, facts });
    if (next === null) break;
    asked = next;
  }
  if (asked === from) return { who: from, instead: null };
  return {
    who: asked,
    instead: `nobody else is ${from.words}, so ${asked.words || 'anyone'} will do`,
  };
}

function lowered(asked: Who, people: readonly Someone[], { policy, facts }: Ground): Who | null {
  const entries = policy.who;
  const names = [...new Set(asked.any.flat())];
  const open = names.filter(
    (name) => entries.get(name)?.ifNobody && isSettled(name, entries, facts),
  );
  // First those whom nobody fits by itself; when each is found but never in one person, all that may give way.
  const lonely = open.filter(
    (name) => !people.some((someone) => fits(someone, single(name), entries) === 'yes'),
  );
  const giving = new Set(lonely.length > 0 ? lonely : open);
  if (giving.size === 0) return null;
  const any = asked.any.flatMap((conjunction) => replaced(conjunction, giving, entries));
  return any.length > mostWays ? anyone : whoOf(any, wordsOf(any));
}

const mostWays = 100;

function single(name: string): Who {
  return { words: name, any: [[name]] };
}

function replaced(
  names: readonly string[],
  giving: ReadonlySet<string>,
  entries: WhoEntries,
): readonly (readonly string[])[] {
  return names.reduce<readonly (readonly string[])[]>(
    (ways, name) => {
      const other = giving.has(name) ? entries.get(name)?.ifNobody : null;
      const choices = other ? other.any : [[name]];
      return ways
        .flatMap((way) => choices.map((choice) => [...way, ...choice]))
        .slice(0, mostWays + 1);
    },
    [[]],
  );
}

function wordsOf(any: readonly (readonly string[])[]): string {
  return any.map((names) => [...new Set(names)].join(' and ')).join(' or ');
}

/** Whether the sources that say who this is were read: people.yml, the history. */
function isSettled(
  name: string,
  entries: WhoEntries,
  { roster, experts }: Ground['facts'],
): boolean {
  const known = experts.get(name);
  if (entries.get(name)?.knows && (known === undefined || isUnknown(known))) return false;
  return !isUnknown(roster);
}

/** What is said of somebody to whom people.yml gives no level: a known absence, not a missing signal. */
export const noLevelGiven = 'people.yml gives no level';
