import { removedCode } from '../code/added-code.ts';
import type { Scene } from '../guard.ts';
import { isMigrationPath, isProductionPath } from '../language.ts';

/**
 * Whether the code after the change names none of these, and did not before it either: the first step of a removal in
 * two was taken already. `known` is a word that shows that the code is there to be searched.
 */
export function isForgotten(names: readonly string[], known: string, scene: Scene): boolean {
  const { search } = scene;
  if (search === undefined || !(search(known) ?? []).some(({ path }) => isCode(path))) return false;
  const isNamed = names.some((name) => {
    const found = search(name);
    return found === null || found.some(({ path }) => isCode(path));
  });
  if (isNamed) return false;
  const code = scene.files.filter(({ path }) => isCode(path));
  const taken = code.map(removedCode).join('\n');
  return !names.some((name) => taken.includes(name));
}

function isCode(path: string): boolean {
  return (
    isProductionPath(path) &&
    !isMigrationPath(path) &&
    !/\.(?:sql|json|lock|ya?ml)$|schema\.rb$/.test(path)
  );
}
