import type { Change } from '../change/change.ts';
import type { Features, Past, PastChange, PastFile, Touch } from '../change/past.ts';
import { mostFilesCompared, subsystemOf } from '../change/past.ts';
import { changesBehindAFeature, featureNames, featuresOf } from './features.ts';
import type { Lookup } from './features.ts';
import { scoreOf } from './model.ts';
import type { Model } from './model.ts';
import { pastFrom } from './past-from.ts';
import { admitPerson, dismissPerson, personPast } from './person-trail.ts';
import type { PersonTrail } from './person-trail.ts';
import { emptyRanking, enterValue, medianOf, removeValue, valuesOf } from './ranking.ts';
import type { Ranking } from './ranking.ts';

/** Touches of files are remembered over this many changes; half of them give the other half a past. */
export const changesRemembered = 4000;

/** A change is compared with the scores of this many changes before it. */
export const changesCompared = 2000;

/** A file's touches within memory, oldest first. */
export interface FileTrail {
  path: string;
  readonly marks: Mark[];
  /** Index of the first mark inside the features' window. */
  recent: number;
}

/** One touch, with the change that made it and the lines it changed. */
interface Mark {
  readonly landed: Landed;
  /** Null where unknown, and once it left the features' window. */
  lines: number | null;
}

/** A change that landed, as far as it is remembered. */
export interface Landed {
  /** Position in history as counted by this portrait. */
  readonly order: number;
  readonly sha: string;
  readonly at: number;
  readonly authors: readonly string[];
  readonly reviewers: readonly string[];
  readonly subsystems: readonly string[];
  /** How many files that count it had; 0 for a change of too many. */
  readonly files: number;
  readonly trails: readonly FileTrail[];
  /** Null when it had no files that count, or some of their lines could not be counted. */
  readonly features: Features | null;
  readonly score: number | null;
}

/**
 * What is remembered of a repository: always a function of its last 4,000 changes alone, however it came about,
 * so that a portrait kept up to date gives the same answer as one drawn anew.
 */
export interface Portrait {
  readonly model: Model;
  /** Oldest first. */
  readonly landed: Landed[];
  readonly files: Map<string, FileTrail>;
  readonly people: Map<string, PersonTrail>;
  readonly scores: Ranking;
  /** In the order of `featureNames`. */
  readonly features: readonly Ranking[];
  /** Order of the next change. */
  next: number;
}

/** The portrait of a repository in which nothing has landed yet. */
export function emptyPortrait(model: Model): Portrait {
  return {
    model,
    landed: [],
    files: new Map(),
    people: new Map(),
    scores: emptyRanking(changesCompared + 1),
    features: featureNames.map(() => emptyRanking(changesCompared + 1)),
    next: 0,
  };
}

/** Adds the next change, scored by what was known before it. Takes the portrait over: go on with what it returns. */
export function portrayNext(portrait: Portrait, change: PastChange): Portrait {
  const files = change.files.length > mostFilesCompared ? [] : change.files;
  const isCounted = files.length > 0 && files.every((file) => file.added !== null);
  const features = isCounted ? featuresOf(change, lookupOf(portrait)) : null;
  return enter(
    portrait,
    {
      order: portrait.next,
      sha: change.sha,
      at: change.at,
      authors: change.authors,
      reviewers: change.reviewers,
      subsystems: [...new Set(files.map((file) => subsystemOf(file.path)))],
      files: files.length,
      trails: trailsOf(portrait.files, files),
      features,
      score: features === null ? null : scoreOf(features, portrait.model),
    },
    files.map(({ added, deleted }) =>
      added === null || deleted === null ? null : added + deleted,
    ),
  );
}

/** Enters a change that is judged already; `lines` goes with its trails. */
export function enter(
  portrait: Portrait,
  landed: Landed,
  lines: readonly (number | null)[],
): Portrait {
  landed.trails.forEach((trail, index) =>
    trail.marks.push({ landed, lines: lines[index] ?? null }),
  );
  for (const author of landed.authors) admitPerson(portrait.people, author, landed);
  rank(portrait, landed, enterValue);
  portrait.landed.push(landed);
  portrait.next += 1;
  leaveWindow(portrait, portrait.landed.at(-1 - changesBehindAFeature));
  if (portrait.landed.length > changesRemembered) forget(portrait, portrait.landed.shift());
  return portrait;
}

