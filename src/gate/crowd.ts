import type { Person } from '../change/change.ts';
import type { Owner } from '../people/codeowners.ts';
import { identityOf, isBot, memberOf } from '../people/identities.ts';
import type { Member } from '../people/people.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Someone, Unknown } from '../policy/subject.ts';
import type { Policy } from '../policy/policy.ts';
import { asPerson, readMessage, trailersOf } from '../provenance/message.ts';
import { readPerson } from '../provenance/people-signals.ts';
import { writerKeys } from '../provenance/trailer-keys.ts';
import type { Facts, OwnedFile } from './facts.ts';
import { noLevelGiven } from './fallback.ts';

/** Everybody a decision knows of, and who of them may not approve. */
export interface Crowd {
  /** People known from people.yml, from history and from CODEOWNERS. */
  readonly people: readonly Someone[];
  /** Unix seconds of the last time somebody changed or reviewed one of the files, by address. */
  readonly lastAt: ReadonlyMap<string, number>;
  readonly find: (id: string) => Someone;
  /** Why this person's approval cannot count; null when it can. */
  readonly barred: (someone: Someone) => string | null;
  /** Human authors and co-authors. */
  readonly authors: readonly Someone[];
}

/** Gathers the people around a change. */
export function crowdOf(policy: Policy, facts: Facts): Crowd {
  const members = isUnknown(facts.roster) ? [] : facts.roster.members;
  const known = new Map<string, Someone>();
  const people: Someone[] = [];
  function add(someone: Someone): void {
    const before = [...someone.ids].flatMap((id) => known.get(id) ?? [])[0];
    if (!before) people.push(someone);
    for (const id of someone.ids) if (!known.has(id)) known.set(id, before ?? someone);
  }
  const make = maker(policy, facts);
  for (const member of members) add(make.member(member));
  const lastAt = new Map<string, number>();
  for (const experts of facts.experts.values())
    for (const { email, name, lastAt: at } of isUnknown(experts) ? [] : experts) {
      add(make.stranger({ email, name }));
      lastAt.set(email.toLowerCase(), Math.max(at, lastAt.get(email.toLowerCase()) ?? 0));
    }
  for (const owner of ownersIn(facts.owners)) {
    const id = ownerId(owner);
    if (id !== null) add(make.stranger({ email: id, name: '' }));
  }
  function find(id: string, name = ''): Someone {
    const person = { email: idOf(id), name };
    return idsOf(person).flatMap((one) => known.get(one) ?? [])[0] ?? make.stranger(person);
  }
  const authors = writersOf(facts).map(({ email, name }) => find(email, name));
  return { people, lastAt, find, barred: barring(facts, find), authors: unique(authors) };
}

/** People who wrote the change: authors, co-authors, and whoever is about to commit. Machines are not people. */
function writersOf(facts: Facts): readonly Person[] {
  const { change, writer } = facts;
  const written = change.commits.flatMap((commit) => [
    commit.author,
    ...coAuthorsOf(commit.message),
  ]);
  return [...written, ...(writer ? [writer] : [])].filter((person) => !isMachine(person, facts));
}

function coAuthorsOf(message: string): readonly Person[] {
  const { whole, sections, collected } = readMessage(message);
  const lines = [...whole.lines, ...sections.flatMap((part) => part.lines), ...collected];
  return trailersOf(lines)
    .filter(({ key }) => writerKeys.has(key))
    .map(({ value }) => asPerson(value));
}

/** True for bots and AI accounts, which can neither be asked nor approve. */
function isMachine(named: Person, { identities }: Facts): boolean {
  const login = /^@([^/]+)$/.exec(named.email)?.[1];
  // An account without an address is read by the address its forge would give it.
  const person =
    login === undefined ? named : { name: named.name, email: `${login}@users.noreply.github.com` };
  if (identities && memberOf(identities, person) !== null) return false;
  return readPerson(person) !== null || (identities !== undefined && isBot(identities, person));
}

/** True when no person is named as author or co-author of any commit. */
export function isMachineMade(facts: Facts): boolean {
  const { commits } = facts.change;
  return commits.length > 0 && writersOf(facts).length === 0;
}

function barring(facts: Facts, find: Crowd['find']): Crowd['barred'] {
  const reasons = new Map<string, string>();
  const names = new Map<string, string>();
  function bar(person: Person, why: string): void {
    const ids = [...find(person.email).ids, ...aliasesOf(person, facts)];
    for (const id of ids) if (!reasons.has(id)) reasons.set(id, why);
    const name = person.name.trim().toLowerCase();
    // The same full name is taken for the same person: git knows people by several addresses.
    if (/\S\s+\S/.test(name)) names.set(name, why);
  }
  for (const person of writersOf(facts)) bar(person, 'wrote it');
  for (const { committer } of facts.change.commits)
    if (committer.email.toLowerCase() !== 'noreply@github.com') bar(committer, 'committed it');
  for (const id of facts.prompters ?? []) bar({ email: idOf(id), name: '' }, 'asked the AI for it');
  for (const id of facts.involved ?? [])
    bar({ email: idOf(id), name: '' }, 'opened it or pushed to it');
  return (someone) => {
    if (someone.ids.has(teamMark)) return 'a team cannot approve, only one of its members';
    if (isMachine(someone, facts)) return 'is no person';
    for (const id of [...someone.ids, ...aliasesOf(someone, facts)]) {
      const why = reasons.get(id);
      if (why !== undefined) return why;
    }
    return names.get(someone.name.trim().toLowerCase()) ?? null;
  };
}

