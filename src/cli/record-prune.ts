import { join } from 'node:path';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { UserError } from '../change/problems.ts';
import { openRepository } from '../outside/git/git.ts';
import { captureFolder, journalFolder } from '../outside/journal/place.ts';
import { dropOlderSegments } from '../outside/journal/segments.ts';
import { drop, stateName, sweep } from '../outside/journal/states.ts';
import { placeOfRepository } from './capture-checkpoint.ts';
import { newJournalId, withLedger, type Ledger } from './capture-ledger.ts';
import { count } from './plain.ts';

/** What nobody touched for so long is not needed to attribute the next commit. */
const keptMs = 30 * 24 * 3_600_000;

/** `record prune`: lets go of what is old; says first what that is. */
export async function pruneRecord(options: {
  readonly repo: string;
  readonly journal?: boolean;
  readonly yes?: boolean;
}): Promise<number> {
  const place = placeOfRepository(await openRepository(options.repo));
  let old: readonly string[] = [];
  let segments = 0;
  const done = await withLedger(place, { now: new Date() }, (ledger) => {
    old = oldFiles(ledger);
    if (options.yes !== true) return [];
    for (const path of old) forget(ledger, path);
    sweep(captureFolder(place), Infinity);
    if (options.journal === true) segments = beginAnew(ledger);
    return [];
  });
  if (!done.recorded)
    throw new UserError(
      `nothing was pruned: ${done.why ?? ''}`,
      'Try again when no agent is at work.',
    );
  const what = `what is known of ${count(old.length, 'file')} that nobody touched for 30 days`;
  const journal =
    options.journal === true ? `, and the journal (${count(segments + 1, 'part')})` : '';
  process.stdout.write(
    options.yes === true
      ? `Let go of ${what}${journal}.\n`
      : `Would let go of ${what}${journal}; --yes does it.\n`,
  );
  return 0;
}

function oldFiles({ book, place, now }: Ledger): readonly string[] {
  return Object.keys(book.files).filter((path) => {
    const stats = statSync(join(captureFolder(place), stateName(path)), { throwIfNoEntry: false });
    return stats !== undefined && now.at - stats.mtimeMs > keptMs;
  });
}

function forget(ledger: Ledger, path: string): void {
  const { [path]: _, ...files } = ledger.book.files;
  ledger.book = { ...ledger.book, files };
  drop(captureFolder(ledger.place), stateName(path));
}

/** The journal that is let go of stays as `journal.old` until the next time, for who wants to look. */
function beginAnew(ledger: Ledger): number {
  const folder = journalFolder(ledger.place);
  const segments = dropOlderSegments(folder);
  rmSync(join(folder, 'journal.old'), { force: true });
  if (existsSync(join(folder, 'journal.jsonl')))
    renameSync(join(folder, 'journal.jsonl'), join(folder, 'journal.old'));
  ledger.entries.push({ kind: 'repaired', before: ledger.journalId });
  ledger.journal = null;
  ledger.journalId = newJournalId();
  return segments;
}
