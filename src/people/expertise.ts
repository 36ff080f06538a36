import type { Change, FileChange } from '../change/change.ts';
import { subsystemOf } from '../change/past.ts';
import type { Past, Touch } from '../change/past.ts';
import { identityOf, isBot, nameOf } from './identities.ts';
import type { Identities } from './identities.ts';
import type { Expertise, Knowing } from './people.ts';

export interface ExpertiseOptions {
  readonly definition: Knowing;
  readonly identities: Identities;
  /** Unix seconds of the moment of judgement. */
  readonly now: number;
}

/**
 * How well people know the files of a change, best first. Each file weighs as many lines as it
 * changes; generated, vendored and lock files weigh nothing, as nobody reads them.
 *
 * A new file has no history: who works in its folder knows it. Where nobody but the change's own
 * authors does, the file is left out; where nothing else is left, everybody of the past who was
 * active lately knows it all. Otherwise nobody in the world could approve a change of new files.
 */
export function expertiseOf(
  change: Change,
  past: Past,
  options: ExpertiseOptions,
): readonly Expertise[] {
  const shas = new Set(change.commits.map((commit) => commit.sha));
  const crowd: Crowd = { ...options, shas, people: new Map(), addresses: new Map() };
  const own = new Set(change.commits.flatMap(({ author }) => meet(crowd, author)?.email ?? []));
  const read = change.files.filter((file) => file.generated === null);
  const files = weigh(read).map(({ file, lines }) => {
    const knowing = isNew(file) ? neighbours(crowd, past, file) : historians(crowd, past, file);
    // Nobody can know a new file in a new folder; that nobody knows an old file is an answer.
    const counts = !isNew(file) || [...knowing].some((email) => !own.has(email));
    return { lines: counts ? lines : 0, knowing };
  });
  const total = files.reduce((sum, { lines }) => sum + lines, 0);
  const known = new Map<string, number>();
  for (const { lines, knowing } of files) {
    for (const email of knowing) known.set(email, (known.get(email) ?? 0) + lines);
  }
  const others = total > 0 ? new Set<string>() : recentlyActive(crowd, past);
  return [...crowd.people.values()]
    .map((person) => ({
      ...person,
      share: total > 0 ? (known.get(person.email) ?? 0) / total : others.has(person.email) ? 1 : 0,
    }))
    .filter(({ share, changed, reviewed }) => share > 0 || changed + reviewed > 0)
    .sort(byExpertise);
}

interface Crowd extends ExpertiseOptions {
  /** The change's own commits, which prove no earlier knowledge. */
  readonly shas: ReadonlySet<string>;
  /** By identity. */
  readonly people: Map<string, Met>;
  /** What each address came to; null for automation. */
  readonly addresses: Map<string, Met | null>;
}

type Met = { -readonly [K in keyof Omit<Expertise, 'share'>]: Expertise[K] };

/** One entry per person, whatever addresses they used; null for automation. */
function meet(crowd: Crowd, person: { name: string; email: string }): Met | null {
  const known = crowd.addresses.get(person.email);
  if (known !== undefined) return known;
  const met = isBot(crowd.identities, person) ? null : enter(crowd, person);
  crowd.addresses.set(person.email, met);
  return met;
}

function enter(crowd: Crowd, person: { name: string; email: string }): Met {
  const email = identityOf(crowd.identities, person);
  const known = crowd.people.get(email);
  if (known !== undefined) return known;
  const name = nameOf(crowd.identities, person) || email;
  const met = { email, name, changed: 0, reviewed: 0, lastAt: 0 };
  crowd.people.set(email, met);
  return met;
}

interface Weighed {
  readonly file: FileChange;
  readonly lines: number;
}

function weigh(files: readonly FileChange[]): readonly Weighed[] {
  const weighed = files.map((file) => ({ file, lines: file.added + file.deleted }));
  // Only moved, binary or emptied files: each counts the same.
  if (weighed.every(({ lines }) => lines === 0)) return files.map((file) => ({ file, lines: 1 }));
  return weighed;
}

interface Did {
  changed: number;
  reviewed: number;
}

/** Who has changed or reviewed the file often enough, counting everybody's work on it in passing. */
function historians(crowd: Crowd, past: Past, file: FileChange): ReadonlySet<string> {
  const { now, definition } = crowd;
  const all = new Map<Met, Did>();
  for (const touch of past.files.get(file.oldPath) ?? []) {
    const late = touch.at < now - definition.withinDays * 86_400 || touch.at > now;
    if (!late && !crowd.shas.has(touch.sha)) count(crowd, touch, all);
  }
  const { changedAtLeast, reviewedAtLeast } = definition;
  const knowing = [...all].filter(
    ([, did]) =>
      (changedAtLeast !== null && did.changed >= changedAtLeast) ||
      (reviewedAtLeast !== null && did.reviewed >= reviewedAtLeast),
  );
  return new Set(knowing.map(([{ email }]) => email));
}

function count(crowd: Crowd, touch: Touch, all: Map<Met, Did>): void {
  const authors = new Set(touch.authors.map((email) => meet(crowd, { name: '', email })));
  const reviewers = new Set(touch.reviewers.map((email) => meet(crowd, { name: '', email })));
  for (const person of new Set([...authors, ...reviewers])) {
    if (person === null) continue;
    const did = all.get(person) ?? { changed: 0, reviewed: 0 };
    // Whoever wrote a change has not reviewed it, even if they merged it.
    const part = authors.has(person) ? 'changed' : 'reviewed';
    did[part] += 1;
    person[part] += 1;
    person.lastAt = Math.max(person.lastAt, touch.at);
    all.set(person, did);
  }
}

/** Who has changed the folder of a new file; reviews are not counted by folder. */
function neighbours(crowd: Crowd, past: Past, file: FileChange): ReadonlySet<string> {
  const folder = subsystemOf(file.path);
  const counts = new Map<Met, number>();
  for (const [email, changes] of past.around?.get(folder) ?? folderWork(crowd, past, folder)) {
    const person = meet(crowd, { name: '', email });
    if (person !== null) counts.set(person, (counts.get(person) ?? 0) + changes);
  }
  const least = Math.max(1, crowd.definition.changedAtLeast ?? 1);
  return new Set([...counts].filter(([, changes]) => changes >= least).map(([{ email }]) => email));
}

/** What the people of this change's files did in a folder, when nobody looked for others. */
function folderWork(
  crowd: Crowd,
  past: Past,
  folder: string,
): readonly (readonly [string, number])[] {
  const since = crowd.now - crowd.definition.withinDays * 86_400;
  return [...past.people].flatMap(([email, { folders, lastAt }]) => {
    const changes = folders.get(folder) ?? 0;
    return changes > 0 && lastAt >= since ? [[email, changes] as const] : [];
  });
}

function recentlyActive(crowd: Crowd, past: Past): ReadonlySet<string> {
  const since = crowd.now - crowd.definition.withinDays * 86_400;
  const active = [...past.people].flatMap(([email, { lastAt }]) => {
    const person = lastAt >= since ? meet(crowd, { name: '', email }) : null;
    if (person !== null) person.lastAt = Math.max(person.lastAt, lastAt);
    return person?.email ?? [];
  });
  return new Set(active);
}

function byExpertise(one: Expertise, other: Expertise): number {
  return (
    other.share - one.share ||
    other.changed + other.reviewed - (one.changed + one.reviewed) ||
    other.lastAt - one.lastAt ||
    (one.email < other.email ? -1 : 1)
  );
}

function isNew(file: FileChange): boolean {
  return file.status === 'added' || file.status === 'copied';
}
