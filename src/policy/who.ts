import { readLevels } from './phrases.ts';
import type { Levels } from './phrases.ts';
import type { Place } from './problems.ts';
import { isUnknown } from './subject.ts';
import type { Someone, Truth } from './subject.ts';
import { allOf, anyOf } from './truth.ts';

/** What it takes to know files, as `people/` measures it. */
export interface KnowingFiles {
  readonly changedAtLeast: number | null;
  readonly reviewedAtLeast: number | null;
  readonly withinDays: number;
  /** 0 to 1, of the changed lines. */
  readonly covering: number;
}

/** One entry of `who`. Somebody fits when every part that is given fits. */
export interface WhoEntry {
  readonly name: string;
  readonly at: Place;
  readonly levels: Levels | null;
  readonly people: readonly string[] | null;
  readonly teams: readonly string[] | null;
  readonly duties: readonly string[] | null;
  readonly knows: KnowingFiles | null;
  /** Who will do when nobody but those who may not approve fits. */
  readonly ifNobody: Who | null;
}

export type WhoEntries = ReadonlyMap<string, WhoEntry>;

/** A kind of person as a rule names it: `senior and expert`. */
export interface Who {
  /** As the rule says it; empty for anyone. */
  readonly words: string;
  /** One of these, each a list of names that must all fit. `[[]]` is anyone. */
  readonly any: readonly (readonly string[])[];
}

export const anyone: Who = { words: '', any: [[]] };

/** What a kind of person looks like in the file. */
export const whoPattern: RegExp = /^[A-Za-z@][\w.@+-]*(?:\s+(?:and|or)\s+[A-Za-z@][\w.@+-]*){0,9}$/;

/** Reads `senior and expert or owner`; `and` binds tighter. Null when it is not such a phrase. */
export function readWho(text: string): Who | null {
  if (!whoPattern.test(text)) return null;
  const any = text
    .split(/\s+or\s+/)
    .map((part) => part.split(/\s+and\s+/).filter((name) => name !== 'anyone'));
  return whoOf(any, text.replaceAll(/\s+/g, ' '));
}

/** Alternatives without repetition and without what others cover, called by the words. */
export function whoOf(any: readonly (readonly string[])[], words: string): Who {
  const tidy = any.map((names) => [...new Set(names)].sort());
  const kept = tidy.filter(
    (names, at) =>
      !tidy.some(
        (other, place) =>
          place !== at && covers(other, names) && (!covers(names, other) || place < at),
      ),
  );
  return kept.some((names) => names.length === 0) ? anyone : { words, any: kept };
}

// Asking for fewer things takes in everybody who has more of them.
function covers(wide: readonly string[], narrow: readonly string[]): boolean {
  return wide.every((name) => narrow.includes(name));
}

/** Whether everybody who fits the first certainly fits the second. */
export function isWithin(narrow: Who, wide: Who): boolean {
  return narrow.any.every((names) => wide.any.some((other) => covers(other, names)));
}

/** Names that are not entries of `who`, levels, single people or built in. */
export function undefinedNames(who: Who, entries: WhoEntries): readonly string[] {
  return who.any
    .flat()
    .filter(
      (name) =>
        name !== 'owner' && !entries.has(name) && !isPersonal(name) && readLevels(name) === null,
    );
}

/** Names a rule may use. */
export function whoNames(entries: WhoEntries): readonly string[] {
  return [...entries.keys(), 'owner', 'anyone'];
}

/** Whether somebody is of this kind. */
export function fits(someone: Someone, who: Who, entries: WhoEntries): Truth {
  return anyOf(
    who.any.map((names) => allOf(names.map((name) => fitsName(someone, name, entries)))),
  );
}

/** Whether one name of `who`, a level, an address or `owner` fits somebody. */
function fitsName(someone: Someone, name: string, entries: WhoEntries): Truth {
  const entry = entries.get(name);
  if (entry) return fitsEntry(someone, entry);
  if (name === 'owner') return isUnknown(someone.owner) ? 'unknown' : truthOf(someone.owner);
  const levels = readLevels(name);
  if (levels !== null) return withinLevels(someone, levels);
  return listed(someone, [name], [...someone.ids]);
}

function fitsEntry(someone: Someone, entry: WhoEntry): Truth {
  const parts: Truth[] = [];
  if (entry.levels) parts.push(withinLevels(someone, entry.levels));
  if (entry.people) parts.push(listed(someone, entry.people, [...someone.ids]));
  if (entry.teams) parts.push(listed(someone, entry.teams, someone.teams));
  if (entry.duties) parts.push(listed(someone, entry.duties, someone.duties));
  if (entry.knows) {
    const share = someone.knows.get(entry.name) ?? { unknown: 'nobody looked' };
    parts.push(isUnknown(share) ? 'unknown' : truthOf(share > 0 && share >= entry.knows.covering));
  }
  return allOf(parts);
}

function listed({ unsure }: Someone, wanted: readonly string[], has: readonly string[]): Truth {
  const lower = has.map((one) => one.toLowerCase());
  if (wanted.some((one) => lower.includes(one.toLowerCase()))) return 'yes';
  return unsure === null ? 'no' : 'unknown';
}

/** Whether somebody's level lies within the levels. */
export function withinLevels({ level }: Someone, { least, most }: Levels): Truth {
  return isUnknown(level) ? 'unknown' : truthOf(level >= least && level <= most);
}

/** Addresses and `@logins` name one person. */
export function isPersonal(name: string): boolean {
  return name.includes('@');
}

function truthOf(value: boolean): Truth {
  return value ? 'yes' : 'no';
}
