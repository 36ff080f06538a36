import type { Change } from '../../change/change.ts';
import type { Parsers, Scene } from '../guard.ts';
import { buildScene } from '../scene.ts';
import type { Registry } from './dependency.ts';
import { exactVersion } from './installed-version.ts';
import { foldersAbove, inFolder, newDependencies, textAfter } from './new-dependencies.ts';
import type { NewDependency } from './new-dependencies.ts';

/** A package about which a registry is to be asked. */
export interface AskedPackage {
  readonly registry: Registry;
  readonly name: string;
  /** The version the change asks for, where it names one. */
  readonly version: string | null;
}

/** Packages of public registries that a change newly asks for, or asks for in another version. */
export function packagesToAsk(
  change: Change,
  readAfter: (path: string) => string | null,
): readonly AskedPackage[] {
  const scene = buildScene(change, { parsers: noParsers, readAfter }, () => undefined);
  const asked = newDependencies(scene).filter((one) => isPublic(one, scene));
  return asked.map((one) => ({
    registry: one.registry,
    name: one.name,
    version: exactVersion(one.wanted),
  }));
}

// Manifests are read without any.
const noParsers: Parsers = { tree: () => null, sql: () => null, hcl: () => null };

/** Whether a dependency comes from the public registry: its name may be told there, and its answer is about it. */
export function isPublic(one: NewDependency, scene: Scene): boolean {
  return !comesByPath(one.wanted) && !isOwn(one, scene) && ownRegistryOf(one, scene) === null;
}

// `workspace:`, `file:`, git and web addresses name a place of their own; a registry knows nothing of it.
function comesByPath(wanted: string): boolean {
  return (
    /^(?:workspace|file|link|portal|patch|catalog|npm|git|github|gitlab|bitbucket|ssh|https?|hg|svn)[:+@]/.test(
      wanted.replace(/^@\s*/, ''),
    ) || /^[\w.-]+\/[\w.-]+(?:#|$)/.test(wanted)
  );
}

// A sister of the same workspace may be wanted by an ordinary version.
function isOwn({ registry, name, file }: NewDependency, scene: Scene): boolean {
  if (registry !== 'npm') return false;
  const scope = /^@[^/]+\//.exec(name)?.[0];
  return foldersAbove(file.path).some((folder) => {
    const text = textAfter(scene, inFolder(folder, 'package.json')) ?? '';
    return scope !== undefined && text.includes(`"name": "${scope}`);
  });
}

/** The file by which a project takes such packages from a registry of its own; null when it does not. */
export function ownRegistryOf(
  { registry, name, file }: NewDependency,
  scene: Scene,
): string | null {
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : null;
  for (const folder of foldersAbove(file.path)) {
    for (const [settings, pattern] of elsewhere[registry]) {
      const path = inFolder(folder, settings);
      const text = textAfter(scene, path);
      if (text === null) continue;
      if (pattern.test(text) || (scope !== null && text.includes(`${scope}:registry`))) return path;
    }
  }
  return null;
}

const elsewhere: Readonly<Record<Registry, readonly (readonly [string, RegExp])[]>> = {
  npm: [
    ['.npmrc', /^\s*registry\s*=\s*(?!https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com))/m],
    [
      '.yarnrc.yml',
      /^[ \t]*npmRegistryServer:[ \t]*["']?(?!["']?https:\/\/registry\.(?:npmjs\.org|yarnpkg\.com))/m,
    ],
    ['bunfig.toml', /^\s*registry\s*=/m],
  ],
  pypi: [
    ['pyproject.toml', /^\s*\[\[tool\.(?:uv\.index|poetry\.source|pdm\.source)\]\]/m],
    ['requirements.txt', /^\s*(?:--(?:extra-)?index-url|-i)\s/m],
    ['pip.conf', /index-url/],
    ['uv.toml', /index/],
  ],
  crates: [['.cargo/config.toml', /\[(?:source|registries?)\b/]],
  rubygems: [['Gemfile', /^\s*source\s*\(?\s*["'](?!https:\/\/rubygems\.org)/m]],
  go: [['.goprivate', /./]],
  maven: [
    ['pom.xml', /<repository>/],
    ['settings.xml', /<mirror>|<repository>/],
    ['build.gradle', /\bmaven\s*\{/],
    ['build.gradle.kts', /\bmaven\s*[({]/],
  ],
};
