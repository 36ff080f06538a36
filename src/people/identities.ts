import type { Person } from '../change/change.ts';
import { isBotLogin, loginOfNoreply, looksLikeBot } from './bots.ts';
import { mapPerson } from './mailmap.ts';
import type { Mailmap } from './mailmap.ts';
import type { Member, Roster } from './people.ts';

/** Who is who: the roster and the mailmap, ready for questions. */
export interface Identities {
  readonly roster: Roster;
  readonly mailmap: Mailmap;
  readonly byEmail: ReadonlyMap<string, Member>;
  readonly byLogin: ReadonlyMap<string, Member>;
  readonly bots: ReadonlySet<string>;
}

/** Prepares a roster and a mailmap for the questions below. */
export function identitiesOf(roster: Roster, mailmap: Mailmap): Identities {
  const byEmail = new Map<string, Member>();
  const byLogin = new Map<string, Member>();
  // Of two people who claim one address the first has it; reading the roster has complained.
  for (const member of roster.members.toReversed()) {
    for (const email of member.emails) byEmail.set(email.toLowerCase(), member);
    for (const login of member.logins) byLogin.set(login.toLowerCase(), member);
  }
  const bots = new Set(roster.bots?.map((bot) => bot.toLowerCase().replace(/^@/, '')));
  return { roster, mailmap, byEmail, byLogin, bots };
}

/** The roster's member behind a commit's name and address; null for somebody it does not know. */
export function memberOf(identities: Identities, person: Person): Member | null {
  const { byEmail, byLogin } = identities;
  const written = person.email.trim().toLowerCase();
  const mapped = mapPerson(identities.mailmap, person).email;
  const login = loginOfNoreply(mapped) ?? loginOfNoreply(written);
  return (
    // The roster comes first: it is reviewed as part of the policy, a mailmap is often not.
    byEmail.get(written) ??
    byEmail.get(mapped) ??
    (login === null ? null : (byLogin.get(login) ?? null))
  );
}

/** The roster's member with a forge account; null for one it does not know. */
export function memberWithLogin(identities: Identities, login: string): Member | null {
  return identities.byLogin.get(login.toLowerCase().replace(/^@/, '')) ?? null;
}

/** One address for one person, however they are written: two commits of one person give the same. */
export function identityOf(identities: Identities, person: Person): string {
  const member = memberOf(identities, person);
  const own = member?.emails[0];
  if (own !== undefined) return own;
  const mapped = mapPerson(identities.mailmap, person).email;
  const login = loginOfNoreply(mapped);
  // GitHub put a number before the login in 2017; older addresses of the same account have none.
  if (login !== null && mapped.endsWith('@users.noreply.github.com')) {
    return `${login}@users.noreply.github.com`;
  }
  return mapped;
}

/** How a person is called: by the roster, else by the mailmap, else as written, else by address. */
export function nameOf(identities: Identities, person: Person): string {
  const member = memberOf(identities, person);
  if (member !== null) return member.name;
  return mapPerson(identities.mailmap, person).name || person.email;
}

/** Whether somebody is automation. Whoever the roster lists as a person is one. */
export function isBot(identities: Identities, person: Person): boolean {
  const { bots } = identities;
  const mapped = mapPerson(identities.mailmap, person);
  const login = loginOfNoreply(mapped.email);
  const listed = [person.email, mapped.email, person.name, mapped.name, login ?? ''].some(
    (each) => {
      return bots.has(each.trim().toLowerCase());
    },
  );
  if (listed) return true;
  return memberOf(identities, person) === null && (looksLikeBot(person) || looksLikeBot(mapped));
}

/** Whether a forge account is automation. */
export function isBotAccount(identities: Identities, login: string): boolean {
  const name = login.toLowerCase().replace(/^@/, '');
  if (identities.bots.has(name)) return true;
  return memberWithLogin(identities, name) === null && isBotLogin(name);
}
