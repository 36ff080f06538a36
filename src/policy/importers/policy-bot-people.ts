import type { Actors } from './policy-bot/predicate.ts';
import { permissionRank } from './policy-bot/predicate.ts';
import { enterWho, note } from './draft.ts';
import type { Draft } from './draft.ts';

/** Our lists end here; fewer people may approve then, never more. */
const MAX_NAMES = 500;

/** Enters a rule's actors as kinds of people; any one of the names given back will do. */
export function enterActors(draft: Draft, actors: Actors, rule: string): readonly string[] {
  const { users, teams, organizations, permissions } = actors;
  const names: string[] = [];
  if (users.length > 0) {
    const people = users.slice(0, MAX_NAMES).map((user) => `@${user}`.trim().slice(0, 500));
    names.push(enterWho(draft, `${rule} users`, { people }));
  }
  // A name without letters has no members; leaving it out asks no less.
  const named = [...teams, ...organizations].filter((name) => name.trim() !== '');
  const groups = [
    ...named.map((name) => name.slice(0, 500)),
    ...permissionTeams(permissions),
  ].slice(-MAX_NAMES);
  if (groups.length > 0) {
    names.push(enterWho(draft, `${rule} teams`, { teams: groups }));
    note(
      draft,
      rule,
      `list the members of ${groups.join(', ')} as teams in .hallmonitor/people.yml`,
    );
  }
  if (organizations.length > 0) {
    note(draft, rule, 'membership of an organisation is asked as a team of that name');
  }
  if (permissions.length > 0) {
    note(draft, rule, 'repository permissions are asked as teams such as permission/write');
  }
  return names;
}

/** A permission includes the higher ones; "none" is anybody who may read. */
function permissionTeams(permissions: readonly number[]): readonly string[] {
  if (permissions.length === 0) return [];
  const least = Math.max(1, Math.min(...permissions));
  return [...permissionRank]
    .filter(([, rank]) => rank >= least)
    .map(([name]) => `permission/${name}`);
}
