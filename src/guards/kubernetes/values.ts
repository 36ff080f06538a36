import { dataOf } from '../data.ts';
import type { ChangedFile, Scene, Source } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { settingsOfData } from '../resources/setting.ts';
import type { Setting } from '../resources/setting.ts';

/** Values of a Helm chart by their path: `web.resources.limits.memory`. */
export type Values = ReadonlyMap<string, Setting>;

/** A file of values that stood before the change and stands after it. */
export interface ValuesPair {
  readonly file: ChangedFile;
  readonly was: Values;
  readonly now: Values;
}

const valuesName = /(?:^|\/)(?:[\w.-]*[.-])?values(?:[.-][\w.-]+)?\.ya?ml$/i;
const known = new WeakMap<Scene, readonly ValuesPair[]>();

/** Files of Helm values that a change touches, for production as far as paths tell. */
export function valuesPairs(scene: Scene): readonly ValuesPair[] {
  const found = known.get(scene);
  if (found !== undefined) return found;
  const read = scene.files.flatMap((file) => {
    const { path, before, after } = file;
    if (!valuesName.test(path) || before === null || after === null) return [];
    if (!isProductionPath(path) || isOtherEnvironment(path)) return [];
    const [was, now] = [valuesOf(before), valuesOf(after)];
    return was === null || now === null ? [] : [{ file, was, now }];
  });
  known.set(scene, read);
  return read;
}

// A map that holds nothing still stands: `livenessProbe: {}` is no probe.
function valuesOf(source: Source): Values | null {
  const data = dataOf(source)?.[0];
  if (data?.kind !== 'map') return null;
  const settings = settingsOfData(data, { path: '', at: '' }, () => true);
  return new Map(settings.filter(({ at }) => at === '').map((setting) => [setting.path, setting]));
}
