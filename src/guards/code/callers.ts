import type { ChangedFile, Scene } from '../guard.ts';
import { callsOf } from './calls.ts';
import type { Call } from './calls.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

/** A call of a unit, seen in a file the change touched. */
export interface Caller {
  readonly call: Call;
  readonly unit: Unit;
  readonly file: ChangedFile;
}

/** Calls of a function by its last name, in the changed files as they are after the change. */
export function callersOf(scene: Scene, name: string): readonly Caller[] {
  if (name.length < 3) return [];
  return scene.files.flatMap((file) => {
    if (file.after === null || !file.after.text.includes(name)) return [];
    return unitsOf(file.after).flatMap((unit) =>
      callsOf(unit)
        .filter((call) => call.name === name)
        .map((call) => ({ call, unit, file })),
    );
  });
}
