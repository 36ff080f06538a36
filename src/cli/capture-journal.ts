import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verifyChain, type ChainReading } from '../capture/journal.ts';
import { textOf } from '../capture/reading.ts';
import { captureFolder, journalFolder, type Place } from '../outside/journal/place.ts';
import { journalLines, journalTail } from '../outside/journal/segments.ts';

/** What this machine's own journal says of commits. */
export interface OwnJournal {
  readonly chain: ChainReading;
  /** SHA-256 of the note that was written for a commit, by commit; the last one counts. */
  readonly notes: ReadonlyMap<string, string>;
}

/** Reads the journal and follows its chain. */
export function readJournal(place: Place): OwnJournal {
  const chain = verifyChain(journalLines(journalFolder(place)));
  const notes = new Map<string, string>();
  for (const { kind, fields } of chain.records) {
    const [commit, note] = [textOf(fields['commit']), textOf(fields['note'])];
    if (kind === 'landed' && commit !== null && note !== null) notes.set(commit, note);
  }
  return { chain, notes };
}

/** Whether anything was ever recorded here. */
export function isRecorded(place: Place): boolean {
  return (
    existsSync(join(captureFolder(place), 'book.json')) || journalTail(journalFolder(place)).present
  );
}

/** The same where only writing would follow: what cannot be read is tried, and then said. */
export function mayBeRecorded(place: Place): boolean {
  try {
    return isRecorded(place);
  } catch {
    return true;
  }
}
