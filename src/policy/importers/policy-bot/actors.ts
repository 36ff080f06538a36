import { failed } from './facts.ts';
import type { Loaded, PolicyBotFacts } from './facts.ts';
import { permissionRank } from './predicate.ts';
import type { Actors } from './predicate.ts';

/** Whether the user is one of the actors: by name, team, organisation, or at least one of the permissions. */
export function isActor(actors: Actors, facts: PolicyBotFacts, user: string): Loaded<boolean> {
  if (actors.users.includes(user)) return true;
  if (actors.teams.length > 0) {
    if ('error' in facts.teams) return failed('failed to get team membership', facts.teams);
    const teams = facts.teams.get(user) ?? [];
    if (actors.teams.some((team) => teams.includes(team))) return true;
  }
  if (actors.organizations.length > 0) {
    if ('error' in facts.organizations) {
      return failed('failed to get org membership', facts.organizations);
    }
    const organizations = facts.organizations.get(user) ?? [];
    if (actors.organizations.some((name) => organizations.includes(name))) return true;
  }
  if ('error' in facts.permissions) return facts.permissions;
  const rank = permissionRank.get(facts.permissions.get(user) ?? 'none') ?? 0;
  return rank > 0 && actors.permissions.some((least) => rank >= least);
}

/** Whether a value is the message of a failure. */
export function isError(value: unknown): value is { readonly error: string } {
  return typeof value === 'object' && value !== null && 'error' in value;
}
