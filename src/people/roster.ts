import { isMap, isScalar } from 'yaml';
import type { Node } from 'yaml';
import {
  complain,
  entriesOf,
  fieldsOf,
  itemsOf,
  meant,
  openPeopleFile,
  short,
  textOf,
} from './people-file.ts';
import type { PeopleFile, PeopleProblem, Value } from './people-file.ts';
import type { Member, Roster } from './people.ts';

/** Where a repository says who its people are. */
export const peopleFile = '.hallmonitor/people.yml';

/** What came of reading people.yml. With errors the roster holds what could be understood. */
export interface ReadRoster {
  readonly roster: Roster;
  readonly problems: readonly PeopleProblem[];
}

/** A repository that says nothing about its people. */
export const emptyRoster: Roster = { members: [], bots: [] };

/** Reads `.hallmonitor/people.yml`. Whatever the content, it answers with problems and never throws. */
export function readRoster(text: string, name: string = peopleFile): ReadRoster {
  const { file, root } = openPeopleFile(text, name);
  const fields = fieldsOf(file, root, {
    what: 'the file',
    known: ['version', 'people', 'teams', 'bots'],
  });
  checkVersion(file, root, fields);
  const people = itemsOf(file, fields.get('people') ?? null, 'people');
  const drafts = people.flatMap((node) => readMember(file, node) ?? []);
  const seen = new Map<string, Draft>();
  for (const draft of drafts) claim(file, draft, seen);
  joinTeams(file, fields.get('teams') ?? null, seen);
  const bots = itemsOf(file, fields.get('bots') ?? null, 'bots').flatMap((node) => {
    return textOf(file, node, 'a bot')?.toLowerCase().replace(/^@/, '') ?? [];
  });
  return { roster: { members: drafts.map(memberFrom), bots }, problems: file.problems };
}

interface Draft {
  readonly node: Node;
  readonly name: string;
  readonly emails: readonly string[];
  readonly logins: readonly string[];
  readonly level: number | null;
  readonly teams: string[];
  readonly duties: readonly string[];
}

function checkVersion(file: PeopleFile, root: Value, fields: ReadonlyMap<string, Value>): void {
  if (root === null) return;
  const version = fields.get('version');
  if (version === undefined || version === null) {
    if (isMap(root)) {
      complain(file, root, {
        message: 'the version is missing',
        suggestion: 'begin with "version: 1"',
      });
    }
  } else if (!isScalar(version) || version.value !== 1) {
    complain(file, version, {
      message: 'this version is not known',
      suggestion: 'write "version: 1"',
    });
  }
}

function readMember(file: PeopleFile, node: Node): Draft | null {
  if (!isMap(node)) {
    complain(file, node, { message: 'a person should be keys with values, such as "name: Ann"' });
    return null;
  }
  const fields = fieldsOf(file, node, {
    what: 'a person',
    known: ['name', 'emails', 'logins', 'level', 'teams', 'duties'],
  });
  const emails = readEmails(file, fields.get('emails'));
  const logins = readLogins(file, fields.get('logins'));
  const name = fields.has('name') ? textOf(file, fields.get('name'), 'a name') : null;
  if (emails.length === 0 && logins.length === 0) {
    complain(file, node, {
      message: 'nobody can be recognised by this entry',
      suggestion: 'give emails or logins',
    });
    return null;
  }
  return {
    node,
    name: name ?? emails[0] ?? logins[0] ?? '',
    emails: emails.length > 0 ? emails : logins.map((login) => `${login}@users.noreply.github.com`),
    logins,
    level: readLevel(file, fields.get('level')),
    teams: [...readWords(file, fields.get('teams'), 'a team')],
    duties: readWords(file, fields.get('duties'), 'a duty'),
  };
}

