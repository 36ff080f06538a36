import type { Scene } from '../guard.ts';
import type { NewDependency } from './new-dependencies.ts';
import { foldersAbove, inFolder, textAfter } from './new-dependencies.ts';
import type { Answer } from './registry.ts';

/** The one version that is asked for; null where several would do. */
export function exactVersion(wanted: string): string | null {
  const match = /^(?:={1,3}\s*)?v?(\d+(?:\.\d+)*(?:[-+.]?[A-Za-z][\w.+-]*)?)$/.exec(wanted.trim());
  if (match === null) return null;
  return wanted.trim().startsWith('v') ? wanted.trim() : (match[1] ?? null);
}

/** The lowest version that a range allows: what it was written for. */
function lowestVersion(wanted: string): string | null {
  return /^[\^~>=]{1,2}\s*v?(\d[\w.+-]*)/.exec(wanted.trim())?.[1] ?? null;
}

/** The version that an installation would bring: as locked, as asked for, or the newest. Null when nobody knows. */
export function installedVersion(
  one: NewDependency,
  answer: Extract<Answer, { kind: 'known' }>,
  scene: Scene,
): string | null {
  const named = [lockedVersion(one, scene), exactVersion(one.wanted), lowestVersion(one.wanted)];
  return named.find((version) => version !== null && answer.versions.has(version)) ?? answer.latest;
}

const locks: Readonly<Record<NewDependency['registry'], readonly string[]>> = {
  npm: ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'],
  pypi: ['uv.lock', 'poetry.lock', 'pdm.lock'],
  crates: ['Cargo.lock'],
  rubygems: ['Gemfile.lock'],
  go: [],
  maven: [],
};

function lockedVersion({ registry, name, file }: NewDependency, scene: Scene): string | null {
  for (const folder of foldersAbove(file.path)) {
    for (const lock of locks[registry]) {
      const text = textAfter(scene, inFolder(folder, lock));
      const version = text === null ? null : versionIn(lock, text, name);
      if (version !== null) return version;
    }
  }
  return null;
}

/** Characters behind a package's name in which its version stands. */
const reach = 400;

function versionIn(lock: string, text: string, name: string): string | null {
  const [mark, pattern] = marks(lock, name);
  const at = text.indexOf(mark);
  if (at < 0) return null;
  return pattern.exec(text.slice(at + mark.length, at + mark.length + reach))?.[1] ?? null;
}

function marks(lock: string, name: string): readonly [string, RegExp] {
  if (lock === 'package-lock.json')
    return [`"node_modules/${name}": {`, /^\s*"version":\s*"([^"]+)"/];
  if (lock === 'pnpm-lock.yaml')
    return [
      `\n      ${name.startsWith('@') ? `'${name}'` : name}:\n`,
      /^\s*specifier:.*\n\s*version:\s*([\w.+-]+)/,
    ];
  if (lock === 'yarn.lock')
    return [`\n${name.startsWith('@') ? '"' : ''}${name}@`, /\n\s+version:?\s+"?([^"\s]+)"?/];
  if (lock === 'Gemfile.lock') return [`\n    ${name} (`, /^([\w.-]+)\)/];
  return [`\nname = "${name}"\n`, /^version = "([^"]+)"/];
}
