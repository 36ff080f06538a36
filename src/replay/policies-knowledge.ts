import { mostFilesCompared, subsystemOf } from '../change/past.ts';
import type { Knowing } from '../people/people.ts';
import type { ChangeFact, FactFile } from './fact.ts';
import type { Cast } from './policies-people.ts';

/** Somebody who knew a part of a change when it landed. */
export interface Knower {
  /** Number in the cast. */
  readonly who: number;
  /** 0 to 1 of the changed lines. */
  readonly share: number;
}

/** By change: who knew its files that day, best first; authors of the change included. */
export type Knowledge = readonly (readonly Knower[])[];

/** More people than these are never asked about one change. */
const mostKnowers = 12;

interface Touch {
  readonly at: number;
  readonly author: number;
  readonly reviewers: readonly number[];
}

interface Did {
  changed: number;
  reviewed: number;
}

/** Who touched one file within the window, counted as touches come and go. */
interface Book {
  readonly touches: Touch[];
  /** Touches before this place have left the window. */
  gone: number;
  readonly people: Map<number, Did>;
}

interface Trail {
  readonly files: Map<string, Book>;
  /** By folder and person: how many changes, and when the last one was. */
  readonly folders: Map<string, Map<number, { count: number; lastAt: number }>>;
  /** When each person was last seen, in that order. */
  readonly seen: Map<number, number>;
}

/** Walks through a history once and says for each change who knew its files by what had landed before. */
export function knowledgeOf(
  facts: readonly ChangeFact[],
  cast: Cast,
  definition: Knowing,
): Knowledge {
  const trail: Trail = { files: new Map(), folders: new Map(), seen: new Map() };
  return facts.map((fact, at) => {
    const knowers = knowersOf(fact, trail, { definition, own: cast.authors[at] ?? -1 });
    remember(fact, trail, {
      at: fact.landedAt,
      author: cast.authors[at] ?? -1,
      reviewers: cast.reviewers[at] ?? [],
    });
    return knowers;
  });
}

interface Asked {
  readonly definition: Knowing;
  readonly own: number;
}

function knowersOf(fact: ChangeFact, trail: Trail, asked: Asked): readonly Knower[] {
  const read = fact.files.filter(({ generated }) => !generated).slice(0, mostFilesCompared);
  const moved = read.every(({ added, deleted }) => added + deleted === 0);
  const shares = new Map<number, number>();
  let total = 0;
  for (const file of read) {
    const lines = moved ? 1 : file.added + file.deleted;
    const before = trail.files.get(file.oldPath);
    const knowing = before
      ? historians(before, fact.landedAt, asked.definition)
      : neighbours(trail, file, { at: fact.landedAt, definition: asked.definition });
    // Nobody can know a new file in a new folder, so such a file is left out.
    if (!before && !knowing.some((who) => who !== asked.own)) continue;
    total += lines;
    for (const who of knowing) shares.set(who, (shares.get(who) ?? 0) + lines);
  }
  if (total === 0) return lately(trail, fact.landedAt, asked.definition);
  return [...shares]
    .map(([who, lines]) => ({ who, share: lines / total }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || a.who - b.who)
    .slice(0, mostKnowers);
}

function historians(book: Book, now: number, definition: Knowing): readonly number[] {
  expire(book, now - definition.withinDays * 86_400);
  const { changedAtLeast, reviewedAtLeast } = definition;
  const knowing: number[] = [];
  for (const [who, { changed, reviewed }] of book.people)
    if (
      (changedAtLeast !== null && changed >= Math.max(1, changedAtLeast)) ||
      (reviewedAtLeast !== null && reviewed >= Math.max(1, reviewedAtLeast))
    )
      knowing.push(who);
  return knowing;
}

function expire(book: Book, since: number): void {
  for (;;) {
    const touch = book.touches[book.gone];
    if (touch === undefined || touch.at >= since) break;
    book.gone += 1;
    count(book, touch, -1);
  }
  if (book.gone < longestTail) return;
  book.touches.splice(0, book.gone);
  book.gone = 0;
}

/** So many touches that have left the window are carried along before they are thrown away together. */
const longestTail = 64;

function count({ people }: Book, { author, reviewers }: Touch, step: number): void {
  if (author >= 0) didOf(people, author).changed += step;
  for (const who of reviewers) didOf(people, who).reviewed += step;
}

function didOf(people: Map<number, Did>, who: number): Did {
  const did = people.get(who) ?? { changed: 0, reviewed: 0 };
  people.set(who, did);
  return did;
}

/** Who works in the folder of a new file. */
function neighbours(
  { folders }: Trail,
  file: FactFile,
  { at, definition }: { readonly at: number; readonly definition: Knowing },
): readonly number[] {
  const since = at - definition.withinDays * 86_400;
  const least = Math.max(1, definition.changedAtLeast ?? 1);
  return [...(folders.get(subsystemOf(file.path)) ?? [])]
    .filter(([, { count, lastAt }]) => count >= least && lastAt >= since)
    .sort(([, a], [, b]) => b.count - a.count)
    .slice(0, mostKnowers)
    .map(([who]) => who);
}

/** Where no file can be known, everybody who was active lately will do. */
function lately({ seen }: Trail, now: number, { withinDays }: Knowing): readonly Knower[] {
  const since = now - withinDays * 86_400;
  return [...seen.keys()]
    .slice(-mostKnowers)
    .reverse()
    .filter((who) => (seen.get(who) ?? 0) >= since)
    .map((who) => ({ who, share: 1 }));
}

function remember(fact: ChangeFact, { files, folders, seen }: Trail, touch: Touch): void {
  if (touch.author >= 0) {
    // Taken out and put in again, so that the last seen stand last.
    seen.delete(touch.author);
    seen.set(touch.author, touch.at);
  }
  // A change of that many files is a reformat or an import and makes nobody know them.
  if (fact.files.length > mostFilesCompared) return;
  const touched = new Set<string>();
  for (const { path, oldPath } of fact.files) {
    const book: Book = files.get(oldPath) ?? { touches: [], gone: 0, people: new Map() };
    if (oldPath !== path) files.delete(oldPath);
    book.touches.push(touch);
    count(book, touch, 1);
    files.set(path, book);
    touched.add(subsystemOf(path));
  }
  if (touch.author < 0) return;
  for (const folder of touched) {
    const people = folders.get(folder) ?? new Map<number, { count: number; lastAt: number }>();
    const own = people.get(touch.author) ?? { count: 0, lastAt: 0 };
    own.count += 1;
    own.lastAt = touch.at;
    people.set(touch.author, own);
    folders.set(folder, people);
  }
}
