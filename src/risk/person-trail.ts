import type { PersonPast } from '../change/past.ts';

/** What somebody did within the features' window. */
export interface PersonTrail {
  /** Unix seconds of each change, in the order they landed. */
  readonly times: number[];
  /** Changes by subsystem. */
  readonly folders: Map<string, number>;
}

/** The part of a landed change that counts for its authors. */
export interface Deed {
  readonly at: number;
  readonly subsystems: readonly string[];
}

const secondsPerYear = 365.25 * 86_400;

/** Counts a change for one of its authors. */
export function admitPerson(people: Map<string, PersonTrail>, email: string, deed: Deed): void {
  let person = people.get(email);
  if (person === undefined) {
    person = { times: [], folders: new Map() };
    people.set(email, person);
  }
  person.times.push(deed.at);
  for (const name of deed.subsystems) person.folders.set(name, (person.folders.get(name) ?? 0) + 1);
}

/** Takes their oldest change back, because it left the window. */
export function dismissPerson(people: Map<string, PersonTrail>, email: string, deed: Deed): void {
  const person = people.get(email);
  if (person === undefined) return;
  person.times.shift();
  if (person.times.length === 0) people.delete(email);
  for (const name of deed.subsystems) {
    const left = (person.folders.get(name) ?? 0) - 1;
    if (left > 0) person.folders.set(name, left);
    else person.folders.delete(name);
  }
}

/** The same as seen at a moment, where a change of a year ago counts half; undefined for somebody unknown. */
export function personPast(person: PersonTrail | undefined, at: number): PersonPast | undefined {
  if (person === undefined) return undefined;
  let recentChanges = 0;
  let lastAt = 0;
  for (const time of person.times) {
    recentChanges += 1 / (1 + Math.max(0, at - time) / secondsPerYear);
    lastAt = Math.max(lastAt, time);
  }
  return { changes: person.times.length, recentChanges, folders: person.folders, lastAt };
}
