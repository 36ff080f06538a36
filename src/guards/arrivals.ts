import type { FileChange } from '../change/change.ts';
import { linesOf } from '../change/diff.ts';
import { isMigrationPath, isProductionPath, isTestPath, languageOf } from './language.ts';

/**
 * Files as the guards must see them. A copy is new, and so is what a rename brings to where it runs: a note that
 * becomes a migration has no changed line, yet all of it takes effect.
 */
export function withArrivals(files: readonly FileChange[]): readonly FileChange[] {
  return files.map((file) => {
    if (file.content !== 'text' || file.after === null) return file;
    const { status, oldPath, path } = file;
    const arrives = status === 'copied' || (status === 'renamed' && beginsToRun(oldPath, path));
    return arrives ? arrival(file, file.after) : file;
  });
}

function beginsToRun(from: string, to: string): boolean {
  if (isMigrationPath(to) && !isMigrationPath(from)) return true;
  if (isWorkflow(to) && !isWorkflow(from)) return true;
  // What leaves the tests is weighed as a lost test, with both its sides.
  if (isTestPath(from) || !isProductionPath(to)) return false;
  return !isProductionPath(from) || !isCode(from);
}

function isWorkflow(path: string): boolean {
  return path.startsWith('.github/workflows/');
}

function isCode(path: string): boolean {
  return !['other', 'markdown'].includes(languageOf(path));
}

function arrival(file: FileChange, after: string): FileChange {
  const added = linesOf(after);
  const hunks = added.length === 0 ? [] : [{ oldStart: 1, newStart: 1, removed: [], added }];
  const gone = { oldPath: file.path, oldMode: '000000', before: null, deleted: 0 };
  return { ...file, ...gone, status: 'added', hunks, added: added.length };
}
