import type { Person } from '../change/change.ts';
import { identityOf, isBot, nameOf } from '../people/identities.ts';
import type { Identities } from '../people/identities.ts';
import { readPerson } from '../provenance/people-signals.ts';
import type { ChangeFact } from './fact.ts';

/** The people of a history, each once, by number. */
export interface Cast {
  readonly people: readonly Person[];
  /** So many of them, at the start, are those whom people.yml names. */
  readonly members: number;
  /** By change: who wrote it, -1 for a machine. */
  readonly authors: readonly number[];
  /** By change: who can no longer approve it, as author or committer. */
  readonly barred: readonly (readonly number[])[];
  /** By change: people who reviewed it or merged what somebody else wrote. */
  readonly reviewers: readonly (readonly number[])[];
}

/** The committer of everything that was merged with the button of a web page. */
const webCommitter = 'noreply@github.com';

/** Numbers everybody who appears in the facts; machines are nobody. */
export function castOf(facts: readonly ChangeFact[], identities: Identities): Cast {
  const people: Person[] = [];
  const byIdentity = new Map<string, number>();
  const byWritten = new Map<string, number>();
  function number(person: Person): number {
    const written = `${person.email}\n${person.name}`;
    const known = byWritten.get(written);
    if (known !== undefined) return known;
    const own = enter(person);
    byWritten.set(written, own);
    return own;
  }
  function enter(person: Person): number {
    if (person.email === webCommitter || isBot(identities, person) || readPerson(person) !== null)
      return -1;
    const email = identityOf(identities, person);
    const known = byIdentity.get(email);
    if (known !== undefined) return known;
    byIdentity.set(email, people.length);
    people.push({ email, name: nameOf(identities, person) || email });
    return people.length - 1;
  }
  for (const { name, emails } of identities.roster.members)
    if (emails[0] !== undefined) number({ name, email: emails[0] });
  const members = people.length;
  const authors = facts.map(({ author }) => number(author));
  const committers = facts.map(({ committer }) => number(committer));
  return {
    people,
    members,
    authors,
    barred: facts.map((_, at) => distinct([authors[at] ?? -1, committers[at] ?? -1])),
    reviewers: facts.map((fact, at) =>
      distinct([...fact.reviewers.map(number), committers[at] ?? -1]).filter(
        (one) => one !== authors[at],
      ),
    ),
  };
}

function distinct(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].filter((number) => number >= 0);
}
