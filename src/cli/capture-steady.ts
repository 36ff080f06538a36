import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isHeld } from '../outside/journal/lock.ts';
import { captureFolder, journalFolder, type Place } from '../outside/journal/place.ts';

/** Milliseconds between two readings; somebody who looks waits little more than a second in all. */
const pausesMs = [10, 20, 40, 80, 160, 320, 640];

/** What was read, and whether it can be believed where it looks damaged. */
export interface Reading<Result> {
  readonly result: Result;
  /** False: it looks damaged, and somebody was writing all the while. */
  readonly steady: boolean;
}

/**
 * Reads what belongs together without holding it. Who reads while another writes sees parts of two states, which looks
 * like damage; so what looks damaged is read again until nobody wrote meanwhile.
 */
export async function readSteadily<Result>(
  place: Place,
  read: () => Result | Promise<Result>,
  looksDamaged: (result: Result) => boolean,
): Promise<Reading<Result>> {
  for (let attempt = 0; ; attempt += 1) {
    const before = markOf(place);
    const result = await read();
    if (!looksDamaged(result)) return { result, steady: true };
    if (before !== null && before === markOf(place)) return { result, steady: true };
    const pauseMs = pausesMs[attempt];
    if (pauseMs === undefined) return { result, steady: false };
    await wait(pauseMs);
  }
}

/** What is said of a record that could not be held against itself. */
export const beingWritten = 'it is being written; look again when no agent is at work';

/** Changes whenever anybody writes; null while somebody does. */
function markOf(place: Place): string | null {
  const folder = journalFolder(place);
  if (isHeld(folder)) return null;
  return [join(folder, 'journal.jsonl'), join(captureFolder(place), 'book.json')]
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined ? '-' : `${found.ino}:${found.mtimeMs}:${found.size}`;
    })
    .join(' ');
}
