import { stringify } from 'yaml';
import { namePattern } from '../check-shape.ts';

/** Something an importer could not express as it was, and what it did instead. */
interface ImportNote {
  /** Rule or line it is about; null for the whole file. */
  readonly about: string | null;
  readonly says: string;
}

/** A policy in our language, made from somebody else's. */
export interface Imported {
  readonly text: string;
  readonly notes: readonly ImportNote[];
}

/** A piece of YAML. */
export type Piece =
  | string
  | number
  | boolean
  | readonly Piece[]
  | { readonly [key: string]: Piece };

/** The map under `when`, or a part of it. */
export type Conditions = { readonly [key: string]: Piece };

/** A policy being put together. */
export interface Draft {
  readonly who: Map<string, Piece>;
  readonly areas: Map<string, readonly string[]>;
  readonly rules: { readonly name: string; readonly [key: string]: Piece }[];
  readonly notes: ImportNote[];
}

/** An empty draft. */
export function startDraft(): Draft {
  return { who: new Map(), areas: new Map(), rules: [], notes: [] };
}

/** Notes something once. */
export function note(draft: Draft, about: string | null, says: string): void {
  const known = draft.notes.some((each) => each.about === about && each.says === says);
  if (!known) draft.notes.push({ about, says });
}

/** Enters a kind of person under a name of its own; the same content gets the same name. */
export function enterWho(draft: Draft, wish: string, content: Piece): string {
  return enter(draft.who, wish, content);
}

/** Enters an area under a name of its own; the same patterns get the same name. */
export function enterArea(draft: Draft, wish: string, patterns: readonly string[]): string {
  return enter(draft.areas, wish, patterns);
}

function enter<T extends Piece>(known: Map<string, T>, wish: string, content: T): string {
  const same = [...known].find(([, value]) => JSON.stringify(value) === JSON.stringify(content));
  if (same !== undefined) return same[0];
  const name = freeName(slug(wish), (taken) => known.has(taken), '-');
  known.set(name, content);
  return name;
}

/** Adds a rule; its name is made unique, whatever the case of its letters. */
export function addRule(draft: Draft, wish: string, body: { readonly [key: string]: Piece }): void {
  const taken = new Set(draft.rules.map(({ name }) => name.toLowerCase()));
  const clean = wish.replaceAll(/\s+/g, ' ').trim().slice(0, 400) || 'A rule without a name';
  const name = freeName(clean, (each) => taken.has(each.toLowerCase()), ' ');
  draft.rules.push({ name, ...body });
}

function freeName(wish: string, isTaken: (name: string) => boolean, joint: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wish : `${wish}${joint}${count}`;
    if (!isTaken(name)) return name;
  }
}

function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const short = plain.slice(0, 50).replace(/-+$/, '');
  if (short === '') return 'all';
  return namePattern.test(short) ? short : `x-${short}`;
}

/** Prints the draft, with its notes on top so that they stay with the file. */
export function printDraft(draft: Draft, title: string): Imported {
  const { who, areas, rules, notes } = draft;
  const remarks = notes.map(({ about, says }) => `- ${about === null ? '' : `${about}: `}${says}`);
  const head = [
    title,
    ...(remarks.length > 0 ? ['What could not be carried over as it was:'] : []),
    ...remarks,
  ];
  const comment = head
    .map((line) => `# ${line.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}`)
    .join('\n');
  const body = {
    version: 1,
    mode: 'enforce',
    ...(who.size > 0 ? { who: Object.fromEntries(who) } : {}),
    ...(areas.size > 0 ? { areas: Object.fromEntries(areas) } : {}),
    rules: rules.length > 0 ? rules : [{ name: 'Nothing is asked', require: { approvals: 0 } }],
  };
  const text = stringify(body, { lineWidth: 100, aliasDuplicateObjects: false });
  return { text: `${comment}\n${text}`, notes };
}
