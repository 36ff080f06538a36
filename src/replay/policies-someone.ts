import { ownersOf } from '../people/codeowners.ts';
import type { Owner } from '../people/codeowners.ts';
import { memberOf } from '../people/identities.ts';
import type { Member } from '../people/people.ts';
import type { Policy } from '../policy/policy.ts';
import { knowledgeAsked } from '../policy/policy.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Someone, Unknown } from '../policy/subject.ts';
import type { Ground } from './policies-ground.ts';
import type { Knowledge } from './policies-knowledge.ts';
import { remembered } from './remembered.ts';

/** Somebody of the cast as a policy sees them in relation to one change, by the day's knowledge. */
export type MakeSomeone = (who: number, index: number) => Someone;

type Base = Omit<Someone, 'knows' | 'owner'>;

/** Dresses people of a history in what people.yml, CODEOWNERS and their own work say about them. */
export function someoneMaker(policy: Policy, ground: Ground): MakeSomeone {
  const bases = new Map<number, Base>();
  const measured = [...knowledgeAsked(policy)].map(
    ([name, definition]) => [name, ground.knowledge(definition)] as const,
  );
  const owners = ownersFor(ground);
  return (who, index) => {
    const base = bases.get(who) ?? baseOf(who, ground);
    bases.set(who, base);
    return {
      ...base,
      knows: new Map(measured.map(([name, known]) => [name, shareOf(known, who, index)])),
      get owner() {
        return owners(index).some((owner) => isOwner(owner, base));
      },
    };
  };
}

function shareOf(knowledge: Knowledge, who: number, index: number): number {
  return knowledge[index]?.find((one) => one.who === who)?.share ?? 0;
}

function baseOf(who: number, { cast, house }: Ground): Base {
  const { roster, identities } = house;
  const person = cast.people[who] ?? { name: '', email: '' };
  const member = isUnknown(roster) ? null : memberOf(identities, person);
  const noLevel: Unknown = isUnknown(roster) ? roster : { unknown: 'people.yml gives no level' };
  return {
    email: person.email,
    name: person.name,
    ids: new Set([...idsOf(person.email), ...(member === null ? [] : namesOf(member))]),
    level: member?.level ?? noLevel,
    teams: member?.teams ?? [],
    duties: member?.duties ?? [],
    unsure: isUnknown(roster) ? roster.unknown : null,
  };
}

function namesOf({ emails, logins, name }: Member): readonly string[] {
  return [
    ...emails.flatMap(idsOf),
    ...logins.map((login) => `@${login.toLowerCase()}`),
    ...(name === '' ? [] : [name.toLowerCase()]),
  ];
}

/** An address, and the login that a forge hides in it. */
function idsOf(email: string): readonly string[] {
  const id = email.toLowerCase();
  const login = /^(?:\d{0,15}\+)?([^@+\s]+)@users\.noreply\.github\.com$/.exec(id)?.[1];
  return login === undefined ? [id] : [id, `@${login}`];
}

function ownersFor({ facts, house }: Ground): (index: number) => readonly Owner[] {
  const { codeowners } = house;
  if (codeowners === null) return () => [];
  const at = remembered((path) => ownersOf(codeowners, path).flatMap((part) => part.owners));
  return (index) => (facts[index]?.files ?? []).flatMap(({ path }) => at(path));
}

function isOwner({ kind, name }: Owner, { ids, teams }: Base): boolean {
  if (kind === 'role') return false;
  if (kind === 'email') return ids.has(name);
  return (
    ids.has(`@${name}`) ||
    teams.some((team) => team.toLowerCase() === name || name.endsWith(`/${team.toLowerCase()}`))
  );
}
