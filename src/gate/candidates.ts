import type { Policy } from '../policy/policy.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Someone, Unknown } from '../policy/subject.ts';
import { fits } from '../policy/who.ts';
import type { Who } from '../policy/who.ts';
import type { Crowd } from './crowd.ts';
import type { Facts } from './facts.ts';
import { noLevelGiven } from './fallback.ts';
import type { Candidate } from './gate.ts';
import { isSame, nameOf } from './reviews.ts';

/** Somebody who may be asked, with what they are ranked by. */
export interface Ranked {
  readonly someone: Someone;
  /** 0 to 1 of the changed lines, by the most generous definition of the policy. */
  readonly share: number;
  readonly lastAt: number;
  /** They have been given as many lines today as one person can read. */
  readonly overloaded: boolean;
}

/** People who may approve, best first: not overloaded, knowing most, owners, highest level, last there. */
export function rankedPeople(policy: Policy, facts: Facts, crowd: Crowd): readonly Ranked[] {
  return crowd.people
    .filter((someone) => crowd.barred(someone) === null)
    .map((someone) => ({
      someone,
      share: Math.max(
        0,
        ...[...someone.knows.values()].map((share) => (isUnknown(share) ? 0 : share)),
      ),
      lastAt: crowd.lastAt.get(someone.email) ?? 0,
      overloaded: isOverloaded(someone, policy, facts),
    }))
    .sort(byFitness);
}

function byFitness(a: Ranked, b: Ranked): number {
  return (
    Number(a.overloaded) - Number(b.overloaded) ||
    b.share - a.share ||
    Number(b.someone.owner === true) - Number(a.someone.owner === true) ||
    levelOf(b.someone) - levelOf(a.someone) ||
    b.lastAt - a.lastAt ||
    (a.someone.email < b.someone.email ? -1 : 1)
  );
}

function levelOf({ level }: Someone): number {
  return isUnknown(level) ? -1 : level;
}

function isOverloaded({ ids }: Someone, { attention }: Policy, { linesToday }: Facts): boolean {
  const most = attention.linesPerDay;
  if (most === null || !linesToday) return false;
  return [...ids].some((id) => (linesToday.get(id) ?? 0) >= most);
}

/** Those of the ranked who fit a demand and have not approved yet. */
export function candidatesFor(
  who: Who,
  ranked: readonly Ranked[],
  { policy, approved }: { readonly policy: Policy; readonly approved: readonly Someone[] },
): readonly Ranked[] {
  return ranked.filter(
    ({ someone }) =>
      fits(someone, who, policy.who) === 'yes' && !approved.some((other) => isSame(other, someone)),
  );
}

/** How a candidate is shown. */
export function asCandidate({ someone, share, overloaded }: Ranked): Candidate {
  const { level, owner, email, name } = someone;
  const parts = [
    ...(isUnknown(level) ? [] : [`L${level}`]),
    ...(share > 0 ? [`knows ${Math.round(share * 100)}% of the changed lines`] : []),
    ...(owner === true ? ['code owner'] : []),
    ...(overloaded ? ['has enough to read today'] : []),
  ];
  return { email, name, why: parts.join(', ') };
}

/** The same people as they are listed in one line. */
export function namesOf(ranked: readonly Ranked[]): readonly string[] {
  return ranked.slice(0, mostShown).map(({ someone }) => nameOf(someone));
}

/** More names than this help nobody to choose. */
export const mostShown = 5;

/** Why nobody is named, and who could change that; null when somebody is. */
export function nobodyWords(who: Who, ranked: readonly Ranked[], policy: Policy): string | null {
  const names = who.any.flat();
  const missing = ranked.flatMap(({ someone }) =>
    names.flatMap((name) => gapIn(someone, name, policy)),
  );
  const [gap] = missing;
  if (gap) return `who is ${who.words} could not be found out: ${gap.unknown}`;
  if (names.length === 0)
    return 'nobody but those who made it is known here; name people in .hallmonitor/people.yml';
  const close = ranked.find(({ share }) => share > 0) ?? ranked[0];
  const nearest =
    close && asCandidate(close).why !== ''
      ? `; closest is ${nameOf(close.someone)} (${asCandidate(close).why})`
      : '';
  return `nobody known is ${who.words}${nearest}; ${grantWords(who, policy)}`;
}

function gapIn(someone: Someone, name: string, policy: Policy): readonly Unknown[] {
  const entry = policy.who.get(name);
  const share = someone.knows.get(name);
  if (entry?.knows && isUnknown(share)) return [share];
  return entry?.levels && isUnknown(someone.level) && someone.level.unknown !== noLevelGiven
    ? [someone.level]
    : [];
}

function grantWords({ any }: Who, policy: Policy): string {
  const entries = any.flat().flatMap((name) => policy.who.get(name) ?? []);
  const inFile = entries.some(({ levels, teams, duties }) => levels ?? teams ?? duties);
  const byWork = entries.some(({ knows }) => knows !== null);
  const ways = [
    ...(inFile
      ? ['whoever keeps .hallmonitor/people.yml can give somebody the level, team or duty']
      : []),
    ...(byWork ? ['the policy can say who will do (if_nobody)'] : []),
  ];
  return ways.join('; ') || 'name somebody in .hallmonitor/people.yml';
}
