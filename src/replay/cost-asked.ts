import { addressed } from '../gate/fallback.ts';
import type { Policy } from '../policy/policy.ts';
import { knowledgeAsked } from '../policy/policy.ts';
import type { Someone } from '../policy/subject.ts';
import { fits } from '../policy/who.ts';
import type { Who } from '../policy/who.ts';
import type { Ground } from './policies-ground.ts';
import type { Knower } from './policies-knowledge.ts';
import { someoneMaker } from './policies-someone.ts';
import type { MakeSomeone } from './policies-someone.ts';

/** Numbers of those who could have met a demand on the day of a change, best first. */
export type Candidates = (index: number, from: Who) => readonly number[];

/** Where a policy does not define knowing, whoever changed the files within a year is asked. */
const usualKnowing = { changedAtLeast: 1, reviewedAtLeast: 3, withinDays: 365, covering: 0 };

/** More people of people.yml than these are not looked at for one demand. */
const mostMembers = 200;

/**
 * Says whom a policy would have asked: those who knew the files that day first, then people.yml. Where nobody fits, what
 * the policy names under `if_nobody` holds, as at the gate.
 */
export function candidatesBy(policy: Policy, ground: Ground): Candidates {
  const [definition = usualKnowing] = knowledgeAsked(policy).values();
  const knowledge = ground.knowledge(definition);
  const make = someoneMaker(policy, ground);
  const profile = profiler(policy, make);
  const members = Array.from(
    { length: Math.min(ground.cast.members, mostMembers) },
    (_, who): Knower => ({ who, share: 0 }),
  );
  const address = addresser(policy, ground, make);
  return (index, from) => {
    const barred = ground.cast.barred[index] ?? [];
    const known = knowledge[index] ?? [];
    const knowers = known.filter(({ who }) => !barred.includes(who));
    if (isAnyone(from)) return knowers.map(({ who }) => who);
    const others = members.filter(
      ({ who }) => !barred.includes(who) && !known.some((one) => one.who === who),
    );
    const people = [...knowers, ...others].map((one) => ({
      who: one.who,
      profile: profile(one, index),
    }));
    const asked = address(from, index, people);
    if (isAnyone(asked)) return knowers.map(({ who }) => who);
    return people.filter((one) => asked.any.some(one.profile.fitsAll)).map(({ who }) => who);
  };
}

function isAnyone({ any }: Who): boolean {
  return any.some((names) => names.length === 0);
}

/** What somebody is to one change, by every name a policy has for people. */
interface Profile {
  /** Two people with the same key are the same to the policy. */
  readonly key: string;
  readonly fitsAll: (names: readonly string[]) => boolean;
}

interface Placed {
  readonly who: number;
  readonly profile: Profile;
}

/** Whether names fit is asked of `who.ts` once for each person and each amount of knowing that makes a difference. */
function profiler(policy: Policy, make: MakeSomeone): (one: Knower, index: number) => Profile {
  const limits = [...policy.who.values()].flatMap(({ knows }) => (knows ? [knows.covering] : []));
  const owners = namesIn(policy).has('owner');
  const names = [...namesIn(policy)];
  const known = new Map<string, Profile>();
  return ({ who, share }, index) => {
    // Owning depends on the change itself, so with owners nothing can be remembered.
    const knowing = share > 0 ? limits.filter((limit) => share >= limit).length + 1 : 0;
    const key = `${who} ${knowing}${owners ? ` ${index}` : ''}`;
    const before = known.get(key);
    if (before) return before;
    const someone = withShare(make(who, index), share);
    const fitting = names.filter((name) => fitsName(someone, name, policy));
    const profile = {
      key: fitting.join('\n'),
      fitsAll: (wanted: readonly string[]) => wanted.every((name) => fitting.includes(name)),
    };
    if (!owners) known.set(key, profile);
    return profile;
  };
}

// One definition of knowing is measured for the ranking; it stands for all that a policy has.
function withShare(someone: Someone, share: number): Someone {
  return { ...someone, knows: new Map([...someone.knows.keys()].map((name) => [name, share])) };
}

function fitsName(someone: Someone, name: string, { who }: Policy): boolean {
  return fits(someone, { words: name, any: [[name]] }, who) === 'yes';
}

/** Every name of people that the policy asks for or falls back to. */
function namesIn({ who, rules }: Policy): ReadonlySet<string> {
  const asked = rules.flatMap(({ asks }) =>
    (asks?.options ?? []).flatMap(({ approvals }) => approvals.map(({ from }) => from)),
  );
  const fallbacks = [...who.values()].flatMap(({ ifNobody }) => ifNobody ?? []);
  return new Set([...who.keys(), ...[...asked, ...fallbacks].flatMap(({ any }) => any.flat())]);
}

/** Whom a demand really addresses, after `if_nobody`; asked of the gate once for each mix of people. */
function addresser(
  policy: Policy,
  { house }: Ground,
  make: MakeSomeone,
): (from: Who, index: number, people: readonly Placed[]) => Who {
  const facts = {
    roster: house.roster,
    experts: new Map([...policy.who.keys()].map((name) => [name, []])),
  };
  const known = new Map<string, Who>();
  return (from, index, people) => {
    if (people.some(({ profile }) => from.any.some(profile.fitsAll))) return from;
    const kinds = new Map(people.map((one) => [one.profile.key, one]));
    const key = `${from.words}\n\n${[...kinds.keys()].sort().join('\n\n')}`;
    const before = known.get(key);
    if (before) return before;
    const all = [...kinds.values()].map(({ who }) => make(who, index));
    const { who } = addressed(from, all, { policy, facts });
    known.set(key, who);
    return who;
  };
}
