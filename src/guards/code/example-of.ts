import type { Example } from '../guard.ts';

/** An example about one file, before and after the change. */
export function exampleOf(
  name: string,
  path: string,
  [before, after]: readonly [string, string],
): Example {
  return { name, before: { [path]: before }, after: { [path]: after } };
}

/** An example in which one piece of a file's text is exchanged for another. */
export function edited(
  name: string,
  { path, text, from, to }: { path: string; text: string; from: string; to: string },
): Example {
  return exampleOf(name, path, [text, text.replace(from, () => to)]);
}
