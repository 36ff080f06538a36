import type { Scene, Sighting } from '../guard.ts';
import { compact } from './nodes.ts';

const known = new WeakMap<Scene, ReadonlySet<string>>();

/** Sightings on lines that the change wrote, without those on lines that it only moved. */
export function onNewLines(scene: Scene, seen: readonly Sighting[]): readonly Sighting[] {
  return seen.filter(({ path, line }) => {
    const file = scene.files.find((one) => one.path === path);
    return !isMovedLine(scene, file?.after?.lines[line - 1] ?? '');
  });
}

/** Whether the change took a line like this from somewhere: then it was moved, not written. */
function isMovedLine(scene: Scene, text: string): boolean {
  const found = known.get(scene) ?? removedLines(scene);
  known.set(scene, found);
  return found.has(compact(text));
}

function removedLines(scene: Scene): ReadonlySet<string> {
  return new Set(
    scene.files.flatMap((file) =>
      file.change.hunks.flatMap((hunk) => hunk.removed.map((line) => compact(line))),
    ),
  );
}