/** Everything somebody goes by: what the address says, and the identity that people.yml and mailmap give it. */
function aliasesOf(person: Person, { identities }: Facts): readonly string[] {
  const ids = idsOf(person);
  if (!identities || person.email.startsWith('@')) return ids;
  return [...ids, ...idsOf({ email: identityOf(identities, person), name: '' })];
}

// Beside a team's name among its ids, so that it is never taken for a person.
const teamMark = '@team';

interface Maker {
  readonly member: (member: Member) => Someone;
  readonly stranger: (person: Person) => Someone;
}

function maker(policy: Policy, facts: Facts): Maker {
  const shares = sharesOf(policy, facts);
  const noLevel: Unknown = isUnknown(facts.roster) ? facts.roster : { unknown: noLevelGiven };
  function build(person: Person, ids: readonly string[], member: Member | null): Someone {
    const all = new Set(ids);
    const teams = member?.teams ?? [];
    return {
      email: person.email,
      name: person.name,
      ids: all,
      level: member?.level ?? noLevel,
      teams,
      duties: member?.duties ?? [],
      unsure: isUnknown(facts.roster) ? facts.roster.unknown : null,
      knows: new Map([...shares].map(([name, share]) => [name, shareFor(share, all)])),
      owner: isUnknown(facts.owners)
        ? facts.owners
        : ownersIn(facts.owners).some((owner) => isOwner(owner, all, teams)),
    };
  }
  return {
    member: (member) => {
      const email = member.emails[0] ?? `@${member.logins[0] ?? ''}`;
      const ids = [
        ...member.emails.flatMap((one) => idsOf({ email: one, name: '' })),
        ...member.logins.map((login) => `@${login.toLowerCase()}`),
        ...(member.name === '' ? [] : [member.name.toLowerCase()]),
      ];
      return build({ email: email.toLowerCase(), name: member.name }, ids, member);
    },
    // Only people.yml vouches for a name; git lets anybody call themselves anything.
    stranger: (person) =>
      build({ ...person, email: person.email.toLowerCase() }, idsOf(person), null),
  };
}

type Shares = ReadonlyMap<string, number> | Unknown;

function sharesOf(policy: Policy, { experts }: Facts): ReadonlyMap<string, Shares> {
  const shares = new Map<string, Shares>();
  for (const [name, { knows }] of policy.who) {
    if (knows === null) continue;
    const found = experts.get(name) ?? { unknown: 'nobody looked who knows the files' };
    shares.set(
      name,
      isUnknown(found)
        ? found
        : new Map(found.map(({ email, share }) => [email.toLowerCase(), share])),
    );
  }
  return shares;
}

function shareFor(shares: Shares, ids: ReadonlySet<string>): number | Unknown {
  if (isUnknown(shares)) return shares;
  return Math.max(0, ...[...ids].map((id) => shares.get(id) ?? 0));
}

/** What one person goes by: the address, and the login that a forge hides in it. */
function idsOf({ email }: Person): readonly string[] {
  const id = idOf(email);
  const login = /^(?:\d{0,15}\+)?([^@+\s]+)@users\.noreply\.github\.com$/.exec(id)?.[1];
  const ids = login === undefined ? [id] : [id, `@${login}`];
  return id.startsWith('@') && id.includes('/') ? [...ids, teamMark] : ids;
}

/** An address in lower case; anything else is a login. */
function idOf(id: string): string {
  const plain = id.trim().toLowerCase();
  return plain.includes('@') ? plain : `@${plain}`;
}

function ownersIn(owners: readonly OwnedFile[] | Unknown): readonly Owner[] {
  return isUnknown(owners) ? [] : owners.flatMap((file) => file.owners);
}

function ownerId({ kind, name }: Owner): string | null {
  if (kind === 'role') return null;
  return kind === 'email' ? name.toLowerCase() : `@${name.toLowerCase()}`;
}

function isOwner(owner: Owner, ids: ReadonlySet<string>, teams: readonly string[]): boolean {
  if (owner.kind === 'role') return false;
  const name = owner.name.toLowerCase();
  if (owner.kind === 'email') return ids.has(name);
  return (
    ids.has(`@${name}`) ||
    teams.some((team) => team.toLowerCase() === name || name.endsWith(`/${team.toLowerCase()}`))
  );
}

function unique(people: readonly Someone[]): readonly Someone[] {
  const seen = new Set<string>();
  return people.filter(({ email }) => !seen.has(email) && seen.add(email));
}
