import { existsSync } from 'node:fs';
import { UserError } from '../change/problems.ts';
import { landedRef } from '../capture/landed.ts';
import type { Repository } from '../outside/git/git.ts';
import { mayBeRecorded } from './capture-journal.ts';
import { placeOfRepository } from './capture-checkpoint.ts';
import { hereOf } from './init-place.ts';
import { shown } from './init-plan-text.ts';
import { recordFile } from './init-record.ts';
import { takeBack, type Undone } from './init-take-back.ts';
import { plain } from './plain.ts';

/** `init --undo`: takes back what `init` did here, and says what it took back, what stays, and why. */
export function undo(record: string, repository: Repository): number {
  if (!existsSync(recordFile(record))) {
    say(['Nothing to take back: init did nothing here.', ...stays(repository)]);
    return 0;
  }
  const undone = takeBack(record, hereOf(repository));
  const { failed } = undone;
  const told = lines(undone, repository);
  const nothing = 'Nothing to take back: what init wrote here is gone already.';
  if (failed.length === 0) {
    say([...(told.length === 0 ? [nothing] : told), ...stays(repository)]);
    return 0;
  }
  say(told);
  throw new UserError(
    failed.map(({ path, why }) => `${path} cannot be taken back: ${why}`).join('; '),
    `${told.length === 0 ? 'Nothing else was to be taken back.' : 'The rest was taken back, as listed.'} Repair that and run init --undo again.`,
  );
}

function lines({ removed, restored, left }: Undone, repository: Repository): readonly string[] {
  return [
    ...removed.map((path) => `  removed   ${shown(path, repository)}`),
    ...restored.map((path) => `  restored  ${shown(path, repository)}`),
    ...left.map(({ path, why }) => `  left      ${shown(path, repository)}  (${plain(why)})`),
  ];
}

/** The record of what agents did is not part of what `init` wrote, so it is not taken back with it. */
function stays(repository: Repository): readonly string[] {
  if (!mayBeRecorded(placeOfRepository(repository))) return [];
  return [
    '',
    `What was recorded of agents stays: the journal, and the notes of commits (${landedRef}).`,
    'To let go of it: hallmonitor record prune --journal',
  ];
}

function say(text: readonly string[]): void {
  if (text.length > 0) process.stdout.write(`${text.join('\n')}\n`);
}
