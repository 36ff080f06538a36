import type { Scene } from '../guard.ts';
import { locksOf } from './lock.ts';
import type { Lock } from './lock.ts';
import { newDependencies } from './new-dependencies.ts';
import type { NewDependency } from './new-dependencies.ts';

/** New dependencies that no lock file holds: nothing yet shows that they exist. */
export function unlocked(scene: Scene): readonly NewDependency[] {
  const locks = new Map<string, readonly Lock[]>();
  return newDependencies(scene)
    .filter((one) => one.was === null && one.registry !== 'maven' && !isOfWorkspace(one.wanted))
    .filter((one) => {
      const key = `${one.registry} ${one.file.path}`;
      const known = locks.get(key) ?? locksOf(scene, one.file.path, one.registry);
      locks.set(key, known);
      return !known.some((lock) => lock.mentions(one.name));
    });
}

function isOfWorkspace(wanted: string): boolean {
  return /^(?:workspace|file|link|portal|patch):/.test(wanted);
}
