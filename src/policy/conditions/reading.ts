import { grouped } from '../../change/numbers.ts';
import type { Atom, Claim } from '../condition.ts';
import { globComplaint, looksLikeGlob } from '../areas.ts';
import { scalarsOf } from '../located.ts';
import type { Located, LocatedEntry, LocatedScalar } from '../located.ts';
import { complain, complainUnknown } from '../problems.ts';
import type { Complaints } from '../problems.ts';
import type { Key } from '../shape.ts';
import type { Portion, Subject } from '../subject.ts';
import { nothing } from '../subject.ts';
import type { WhoEntries } from '../who.ts';

/** What is at hand while conditions are read. */
export interface Reading {
  readonly complaints: Complaints;
  readonly who: WhoEntries;
  /** Names under `areas`. */
  readonly areas: readonly string[];
  /** Patterns given in place of an area's name; they become areas named like themselves. */
  readonly inline: Set<string>;
  /** Areas that are asked about together, by the name of the union. */
  readonly unions: Map<string, readonly string[]>;
  /** Area that `in:` limits the numbers to; null for the whole change. */
  readonly scope: string | null;
}

/** One key of `when`: how it is described, and how it is compiled. */
export interface ConditionKey extends Key {
  /** Null after a complaint. */
  readonly read: (entry: LocatedEntry, reading: Reading) => Atom | null;
}

/** What each kind of atom brings along; the rest follows from where it stands. */
export interface Made extends Pick<Atom, 'test' | 'value'> {
  readonly evidence?: Atom['evidence'];
  readonly claims?: readonly Claim[];
  readonly onlyAsks?: boolean;
}

/** Puts an atom together. */
export function atom({ key, at, value }: LocatedEntry, reading: Reading, made: Made): Atom {
  const where = reading.scope === null || !scoped.has(key) ? '' : ` in ${reading.scope}`;
  return {
    kind: 'atom',
    key,
    at,
    words: `${key}: ${written(value)}${where}`,
    evidence: () => [],
    claims: [],
    onlyAsks: false,
    ...made,
  };
}

/** Keys that `in:` limits to an area. */
export const scoped: ReadonlySet<string> = new Set([
  'ai',
  'ai_share',
  'lines',
  'files',
  'added',
  'deleted',
]);

/** A value as a person would read it aloud. */
function written(value: Located): string {
  return scalarsOf(value)
    .map(({ text }) => text)
    .join(' or ');
}

/** The only value of an entry; null when it is a list or a map, which the shape check has complained about. */
export function single({ value }: LocatedEntry): LocatedScalar | null {
  return value.kind === 'scalar' ? value : null;
}

/** The part of the change that a reading's numbers are about. */
export function portionFor({ scope }: Reading): (subject: Subject) => Portion {
  if (scope === null) return (subject) => subject.whole;
  return (subject) => subject.areas.get(scope) ?? nothing;
}

/** Names of the areas an entry speaks of; patterns become areas of their own. */
export function areasIn(value: Located, reading: Reading): readonly string[] {
  return scalarsOf(value).flatMap(({ text, at }) => {
    if (reading.areas.includes(text)) return [text];
    if (!looksLikeGlob(text)) {
      complainUnknown(reading.complaints, at, { what: 'area', name: text, known: reading.areas });
      return [];
    }
    const message =
      globComplaint(text) ??
      (text.startsWith('!') ? 'a single pattern cannot start with "!"' : null);
    if (message !== null) {
      complain(reading.complaints, at, { message, suggestion: 'define an area and name it here' });
      return [];
    }
    reading.inline.add(text);
    return [text];
  });
}

/** Complains that a phrase was not understood, unless the shape check has done so already. */
export function unclear(reading: Reading, scalar: LocatedScalar, message: string): null {
  complain(reading.complaints, scalar.at, { message });
  return null;
}

/** `1 file`, `3 files`, `1,200 lines`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}
