import { hole } from './command.ts';
import type { Place } from './command.ts';

/** Whether a path starts at a root, in the form of Unix or of Windows. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path);
}

/** The path without `.`, `..` and doubled slashes; relative paths start at `cwd`. Null when that cannot be known. */
export function resolvePath(path: string, cwd: string | null): string | null {
  const from = path.replaceAll('\\', '/');
  if (from.startsWith(hole)) return null;
  if (isAbsolute(from)) return normalise(from);
  return cwd === null ? null : normalise(`${cwd}/${from}`);
}

function normalise(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return /^[a-z]:/i.test(path) ? kept.join('/') : `/${kept.join('/')}`;
}

/** The last part of a path. */
export function baseName(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  return parts.findLast((part) => part !== '') ?? '';
}

/** Whether `path` is `folder` or lies in it; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** The absolute path as seen from the repository's root, or null when it is outside. */
export function inRepository(path: string, { top }: Place): string | null {
  if (path === top) return '';
  return isWithin(path, top) ? path.slice(top.length + 1) : null;
}

const temporary = [
  '/tmp',
  '/var/tmp',
  '/private/tmp',
  '/dev/shm',
  '/var/folders',
  '/private/var/folders',
];

/** Whether a path lies in a folder whose content nobody counts on. The folder itself is not in it. */
export function isTemporary(path: string): boolean {
  return temporary.some((folder) => path !== folder && isWithin(path, folder));
}

const built = new Set(
  (
    'node_modules dist build out target coverage .next .nuxt .cache .turbo .parcel-cache .pytest_cache ' +
    '__pycache__ .mypy_cache .ruff_cache .tox .venv venv .gradle .svelte-kit .output .vite .angular tmp temp ' +
    'logs bin obj .nyc_output htmlcov storybook-static .eggs .terraform cmake-build-debug DerivedData Pods ' +
    'playwright-report test-results .expo .yarn/cache'
  ).split(' '),
);

/** Whether a path names a folder or file that a build makes again. */
export function isBuilt(path: string): boolean {
  const parts = path.replaceAll('\\', '/').split('/');
  return (
    parts.some((part) => built.has(part) || part.endsWith('.egg-info')) ||
    /\.(?:pyc|o|tsbuildinfo|log)$/.test(path)
  );
}
