import type { Change, FileChange, Gap } from '../change/change.ts';
import { isMigrationPath, languageOf } from './language.ts';

/**
 * Whether every guard reads a file: people wrote it, or it takes effect whoever wrote it. A new file can say
 * anything of itself, so that a migration or a workflow is not excused for calling itself generated.
 */
export function runsOrIsWritten({ generated, path }: FileChange): boolean {
  if (generated !== 'generated') return generated === null;
  return isMigrationPath(path) || languageOf(path) === 'terraform' || workflow.test(path);
}

const workflow = /(?:^|\/)\.github\/workflows\//;

/** Files that no guard could read, and why: git shows nothing of one with zero bytes, yet a program may run it. */
export function unreadIn(change: Change): readonly Gap[] {
  return change.files.flatMap(({ path, status, content, unread }) => {
    if (unread !== null) return [{ what: path, why: unread }];
    if (content === 'submodule' && status !== 'deleted') return [{ what: path, why: elsewhere }];
    if (content !== 'binary' || status === 'deleted' || !isCode(path)) return [];
    return [{ what: path, why: 'it holds zero bytes, so it counts as binary and was not read' }];
  });
}

const elsewhere =
  'it is a submodule; what its commits bring is in another repository and was not read';

function isCode(path: string): boolean {
  return !['other', 'markdown'].includes(languageOf(path));
}
