import type { Scene } from '../guard.ts';
import { isMigrationPath } from '../language.ts';

/** Files with indexes that were built the plain way from which on that is the team's habit. */
const habit = 5;

/** Words of migrations that take care of locks. */
const careful = ['CONCURRENTLY', 'concurrently', 'lock_timeout'] as const;
const carefulPython = ['AddIndexConcurrently', 'postgresql_concurrently', 'CONCURRENTLY'] as const;

const plainly: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.py$/, ['AddIndex', 'create_index']],
  [/\.rb$/, ['add_index']],
  [/./, ['INDEX', 'index']],
];

const known = new WeakMap<Scene, boolean>();

/**
 * Whether the migrations that are there build their indexes the plain way, and none takes care of locks: this team has
 * small tables or quiet hours. False where nobody can search, or where there is too little to go by.
 */
export function isUsedToLocks(scene: Scene): boolean {
  const found = known.get(scene) ?? weigh(scene);
  known.set(scene, found);
  return found;
}

function weigh(scene: Scene): boolean {
  const { search, files } = scene;
  const own = new Set(
    files.filter(({ change }) => change.status === 'added').map(({ path }) => path),
  );
  const sample = [...own].find((path) => isMigrationPath(path)) ?? '';
  if (search === undefined) return false;
  const count = (word: string): number =>
    new Set(
      (search(word) ?? [])
        .map(({ path }) => path)
        .filter((path) => isMigrationPath(path) && !own.has(path)),
    ).size;
  const words = plainly.find(([ending]) => ending.test(sample))?.[1] ?? [];
  if (!words.some((word) => count(word) >= habit)) return false;
  return !(sample.endsWith('.py') ? carefulPython : careful).some((word) => count(word) > 0);
}