type Ranked = (ranking: Ranking, value: number) => void;

function rank(portrait: Portrait, landed: Landed, change: Ranked): void {
  const { features, score } = landed;
  if (features === null || score === null) return;
  change(portrait.scores, score);
  featureNames.forEach((name, index) => {
    const ranking = portrait.features[index];
    if (ranking !== undefined) change(ranking, features[name]);
  });
}

function leaveWindow(portrait: Portrait, landed: Landed | undefined): void {
  if (landed === undefined) return;
  for (const trail of landed.trails) {
    const mark = trail.marks[trail.recent];
    if (mark !== undefined) mark.lines = null;
    trail.recent += 1;
  }
  for (const author of landed.authors) dismissPerson(portrait.people, author, landed);
  rank(portrait, landed, removeValue);
}

function forget(portrait: Portrait, landed: Landed | undefined): void {
  for (const trail of landed?.trails ?? []) {
    trail.marks.shift();
    trail.recent -= 1;
    const isGone = trail.marks.length === 0 && portrait.files.get(trail.path) === trail;
    if (isGone) portrait.files.delete(trail.path);
  }
}

/** Renamed files take their trail along; all are lifted before any is put down, so that two may swap names. */
function trailsOf(
  files: Map<string, FileTrail>,
  changed: readonly PastFile[],
): readonly FileTrail[] {
  const lifted = changed.map(({ path, oldPath }) => {
    const trail = oldPath === path ? undefined : files.get(oldPath);
    if (trail !== undefined) files.delete(oldPath);
    return trail;
  });
  return changed.map(({ path }, index) => {
    const trail = lifted[index] ?? files.get(path) ?? { path, marks: [], recent: 0 };
    trail.path = path;
    files.set(path, trail);
    return trail;
  });
}

function lookupOf(portrait: Portrait): Lookup {
  return {
    eachTouch(path, see) {
      const { marks = [], recent = 0 } = portrait.files.get(path) ?? {};
      for (let index = recent; index < marks.length; index++) {
        const mark = marks[index];
        if (mark !== undefined) see(mark.landed);
      }
    },
    person: (email, at) => personPast(portrait.people.get(email), at),
  };
}

/** Cuts out of the portrait what one change needs: its files, its people, and how risky other changes were. */
export function pastOf(change: Change, portrait: Portrait): Past {
  return pastFrom(change, {
    scores: valuesOf(portrait.scores),
    usual: usualOf(portrait),
    changes: portrait.landed.length,
    uncounted: uncountedOf(portrait),
    at: portrait.landed.at(-1)?.at ?? 0,
    touches: (path) => touchesOf(portrait, path),
    person: (email) => portrait.people.get(email),
  });
}

function touchesOf(portrait: Portrait, path: string): readonly Touch[] {
  const marks = portrait.files.get(path)?.marks ?? [];
  return marks.toReversed().map(({ landed, lines }) => ({
    sha: landed.sha,
    ago: portrait.next - landed.order,
    at: landed.at,
    authors: landed.authors,
    reviewers: landed.reviewers,
    lines,
  }));
}

/** How many changes cannot be compared with, because their lines could not be counted. */
export function uncountedOf(portrait: Portrait): number {
  return portrait.landed
    .slice(-changesCompared)
    .filter((landed) => landed.files > 0 && landed.score === null).length;
}

/** Median of each feature over the changes that scores are compared with; null when there are none. */
export function usualOf(portrait: Portrait): Features | null {
  if (portrait.scores.size === 0) return null;
  const medians = featureNames.map((name, index) => {
    const ranking = portrait.features[index];
    return [name, ranking === undefined ? 0 : medianOf(ranking)] as const;
  });
  return Object.fromEntries(medians) as Features;
}
