import type { ChangedFile, Scene } from '../guard.ts';
import { firstTestLine } from './rust-modules.ts';

/** Whether one of these words went away with the code that the change removes: its feature is gone, not its test. */
export type Vanished = (text: string) => boolean;

const word = /[A-Za-z_$][\w$]{3,}/g;

/** Words of the code under test that the change removes everywhere it shows, including names of deleted files. */
export function vanishedWords(scene: Scene): Vanished {
  const code = scene.files.filter((file) => !file.isTest && file.language !== 'markdown');
  const gone = new Set<string>();
  for (const { change, before } of code) {
    const end = firstTestLine(before);
    for (const hunk of change.hunks)
      for (const line of hunk.removed.slice(0, Math.max(0, end - hunk.oldStart)))
        for (const [name] of line.matchAll(word)) gone.add(name);
    if (change.status === 'deleted') gone.add(stem(change.path));
    if (change.oldPath !== change.path) gone.add(stem(change.oldPath));
  }
  if (gone.size > 0)
    for (const file of code) for (const [name] of codeOf(file).matchAll(word)) gone.delete(name);
  if (gone.size === 0) return () => false;
  return (text) => [...text.matchAll(word)].some(([name]) => gone.has(name));
}

function codeOf({ after }: ChangedFile): string {
  const end = firstTestLine(after);
  return after === null
    ? ''
    : end === Infinity
      ? after.text
      : after.lines.slice(0, end - 1).join('\n');
}

/** Name of a file without folders, ending and the marks of tests. */
export function stem(path: string): string {
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.\w+$/, '')
    .replace(/[._-](?:test|tests|spec|e2e|cy|integration|unit|node|edge|browser)(?=$|\.)/g, '')
    .replace(/^test_|_test$|_spec$|(?<=\w)(?:Tests?|IT|TestCase|Spec)$/g, '');
}
