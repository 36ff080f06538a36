import { at, entryAt, scalarAt } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { composeFiles, servicePairs } from './compose.ts';
import type { ComposePair, Service } from './compose.ts';

const stack = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'docker-compose.yml': `services:\n  web:\n    image: shop:1.4\n${lines.map((line) => `    ${line}\n`).join('')}    networks: [front]\n`,
});

/** What starts a failed service again, or keeps it from taking the host down, goes. */
export const restartOrLimitsRemoved: Guard = guard({
  id: 'compose/restart-or-limits-removed',
  severity: 'warn',
  protects: 'that a crash heals itself and stays in one container',
  breaks:
    'After the next crash, hang or reboot the service stays down, or it takes the memory of the whole host.',
  fix: 'Keep the restart policy, the health check and the memory limit; say in the change why one must go.',
  languages: ['yaml'],
  cwe: [400],
  confidence: 0.8,
  caught: [
    {
      name: 'the restart policy is removed',
      before: stack('restart: unless-stopped'),
      after: stack(),
    },
    {
      name: 'the service is never restarted',
      before: stack('restart: always'),
      after: stack("restart: 'no'"),
    },
    {
      name: 'the memory limit is removed',
      before: stack('deploy:', '  resources:', '    limits:', '      memory: 512M'),
      after: stack(),
    },
    {
      name: 'the health check is turned off',
      before: stack('healthcheck:', '  test: curl -f http://localhost/health'),
      after: stack('healthcheck:', '  disable: true'),
    },
  ],
  passed: [
    {
      name: 'another policy restarts it',
      before: stack('restart: always'),
      after: stack('restart: unless-stopped'),
    },
    {
      name: 'the policy moves to where swarm reads it',
      before: stack('restart: always'),
      after: stack('deploy:', '  restart_policy:', '    condition: any'),
    },
    {
      name: 'the limit is raised',
      before: stack('mem_limit: 512m'),
      after: stack('mem_limit: 1g'),
    },
    {
      name: 'the limit is written in the other form',
      before: stack('mem_limit: 512m'),
      after: stack('deploy:', '  resources:', '    limits:', '      memory: 512M'),
    },
    {
      name: 'the policy comes from a shared part',
      before: stack('restart: always'),
      after: {
        'docker-compose.yml':
          'x-default: &default\n  restart: always\nservices:\n  web:\n    <<: *default\n    image: shop:1.4\n    networks: [front]\n',
      },
    },
  ],
  look,
});

interface Safety {
  readonly what: string;
  /** Ways to write it; one of them must stay. */
  readonly paths: readonly (readonly string[])[];
  readonly isOff: (value: unknown) => boolean;
}

const safeties: readonly Safety[] = [
  {
    what: 'restart policy',
    paths: [['restart'], ['deploy', 'restart_policy', 'condition'], ['deploy', 'restart_policy']],
    isOff: (value) => value === 'no' || value === false || value === 'none',
  },
  {
    what: 'memory limit',
    paths: [['mem_limit'], ['deploy', 'resources', 'limits', 'memory']],
    isOff: (value) => value === 0 || value === '0',
  },
  {
    what: 'health check',
    paths: [['healthcheck', 'test'], ['healthcheck']],
    isOff: () => false,
  },
];

function look(scene: Scene): readonly Sighting[] {
  return composeFiles(scene).flatMap((pair) =>
    servicePairs(pair).flatMap((services) =>
      safeties.flatMap((safety) => lost(safety, services, pair)),
    ),
  );
}

interface Services {
  readonly was: Service;
  readonly now: Service;
}

function lost(safety: Safety, { was, now }: Services, { file }: ComposePair): readonly Sighting[] {
  const old = standing(safety, was);
  // Another file may hold what the service now extends, and another image has its own check.
  if (old === null || standing(safety, now) !== null || at(now.data, 'extends') !== null) return [];
  if (safety.what === 'health check' && isOtherImage(was, now)) return [];
  const path = safety.paths.find((one) => entryAt(now.data, ...one) !== null);
  const line = path === undefined ? lineAfter(file, old) : entryAt(now.data, ...path)?.line;
  return [
    {
      path: file.path,
      line: line ?? now.line,
      says: `takes the ${safety.what} of ${now.name} away`,
      subject: `${now.name} ${safety.what}`,
    },
  ];
}

function isOtherImage(was: Service, now: Service): boolean {
  return was.image.split(':')[0] !== now.image.split(':')[0];
}

function standing({ paths, isOff }: Safety, { data }: Service): number | null {
  for (const path of paths) {
    const entry = entryAt(data, ...path);
    if (entry === null || isOff(scalarAt(data, ...path))) continue;
    if (scalarAt(data, ...path, 'disable') === true) continue;
    return entry.line;
  }
  return null;
}
