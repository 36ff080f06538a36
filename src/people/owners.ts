import type { Change } from '../change/change.ts';
import { ownersOf } from './codeowners.ts';
import type { Codeowners, Owner, Ownership } from './codeowners.ts';
import type { Identities } from './identities.ts';
import type { Member } from './people.ts';

/** A rule of CODEOWNERS that the change falls under, with the people it means. */
export interface OwnedPart {
  readonly ownership: Ownership;
  /** Changed paths that the rule decides, in the order of the change. */
  readonly paths: readonly string[];
  /** People of the roster who are owners. */
  readonly members: readonly Member[];
  /** Owners that the roster does not know: teams nobody listed, accounts, roles of the forge. */
  readonly unresolved: readonly Owner[];
}

/** Which rules of CODEOWNERS a change falls under; a moved file counts where it was and where it is. */
export function ownersOfChange(
  change: Change,
  codeowners: Codeowners,
  identities: Identities,
): readonly OwnedPart[] {
  const parts = new Map<string, { readonly ownership: Ownership; readonly paths: string[] }>();
  for (const file of change.files) {
    for (const path of new Set([file.path, file.oldPath])) {
      for (const ownership of ownersOf(codeowners, path)) {
        const key = `${ownership.section ?? ''}\n${ownership.line}`;
        const part = parts.get(key);
        if (part === undefined) parts.set(key, { ownership, paths: [path] });
        else part.paths.push(path);
      }
    }
  }
  return [...parts.values()].map(({ ownership, paths }) => {
    const known = ownership.owners.map((owner) => membersBehind(owner, identities));
    const members = [...new Set(known.flat())];
    const unresolved = ownership.owners.filter((_, index) => known[index]?.length === 0);
    return { ownership, paths, members, unresolved };
  });
}

/**
 * Whether somebody is one of the owners. Unknown when they are not seen to be one, but an owner is
 * a team or role whose people the roster does not list.
 */
export function isOwner(
  member: Member,
  owners: readonly Owner[],
  identities: Identities,
): boolean | 'unknown' {
  if (owners.some((owner) => names(owner, member))) return true;
  const unsure = owners.some((owner) => {
    if (owner.kind === 'role') return true;
    return owner.kind === 'team' && membersBehind(owner, identities).length === 0;
  });
  return unsure ? 'unknown' : false;
}

function membersBehind(owner: Owner, { roster }: Identities): readonly Member[] {
  return roster.members.filter((member) => names(owner, member));
}

function names({ kind, name }: Owner, member: Member): boolean {
  if (kind === 'role') return false;
  if (kind === 'email') return member.emails.includes(name);
  // On GitLab the form of an account also names a group of the top level.
  if (kind === 'login' && member.logins.includes(name)) return true;
  return inTeam(member, name) || inTeam(member, name.replace(/^[^/]*\//, ''));
}

function inTeam({ teams }: Member, team: string): boolean {
  return teams.some((each) => each.toLowerCase() === team);
}
