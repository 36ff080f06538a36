import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { answered, daysBetween, unanswered } from './answered.ts';
import type { Answered } from './answered.ts';
import { installedVersion } from './installed-version.ts';
import { newPackage, oldPackage, registryOf } from './registry-examples.ts';

/** Days in which a package with a bad purpose is mostly found out and taken away. */
const youngPackageDays = 14;
const youngVersionDays = 3;

/** A package, or a version of it, has been public for a few days only. */
export const tooYoung: Guard = guard({
  id: 'dependencies/too-young',
  severity: 'warn',
  protects: 'what runs with our rights',
  breaks:
    'Packages with a bad purpose are mostly found within days; whoever installs one in that time runs it.',
  fix: 'Wait some days, or take the version before; if it cannot wait, read what the package does at installation.',
  languages: 'any',
  cwe: [829, 1357],
  confidence: 0.75,
  outage: {
    says: 'In September 2025 an attacker published versions of chalk, debug and other packages of npm that changed crypto payments in browsers. They were public for about two hours.',
    source: 'https://github.com/advisories/GHSA-2v46-p5h4-248w',
  },
  caught: [
    {
      name: 'a package that is two days old',
      ...newPackage('fast-retry-x', '^1.0.0'),
      registry: registryOf({
        'fast-retry-x': { firstDaysAgo: 2, versions: { '1.0.0': { daysAgo: 2 } } },
      }),
    },
    {
      name: 'a version of today of an old package',
      ...newPackage('chalk', '5.6.1', '5.6.0'),
      registry: registryOf({
        chalk: {
          firstDaysAgo: 4000,
          versions: { '5.6.0': { daysAgo: 90 }, '5.6.1': { daysAgo: 0.1 } },
        },
      }),
    },
    {
      name: 'a Python package of this week',
      before: { 'requirements.txt': 'flask==3.0.0\n' },
      after: { 'requirements.txt': 'flask==3.0.0\nretryhelper==0.1.0\n' },
      registry: registryOf({
        retryhelper: { firstDaysAgo: 5, versions: { '0.1.0': { daysAgo: 5 } } },
      }),
    },
  ],
  passed: [
    {
      name: 'a package of some years',
      ...newPackage('react', '^19.0.0'),
      registry: registryOf({
        react: { firstDaysAgo: 4000, versions: { '19.0.0': { daysAgo: 300 } } },
      }),
    },
    {
      name: 'the newest version is young, and another one is locked',
      before: { 'package.json': oldPackage() },
      after: {
        'package.json': oldPackage('react', '^19.0.0'),
        'package-lock.json':
          '{\n  "packages": {\n    "node_modules/react": {\n      "version": "19.0.0"\n    }\n  }\n}\n',
      },
      registry: registryOf({
        react: {
          firstDaysAgo: 4000,
          versions: { '19.0.0': { daysAgo: 300 }, '19.1.0': { daysAgo: 0.5 } },
        },
      }),
    },
    {
      name: 'the registry does not say when',
      ...newPackage('react', '^19.0.0'),
      registry: registryOf({
        react: { firstDaysAgo: null, versions: { '19.0.0': { daysAgo: null } } },
      }),
    },
    {
      name: 'a sister of the workspace',
      ...newPackage('shop-ui', 'workspace:*'),
      registry: registryOf({
        'shop-ui': { firstDaysAgo: 1, versions: { '1.0.0': { daysAgo: 1 } } },
      }),
    },
  ],
  look: (scene: Scene) => answered(scene).flatMap((one) => sighting(one, scene)),
  gaps: unanswered,
});

function sighting({ one, answer, now }: Answered, scene: Scene): readonly Sighting[] {
  const { line, name, registry, file } = one;
  const place = { path: file.path, line, subject: `${registry} ${name}` };
  const age = answer.firstAt === null ? null : daysBetween(answer.firstAt, now);
  if (age !== null && age < youngPackageDays)
    return [{ ...place, says: `asks for ${name}, which has existed for ${told(age)}` }];
  const version = installedVersion(one, answer, scene);
  const publishedAt = version === null ? null : answer.versions.get(version)?.publishedAt;
  const days =
    publishedAt === null || publishedAt === undefined ? null : daysBetween(publishedAt, now);
  if (version === null || days === null || days >= youngVersionDays) return [];
  const says = `brings ${name} ${version}, which has been public for ${told(days)}`;
  // Most versions with a bad purpose are gone after hours, not days.
  return [days < 1 ? { ...place, says } : { ...place, says, severity: 'note', confidence: 0.5 }];
}

function told(days: number): string {
  const whole = Math.max(0, Math.floor(days));
  if (whole === 0) return 'less than a day';
  return whole === 1 ? 'one day' : `${whole} days`;
}
