import type { Example } from '../guard.ts';

/** An example about a file that the change adds. */
export function comes(name: string, path: string, text: string): Example {
  return { name, after: { [path]: text } };
}

/** An example about one file, before and after the change. */
export function turns(
  name: string,
  path: string,
  [before, after]: readonly [string, string],
): Example {
  return { name, before: { [path]: before }, after: { [path]: after } };
}
