import { existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives a copy the installed dependencies of the original. Each `node_modules` becomes a real folder full of links, so
 * that what tests write into it (caches) stays in the copy.
 */
export function linkDependencies(
  original: string,
  copy: string,
  folders: readonly string[],
): readonly string[] {
  return folders.filter((folder) => {
    const from = join(original, folder, 'node_modules');
    const to = join(copy, folder, 'node_modules');
    if (!existsSync(from) || existsSync(to) || !existsSync(join(copy, folder))) return false;
    linkEach(from, to);
    return true;
  });
}

function linkEach(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name.startsWith('.') && !kept.has(name)) continue;
    const isScope = name.startsWith('@') && !lstatSync(join(from, name)).isSymbolicLink();
    if (isScope) linkEach(join(from, name), join(to, name));
    else symlinkSync(join(from, name), join(to, name));
  }
}

/** Hidden folders that belong to what is installed; the others are caches. */
const kept: ReadonlySet<string> = new Set(['.bin', '.pnpm', '.package-lock.json', '.prisma']);
