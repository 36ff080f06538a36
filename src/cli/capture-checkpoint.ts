import { withoutOldStrays, workingSessions } from '../capture/book.ts';
import { landedRef } from '../capture/landed.ts';
import { hashedLines } from '../capture/line.ts';
import type { FileChange } from '../change/change.ts';
import { commonDirectory, type Repository } from '../outside/git/git.ts';
import { mayHaveRef } from '../outside/journal/head.ts';
import type { Place } from '../outside/journal/place.ts';
import { readJournal } from './capture-journal.ts';
import { noteDamage, type Ledger } from './capture-ledger.ts';
import { stateOf } from './capture-states.ts';
import { changedAtOnDisk, look, lookAround } from './capture-look.ts';

/** Where the record of a repository lies; the top of a bare one is its git directory. */
export function placeOfRepository(repository: Repository): Place {
  const { gitDir, workTree } = repository;
  return { top: workTree ?? gitDir, gitDir, commonDir: commonDirectory(repository) };
}

/**
 * Looks at the files of a change before it is attributed. A file that nobody has looked at yet, and that changed while
 * an agent was at work, was changed by that agent, or by nobody who can be named.
 */
export function checkpoint(ledger: Ledger, files: readonly FileChange[]): void {
  noteLostNotes(ledger);
  const working = workingSessions(ledger.book, ledger.now.at);
  const turnAt = Math.min(...working.map((session) => session.turnAt));
  for (const { path, oldPath, content, before } of files) {
    if (content !== 'text') continue;
    if (oldPath !== path && stateOf(ledger, oldPath) !== null) look(ledger, oldPath);
    if (stateOf(ledger, path) !== null) {
      look(ledger, path);
      continue;
    }
    const changedAt = changedAtOnDisk(ledger, path);
    const inTurn = working.length > 0 && changedAt !== null && changedAt >= turnAt;
    const unseenAgent = working.length === 0 && ledger.now.agentHere && ledger.journal !== null;
    const baseline = hashedLines(before ?? '');
    if ((inTurn || unseenAgent) && baseline !== null) look(ledger, path, { baseline });
  }
  forgetOldStrays(ledger);
}

/** What an agent left running is not waited for any more once all files that are known were looked at. */
function forgetOldStrays(ledger: Ledger): void {
  const book = withoutOldStrays(ledger.book, ledger.now.at);
  if (book === ledger.book) return;
  lookAround(ledger);
  ledger.book = { ...withoutOldStrays(ledger.book, ledger.now.at), lookedAll: false };
}

/** The journal wrote notes for commits, and there is no note at all any more. */
function noteLostNotes(ledger: Ledger): void {
  if (mayHaveRef(ledger.place, landedRef) || readJournal(ledger.place).notes.size === 0) return;
  noteDamage(ledger, { kind: 'missing', what: `all notes in ${landedRef}` });
}