function readEmails(file: PeopleFile, value: Value): readonly string[] {
  return itemsOf(file, value, 'emails').flatMap((node) => {
    const email = textOf(file, node, 'an address');
    if (email === null) return [];
    if (/^[^\s@<>]+@[^\s@<>]+$/.test(email)) return [email.toLowerCase()];
    complain(file, node, {
      message: `"${short(email)}" is no e-mail address`,
      suggestion: email.startsWith('@') ? 'accounts belong under "logins"' : null,
    });
    return [];
  });
}

/** Accounts as a list, or by forge: `{ github: ann, gitlab: ann.e }`. */
function readLogins(file: PeopleFile, value: Value): readonly string[] {
  const nodes = isMap(value)
    ? [...fieldsOf(file, value, { what: 'logins', known: ['github', 'gitlab'] }).values()].flatMap(
        (inner) => itemsOf(file, inner, 'logins'),
      )
    : itemsOf(file, value, 'logins');
  const logins = nodes.flatMap((node) => {
    const login = textOf(file, node, 'a login')?.toLowerCase().replace(/^@/, '') ?? null;
    if (login === null) return [];
    if (/^[a-z0-9_][\w.-]*(?:\[bot\])?$/.test(login)) return [login];
    complain(file, node, { message: `"${short(login)}" is no account name` });
    return [];
  });
  return [...new Set(logins)];
}

function readLevel(file: PeopleFile, value: Value): number | null {
  if (value === undefined) return null;
  const text = textOf(file, value, 'a level');
  const digits = /^[Ll]?(\d{1,2})$/.exec(text ?? '')?.[1];
  if (digits !== undefined) return Number(digits);
  if (text !== null) {
    complain(file, value, {
      message: `"${short(text)}" is no level`,
      suggestion: 'write it like L5',
    });
  }
  return null;
}

function readWords(file: PeopleFile, value: Value, what: string): readonly string[] {
  const words = itemsOf(file, value, `${what}s`).flatMap((node) => {
    const word = textOf(file, node, what)?.replace(/^@/, '') ?? null;
    if (word === null) return [];
    if (/^[\w][\w./-]*$/.test(word)) return [word];
    complain(file, node, {
      message: `"${short(word)}" cannot name ${what}`,
      suggestion: 'use letters, digits, "-", "_", "." and "/"',
    });
    return [];
  });
  return [...new Set(words)];
}

/** Two people with one address would let one's review count as the other's. */
function claim(file: PeopleFile, draft: Draft, seen: Map<string, Draft>): void {
  for (const key of [...draft.emails, ...draft.logins.map((login) => `@${login}`)]) {
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, draft);
    } else if (other !== draft) {
      complain(file, draft.node, {
        message: `${short(key)} belongs to ${short(other.name)} already`,
        suggestion: 'give each address and account to one person',
      });
    }
  }
}

/** `teams:` lists members by address or @account, beside the teams people name themselves. */
function joinTeams(file: PeopleFile, value: Value, seen: ReadonlyMap<string, Draft>): void {
  for (const { key: team, keyNode, value: inner } of entriesOf(file, value, 'teams')) {
    if (!/^[\w][\w./-]*$/.test(team)) {
      complain(file, keyNode, { message: `"${short(team)}" cannot name a team` });
      continue;
    }
    for (const node of itemsOf(file, inner, `the members of ${short(team)}`)) {
      const written = textOf(file, node, 'a member')?.toLowerCase() ?? null;
      if (written === null) continue;
      const draft = seen.get(written) ?? seen.get(`@${written}`);
      if (draft === undefined) {
        const message = `"${short(written)}" is not among the people above`;
        complain(file, node, {
          message,
          suggestion: meant(written, [...seen.keys()].slice(0, 2000)),
        });
      } else if (!draft.teams.includes(team)) {
        draft.teams.push(team);
      }
    }
  }
}

function memberFrom({ name, emails, logins, level, teams, duties }: Draft): Member {
  return { name, emails: [...new Set(emails)], logins, level, teams, duties };
}
