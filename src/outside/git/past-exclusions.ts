import { classify } from '../../change/classify.ts';
import { isReleaseNote } from '../../change/past.ts';

/** Whether a past file counts, by its path alone: what a file says about itself would have to be read. */
export function isForPeople(path: string): boolean {
  const generated = classify({ path, before: '', after: '', attributes: null });
  return generated === null && !isReleaseNote(path);
}

/** Each pathspec costs time on every path, so only those are worth it that save the diff of large files. */
const mostPathspecs = 5;
const worthLeavingOutBytes = 5_000_000;

/** Pathspecs for the file names that would cost git the most bytes to diff and that nobody reads. */
export function notForPeople(
  files: Iterable<{ readonly path: string; readonly bytes: number }>,
): readonly string[] {
  const bytes = new Map<string, number>();
  for (const file of files) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    // A name with signs that mean something in a pattern is rare among lock files and not worth quoting.
    if (!/^[\w.-]+$/.test(name) || isForPeople(file.path) || isForPeople(`any/${name}`)) continue;
    bytes.set(name, (bytes.get(name) ?? 0) + file.bytes);
  }
  return [...bytes]
    .filter(([, total]) => total >= worthLeavingOutBytes)
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostPathspecs)
    .map(([name]) => `:(top,exclude,glob)**/${name}`);
}
