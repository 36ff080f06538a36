import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { answered } from './answered.ts';
import type { Answered } from './answered.ts';
import { installedVersion } from './installed-version.ts';
import { newPackage, registryOf } from './registry-examples.ts';

/** A dependency comes under terms that may not fit those of the product. */
export const licenceChanged: Guard = guard({
  id: 'dependencies/licence-changed',
  severity: 'warn',
  protects: 'the right to sell and to ship what we build',
  breaks:
    'Shipping it may oblige you to publish your own code, forbid the use you make of it, or give you no right to it at all.',
  fix: 'Ask who answers for licences, take the version before, or another package.',
  languages: 'any',
  cwe: [1357],
  confidence: 0.7,
  caught: [
    {
      name: 'a new package under AGPL',
      ...newPackage('pdf-maker', '^1.0.0'),
      registry: registryOf({
        'pdf-maker': { versions: { '1.0.0': { licence: 'AGPL-3.0-only' } } },
      }),
    },
    {
      name: 'an update comes under another licence',
      ...newPackage('store-db', '8.0.0', '7.2.0'),
      registry: registryOf({
        'store-db': {
          versions: { '7.2.0': { licence: 'BSD-3-Clause' }, '8.0.0': { licence: 'SSPL-1.0' } },
        },
      }),
    },
    {
      name: 'a new package without any licence',
      ...newPackage('quick-thing', '^1.0.0'),
      registry: registryOf({ 'quick-thing': { versions: { '1.0.0': { licence: 'UNLICENSED' } } } }),
    },
    {
      name: 'a Python package under the GPL, as classified',
      before: { 'requirements.txt': 'flask==3.0.0\n' },
      after: { 'requirements.txt': 'flask==3.0.0\nunidecode==1.3.8\n' },
      registry: registryOf({
        unidecode: {
          versions: { '1.3.8': { licence: 'GNU General Public License v2 or later (GPLv2+)' } },
        },
      }),
    },
  ],
  passed: [
    {
      name: 'a permissive licence',
      ...newPackage('zustand', '^5.0.0'),
      registry: registryOf({ zustand: { versions: { '5.0.0': { licence: 'Apache-2.0' } } } }),
    },
    {
      name: 'one of two licences is permissive',
      ...newPackage('zip', '^3.0.0'),
      registry: registryOf({
        zip: { versions: { '3.0.0': { licence: '(MIT OR GPL-3.0-or-later)' } } },
      }),
    },
    {
      name: 'the project itself is under the GPL',
      before: {
        'package.json': newPackage('x', '1').before['package.json'] ?? '',
        LICENSE: 'GNU GENERAL PUBLIC LICENSE\n',
      },
      after: {
        ...newPackage('pdf-maker', '^1.0.0').after,
        LICENSE: 'GNU GENERAL PUBLIC LICENSE\n',
      },
      registry: registryOf({ 'pdf-maker': { versions: { '1.0.0': { licence: 'GPL-3.0' } } } }),
    },
    {
      name: 'it was under that licence before',
      ...newPackage('pdf-maker', '2.0.0', '1.0.0'),
      registry: registryOf({
        'pdf-maker': {
          versions: { '1.0.0': { licence: 'GPL-3.0' }, '2.0.0': { licence: 'GPL-3.0' } },
        },
      }),
    },
    {
      name: 'the registry knows no licences at all',
      before: { 'pom.xml': '<project></project>\n' },
      after: {
        'pom.xml':
          '<project>\n<dependency>\n<groupId>org.shop</groupId>\n<artifactId>cart</artifactId>\n<version>1.0</version>\n</dependency>\n</project>\n',
      },
      registry: registryOf({ 'org.shop:cart': { versions: { '1.0': { licence: null } } } }),
    },
  ],
  look: (scene: Scene) => answered(scene).flatMap((one) => sighting(one, scene)),
});

/** What a licence asks of whoever ships the package. */
type Terms = 'free' | 'shares' | 'restricts' | 'none';

const strong =
  /\bA?GPL(?!.*exception)|GNU (?:Affero )?General Public|\bEUPL|\bOSL-|\bCC-BY-(?:NC|SA)|\bRPL-|\bSleepycat/i;
const restricting =
  /\bSSPL|\bBUSL|Business Source|\bElastic-|Commons Clause|\bPolyForm|Prosperity|\bRSAL|Confluent-Community|Redis Source/i;
const none = /^(?:UNLICENSED|NONE|NO LICENSE|PROPRIETARY|UNKNOWN|OTHER\/PROPRIETARY LICENSE)$/i;
const choice = /\s+or\s+(?!later)|\//i;

function termsOf(licence: string): Terms {
  const parts = licence
    .replace(/[()]/g, ' ')
    .split(choice)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const terms = (parts.length === 0 ? [licence] : parts).map(ofOne);
  // Of several, whoever takes the package chooses.
  for (const best of ['free', 'shares', 'restricts'] as const)
    if (terms.includes(best)) return best;
  return 'none';
}

function ofOne(part: string): Terms {
  if (none.test(part)) return 'none';
  if (restricting.test(part)) return 'restricts';
  return strong.test(part) && !/\bL(?:esser )?GPL|Lesser/i.test(part) ? 'shares' : 'free';
}

function sighting({ one, answer }: Answered, scene: Scene): readonly Sighting[] {
  const { line, name, registry, file, use, was } = one;
  const version = installedVersion(one, answer, scene);
  const licence = version === null ? null : answer.versions.get(version)?.licence;
  if (version === null || licence === null || licence === undefined) return [];
  const terms = termsOf(licence);
  if (terms === 'free' || (terms === 'shares' && isItselfShared(scene))) return [];
  const before = was === null ? null : licenceBefore(one, answer);
  if (was !== null && (before === null || termsOf(before) === terms)) return [];
  const shown = licence.slice(0, 60);
  const says =
    before === null
      ? `asks for ${name}, which comes ${terms === 'none' ? 'without a licence' : `under ${shown}`}`
      : `brings ${name} ${version} under ${shown}, where ${was} was under ${before.slice(0, 60)}`;
  // What only builds and tests is not shipped.
  const severity: Severity = use === 'run' ? 'warn' : 'note';
  return [{ path: file.path, line, says, subject: `${registry} ${name} ${shown}`, severity }];
}

function licenceBefore({ was }: Answered['one'], { versions }: Answered['answer']): string | null {
  const version = /(\d[\w.+-]*)/.exec(was ?? '')?.[1];
  return version === undefined ? null : (versions.get(version)?.licence ?? null);
}

function isItselfShared(scene: Scene): boolean {
  return ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'COPYING'].some((path) => {
    const changed = scene.files.find((file) => file.path === path);
    const text = changed === undefined ? scene.readAfter(path) : (changed.after?.text ?? null);
    return /GNU (?:AFFERO )?GENERAL PUBLIC/i.test(text?.slice(0, 2_000) ?? '');
  });
}
