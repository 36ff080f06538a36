import type { ChangeFact } from './fact.ts';
import { theOneBefore } from './mentions.ts';

/** Finds changes by the names that messages use for them. */
export interface Named {
  /** Place of the newest change before `before` that is meant; null when there is none, or several could be. */
  readonly find: (target: string, before: number) => Found | null;
}

export interface Found {
  readonly place: number;
  /** The name is that of a commit inside the merge that landed. */
  readonly inside: boolean;
}

/** Fewer digits than this are no name of a commit. */
const fewestDigits = 7;

/** Indexes facts by commit id, by commits they merged, by request number and by subject. */
export function named(facts: readonly ChangeFact[]): Named {
  const requests = new Map<string, number[]>();
  const subjects = new Map<string, number[]>();
  const ids = new Map<string, { readonly id: string; readonly found: Found }[]>();
  facts.forEach((fact, place) => {
    if (fact.request !== null) push(requests, `#${fact.request}`, place);
    push(subjects, plainSubject(fact.subject), place);
    remember(fact.commit, { place, inside: false });
    for (const id of fact.traces.merged) remember(id, { place, inside: true });
  });
  function remember(id: string, found: Found): void {
    push(ids, id.slice(0, fewestDigits), { id, found });
  }
  return {
    find(target, before) {
      if (target === theOneBefore) return before > 0 ? { place: before - 1, inside: false } : null;
      if (target.startsWith('#')) return newest(requests.get(target), before);
      if (target.startsWith('"'))
        return newest(subjects.get(plainSubject(target.slice(1, -1))), before);
      if (target.length < fewestDigits) return null;
      const near = (ids.get(target.slice(0, fewestDigits)) ?? [])
        .filter(({ id, found }) => alike(id, target) && found.place < before)
        .map(({ found }) => found);
      // Two commits whose ids begin alike: which one is meant cannot be told.
      return near.length > 1 && target.length < 12 ? null : (near.at(-1) ?? null);
    },
  };
}

function alike(known: string, asked: string): boolean {
  return known.startsWith(asked) || asked.startsWith(known);
}

/** The last of ascending places before another: in a history of a hundred thousand "Update" none may be searched through. */
function newest(places: readonly number[] = [], before: number): Found | null {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < before) low = middle + 1;
    else high = middle;
  }
  const place = places[low - 1];
  return place === undefined ? null : { place, inside: false };
}

/** Subjects are compared without the number of the request, case and shortening. */
function plainSubject(subject: string): string {
  return subject
    .replace(/\s*\((?:#|!)\d{1,9}\)\s*$/, '')
    .replace(/(?:…|\.\.\.)$/, '')
    .trim()
    .toLowerCase()
    .slice(0, 100);
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
