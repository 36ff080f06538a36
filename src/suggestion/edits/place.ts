/** Where a path that an agent named lies. */
export interface Place {
  /** Absolute and normalised, with `/` between the parts. */
  readonly absolute: string;
  /** Relative to the top of the repository; null when the path lies outside. */
  readonly path: string | null;
}

const drive = /^[\\/]?([A-Za-z]):[\\/]/;

/** Finds where a path lies by its text alone: links are the caller's business, and `~` is a folder like any other. */
export function placeOf(named: string, { cwd, top }: { cwd: string; top: string }): Place {
  const windows = drive.test(top) || drive.test(cwd);
  const absolute = normal(isAbsolute(named, windows) ? named : `${cwd}/${named}`, windows);
  const above = normal(top, windows);
  const prefix = above.endsWith('/') ? above : `${above}/`;
  const inside = windows
    ? absolute.toLowerCase().startsWith(prefix.toLowerCase())
    : absolute.startsWith(prefix);
  const path = inside ? absolute.slice(prefix.length) : '';
  return { absolute, path: path === '' ? null : path };
}

function isAbsolute(path: string, windows: boolean): boolean {
  return path.startsWith('/') || (windows && (path.startsWith('\\') || drive.test(path)));
}

function normal(path: string, windows: boolean): string {
  const slashed = windows ? path.replaceAll('\\', '/') : path;
  const [, letter] = windows ? (drive.exec(slashed) ?? []) : [];
  const rest = letter === undefined ? slashed : slashed.slice(slashed.indexOf(':') + 1);
  const parts: string[] = [];
  for (const part of rest.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${letter === undefined ? '' : `${letter.toUpperCase()}:`}/${parts.join('/')}`;
}
