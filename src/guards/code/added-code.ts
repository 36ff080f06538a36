import type { ChangedFile, Scene } from '../guard.ts';

const known = new WeakMap<ChangedFile, string>();

/** The lines a change added to one file, without lines that only hold a comment. */
export function addedCode(file: ChangedFile): string {
  const found =
    known.get(file) ??
    [...file.added]
      .map((line) => (file.after?.lines[line - 1] ?? '').trim())
      .filter((line) => !/^(?:\/\/|#|\*|\/\*)/.test(line))
      .join('\n');
  known.set(file, found);
  return found;
}

/** The lines a change took from one file. */
export function removedCode(file: ChangedFile): string {
  return [...file.removed].map((line) => file.before?.lines[line - 1] ?? '').join('\n');
}

/** Whether any file of the change has an added line like this; tests do not count. */
export function isAddedSomewhere(scene: Scene, pattern: RegExp): boolean {
  return scene.files.some((file) => !file.isTest && pattern.test(addedCode(file)));
}
