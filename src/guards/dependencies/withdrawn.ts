import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { answered } from './answered.ts';
import type { Answered } from './answered.ts';
import { exactVersion, installedVersion } from './installed-version.ts';
import { newPackage, registryOf } from './registry-examples.ts';

/** Authors took a version back, or say that nobody should use it any more; or it never was. */
export const withdrawn: Guard = guard({
  id: 'dependencies/withdrawn',
  severity: 'block',
  protects: 'builds that can be repeated, and code that somebody looks after',
  breaks:
    'A version that was taken back is missing in the next installation, or has the fault it was taken back for.',
  fix: 'Ask for a version that its authors stand by, or for the package that took its place.',
  languages: 'any',
  cwe: [1104],
  confidence: 0.9,
  caught: [
    {
      name: 'a version that was taken back',
      ...newPackage('left-pad', '1.3.1'),
      registry: registryOf({
        'left-pad': { versions: { '1.3.0': {}, '1.3.1': { isYanked: true } } },
      }),
    },
    {
      name: 'a version that never was',
      ...newPackage('chalk', '9.9.9', '5.0.0'),
      registry: registryOf({ chalk: { versions: { '5.0.0': {}, '5.1.0': {} } } }),
    },
    {
      name: 'a package that its author gave up',
      ...newPackage('request', '^2.88.2'),
      registry: registryOf({
        request: { versions: { '2.88.2': { deprecated: 'request has been deprecated' } } },
      }),
    },
    {
      name: 'a yanked crate',
      before: { 'Cargo.toml': '[dependencies]\nserde = "1.0.0"\n' },
      after: { 'Cargo.toml': '[dependencies]\nserde = "1.0.0"\nfast-hash = "0.2.1"\n' },
      registry: registryOf({ 'fast-hash': { versions: { '0.2.1': { isYanked: true } } } }),
    },
  ],
  passed: [
    {
      name: 'a version that its authors stand by',
      ...newPackage('zustand', '5.0.0'),
      registry: registryOf({ zustand: { versions: { '5.0.0': {} } } }),
    },
    {
      name: 'an older version was taken back, not this one',
      ...newPackage('zustand', '5.0.1'),
      registry: registryOf({ zustand: { versions: { '5.0.0': { isYanked: true }, '5.0.1': {} } } }),
    },
    {
      name: 'a range that other versions meet',
      ...newPackage('zustand', '^5.0.3'),
      registry: registryOf({ zustand: { versions: { '5.0.0': {}, '5.1.0': {} } } }),
    },
    {
      name: 'a registry that lists no versions',
      ...newPackage('zustand', '5.0.0'),
      registry: registryOf({ zustand: { versions: {} } }),
    },
    {
      name: 'the same deprecated package in another version',
      ...newPackage('request', '^2.88.2', '^2.88.0'),
      registry: registryOf({
        request: {
          versions: { '2.88.0': { deprecated: 'no' }, '2.88.2': { deprecated: 'no' } },
        },
      }),
    },
  ],
  look: (scene: Scene) => answered(scene).flatMap((one) => sighting(one, scene)),
});

function sighting({ one, answer }: Answered, scene: Scene): readonly Sighting[] {
  const { line, name, registry, file, wanted, was } = one;
  const place = { path: file.path, line, subject: `${registry} ${name} ${wanted}` };
  const exact = exactVersion(wanted);
  if (
    exact !== null &&
    isAskedExactly(one) &&
    answer.versions.size > 0 &&
    !hasVersion(answer.versions, exact)
  )
    return [{ ...place, says: `asks for ${name} ${exact}, a version that was never published` }];
  const version = installedVersion(one, answer, scene);
  const found = version === null ? undefined : answer.versions.get(version);
  if (version === null || found === undefined) return [];
  if (found.isYanked)
    return [
      {
        ...place,
        says: `brings ${name} ${version}, which its authors took back${reason(found.deprecated)}`,
      },
    ];
  if (found.deprecated === null || was !== null) return [];
  return [
    {
      ...place,
      says: `asks for ${name}, which its authors gave up${reason(found.deprecated)}`,
      severity: 'warn',
      confidence: 0.8,
    },
  ];
}

// Elsewhere a bare number is a lower bound, and the pseudo-versions of Go are in no list.
function isAskedExactly({ registry, wanted }: Answered['one']): boolean {
  if (registry === 'npm' || registry === 'maven') return true;
  return registry === 'pypi' && wanted.startsWith('==');
}

/** Longest reason of an author that is repeated. */
const longestReason = 100;

function reason(text: string | null): string {
  if (text === null) return '';
  const plain = text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain === '' ? '' : ` ("${plain.slice(0, longestReason)}")`;
}

// `1.0` and `1.0.0` are one version in most registries.
function hasVersion(versions: ReadonlyMap<string, unknown>, wanted: string): boolean {
  if (versions.has(wanted)) return true;
  const plain = trimmed(wanted);
  return [...versions.keys()].some((version) => trimmed(version) === plain);
}

function trimmed(version: string): string {
  return version
    .toLowerCase()
    .replace(/^v/, '')
    .replace(/\+.*$/, '')
    .replace(/(?:\.0)+$/, '')
    .replace(/[-_.]?(a|b|rc|post|dev)[-_.]?(\d)/, '$1$2');
}
