import type { ChangedFile, Scene } from '../guard.ts';
import { dependenciesOf, isManifest } from './dependency.ts';
import type { Dependency } from './dependency.ts';

/** A dependency the change asks for and that the manifest did not ask for before. */
export interface NewDependency extends Dependency {
  readonly file: ChangedFile;
  /** What the manifest wanted of it before; null when it did not know it. */
  readonly was: string | null;
}

/** Manifests that the change touches and that somebody installs from: no fixtures. */
export function changedManifests(scene: Scene): readonly ChangedFile[] {
  return scene.files.filter(
    (file) =>
      file.after !== null &&
      isManifest(file.path) &&
      !/(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-data|node_modules)\//.test(file.path),
  );
}

/** Dependencies that are new in their manifest, or wanted from another place or in another version than before. */
export function newDependencies(scene: Scene): readonly NewDependency[] {
  return changedManifests(scene).flatMap((file) => {
    const before = new Map(dependenciesOf(file.before).map((one) => [one.name, one.wanted]));
    return dependenciesOf(file.after)
      .filter((one) => before.get(one.name) !== one.wanted && file.added.has(one.line))
      .map((one) => ({ ...one, file, was: before.get(one.name) ?? null }));
  });
}

/** Names that some manifest of the change already knew before it: moved or spread, not new. */
export function knownNames(scene: Scene): ReadonlySet<string> {
  return new Set(
    scene.files
      .filter((file) => file.before !== null && isManifest(file.path))
      .flatMap((file) => dependenciesOf(file.before).map((one) => one.name)),
  );
}

/** Folders from a file's own up to the root of the repository; the root is empty. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).concat('');
}

/** Joins a folder (empty for the root) and a name. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Text of a file after the change, whether the change touched it or not. */
export function textAfter(scene: Scene, path: string): string | null {
  const changed = scene.files.find((file) => file.path === path);
  return changed === undefined ? scene.readAfter(path) : (changed.after?.text ?? null);
}
