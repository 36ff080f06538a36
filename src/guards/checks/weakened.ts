import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { checksGone } from './check-gone.ts';
import { isCiFile, isScriptFile } from './ci-file.ts';
import { failuresAllowed } from './failures-allowed.ts';
import { failuresIgnored } from './failures-ignored.ts';
import { gatesSkipped } from './gate-order.ts';
import { settingsLoosened } from './settings-loosened.ts';
import { weakenedExamples } from './weakened.examples.ts';

/** A check that had to pass may fail from now on, runs no more, or asks for less. */
export const checksWeakened: Guard = guard({
  id: 'checks/weakened',
  severity: 'warn',
  protects: 'the checks that stand between a change and production',
  breaks:
    'What this check found before reaches production from now on, and every result stays green.',
  fix: 'Repair what fails. Where the check itself is wrong, take it out alone, with a reason and a date.',
  languages: 'any',
  cwe: [1068, 693],
  confidence: 0.75,
  ...weakenedExamples,
  look: (scene: Scene) => [
    ...scene.files.filter(isLookedAt).flatMap((file) => sightings(file, scene)),
    ...gatesSkipped(scene),
  ],
});

const foreign =
  /(?:^|\/)(?:node_modules|vendor|third[_-]party|fixtures?|__fixtures__|testdata|examples?|templates?|playgrounds?|sandbox(?:es)?|demos?)\//;

function isLookedAt({ path }: ChangedFile): boolean {
  return !foreign.test(path);
}

function sightings(file: ChangedFile, scene: Scene): readonly Sighting[] {
  const isCi = isCiFile(file);
  const ignored = isCi || isScriptFile(file) ? failuresIgnored(file) : [];
  const allowed = isCi ? failuresAllowed(file) : [];
  const openings = [...ignored, ...allowed, ...checksGone(file, scene), ...settingsLoosened(file)];
  return openings.map((one) => ({ path: file.path, ...one }));
}
