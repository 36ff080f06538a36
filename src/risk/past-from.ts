import type { Change } from '../change/change.ts';
import type { Features, Past, PersonPast, Touch } from '../change/past.ts';
import { asPastChange } from './features.ts';
import { personPast } from './person-trail.ts';
import type { PersonTrail } from './person-trail.ts';

/** A portrait as it is asked, whether it is in memory or lies packed in a file. */
export interface PortraitView {
  /** Ascending. */
  readonly scores: readonly number[];
  readonly usual: Features | null;
  readonly changes: number;
  readonly uncounted: number;
  /** Unix seconds of the last change. */
  readonly at: number;
  /** Newest first. */
  readonly touches: (path: string) => readonly Touch[];
  readonly person: (email: string) => PersonTrail | undefined;
}

/** What one change needs of the past. */
export function pastFrom(change: Change, view: PortraitView): Past {
  const asked = asPastChange(change, view.at);
  const files = new Map<string, readonly Touch[]>();
  const emails = new Set(asked.authors);
  for (const { oldPath } of asked.files) {
    const touches = view.touches(oldPath);
    if (touches.length > 0) files.set(oldPath, touches);
    for (const touch of touches) for (const author of touch.authors) emails.add(author);
  }
  const people = new Map<string, PersonPast>();
  for (const email of emails) {
    const person = personPast(view.person(email), asked.at);
    if (person !== undefined) people.set(email, { ...person, folders: new Map(person.folders) });
  }
  const { scores, usual, changes, at, uncounted } = view;
  return {
    files,
    people,
    scores,
    usual,
    changes,
    at,
    gaps: uncounted > 0 ? [gapOf(uncounted)] : [],
  };
}

function gapOf(uncounted: number): Past['gaps'][number] {
  const changes = uncounted === 1 ? '1 earlier change' : `${uncounted} earlier changes`;
  return {
    what: `risk of ${changes}`,
    why: 'objects are missing from this clone, so not all of their lines could be counted',
  };
}
