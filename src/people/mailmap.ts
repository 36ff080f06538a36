import type { Person } from '../change/change.ts';

/** What `.mailmap` makes of one address as commits carry it. Null leaves the part as it is. */
interface MailmapEntry {
  readonly name: string | null;
  readonly email: string | null;
}

/** Git's `.mailmap`, understood. Addresses and names are compared in lower case. */
export interface Mailmap {
  readonly byEmail: ReadonlyMap<string, MailmapEntry>;
  /** For lines that name both: by `name <address>`, which win over those for the address alone. */
  readonly byNameAndEmail: ReadonlyMap<string, MailmapEntry>;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

export const noMailmap: Mailmap = { byEmail: new Map(), byNameAndEmail: new Map(), problems: [] };

/** Git's own map is read whole into memory; one beyond this is no list of people. */
const MAX_LINES = 200_000;

/** Reads the four forms of git's `.mailmap`. Lines that are none of them are left out and reported. */
export function readMailmap(text: string): Mailmap {
  const byEmail = new Map<string, MailmapEntry>();
  const byNameAndEmail = new Map<string, MailmapEntry>();
  const problems: { line: number; message: string }[] = [];
  const lines = text.replace(/^\u{feff}/u, '').split('\n');
  if (lines.length > MAX_LINES) {
    problems.push({ line: MAX_LINES, message: 'the rest of the file is not read: it is too long' });
  }
  for (const [index, raw] of lines.slice(0, MAX_LINES).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const first = takePerson(line);
    if (first === null || first.email === '') {
      problems.push({ line: index + 1, message: 'there is no <address> in this line' });
      continue;
    }
    const second = takePerson(first.rest);
    const name = first.name === '' ? null : first.name;
    // With one address the line gives it a name; with two the first replaces the second.
    const entry = { name, email: second === null ? null : first.email };
    const wanted = second ?? { name: '', email: first.email };
    const target = wanted.name === '' ? byEmail : byNameAndEmail;
    const key = wanted.name === '' ? wanted.email : keyOf(wanted);
    const lowered = key.toLowerCase();
    const known = target.get(lowered);
    // A later line adds to an earlier one and replaces what both say.
    target.set(lowered, {
      name: entry.name ?? known?.name ?? null,
      email: entry.email ?? known?.email ?? null,
    });
  }
  return { byEmail, byNameAndEmail, problems };
}

/** The person a commit's name and address stand for. The address comes in lower case. */
export function mapPerson(mailmap: Mailmap, person: Person): Person {
  const email = person.email.trim().toLowerCase();
  const name = person.name.trim();
  const entry =
    mailmap.byNameAndEmail.get(keyOf({ name, email }).toLowerCase()) ?? mailmap.byEmail.get(email);
  if (entry === undefined) return { name, email };
  return { name: entry.name ?? name, email: entry.email?.toLowerCase() ?? email };
}

function keyOf({ name, email }: Person): string {
  return `${name} <${email}>`;
}

interface Taken {
  readonly name: string;
  readonly email: string;
  readonly rest: string;
}

function takePerson(text: string): Taken | null {
  const open = text.indexOf('<');
  const close = open === -1 ? -1 : text.indexOf('>', open);
  if (close === -1) return null;
  const name = text.slice(0, open).trim();
  return { name, email: text.slice(open + 1, close).trim(), rest: text.slice(close + 1) };
}
