import { source } from '../scene.ts';
import type { Scene, Source } from '../guard.ts';

const known = new WeakMap<Scene, Map<string, Source | null>>();

/** Files beside the change that one look reads at most; each may be a question to git. */
const most = 80;

/** A file as it is after the change, touched or not; null when it is absent. */
export function fileAfter(scene: Scene, path: string): Source | null {
  const changed = scene.files.find((file) => file.path === path);
  if (changed !== undefined) return changed.after;
  const read = known.get(scene) ?? new Map<string, Source | null>();
  known.set(scene, read);
  const found = read.get(path);
  if (found !== undefined || read.size > most) return found ?? null;
  const made = source(path, scene.readAfter(path), scene.parsers);
  read.set(path, made);
  return made;
}

/** Whether the look at this change may not read further files: then absence means nothing. */
export function isReadOut(scene: Scene): boolean {
  return (known.get(scene)?.size ?? 0) > most;
}

/** A path that leads from a file by `./` and `../`; null when it leaves the repository. */
export function joined(folder: string, written: string): string | null {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of written.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return null;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The folder a file lies in; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
