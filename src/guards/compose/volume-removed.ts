import { at, entriesIn, entryAt, scalarAt } from '../data.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { composeFiles, isStore, mountsOf, servicePairs } from './compose.ts';
import type { ComposePair, Mount, Service } from './compose.ts';

const stack = (
  volumes: readonly string[],
  more = 'volumes:\n  data:\n',
): Readonly<Record<string, string>> => ({
  'docker-compose.yml': `services:\n  db:\n    image: postgres:16\n${volumes.length === 0 ? '' : `    volumes:\n${volumes.map((one) => `      - ${one}\n`).join('')}`}    restart: always\n${more}`,
});
const data = 'data:/var/lib/postgresql/data';

/** A database starts without the volume that holds its data. */
export const volumeRemoved: Guard = guard({
  id: 'compose/volume-removed',
  severity: 'block',
  protects: 'what databases and stores have written',
  breaks:
    'The next start comes up with an empty database; what the old volume held is out of use and may be pruned.',
  fix: 'Keep the name and the place of the volume, or copy the data to the new one first and say how in the change.',
  languages: ['yaml'],
  cwe: [664],
  confidence: 0.85,
  caught: [
    { name: 'the volume is no longer mounted', before: stack([data]), after: stack([]) },
    {
      name: 'the volume gets another name',
      before: stack([data]),
      after: stack(['pgdata:/var/lib/postgresql/data'], 'volumes:\n  pgdata:\n'),
    },
    {
      name: 'the volume is mounted elsewhere',
      before: stack([data]),
      after: stack(['data:/var/lib/postgresql/18/docker']),
    },
    {
      name: 'the project gets another name, and its volumes with it',
      before: stack([data], 'volumes:\n  data:\nname: shop\n'),
      after: stack([data], 'volumes:\n  data:\nname: store\n'),
    },
    {
      name: 'the volume itself gets another name',
      before: stack([data], 'volumes:\n  data:\n    name: shop-data\n'),
      after: stack([data], 'volumes:\n  data:\n    name: store-data\n'),
    },
  ],
  passed: [
    {
      name: 'the volume is kept',
      before: stack([data]),
      after: stack([data, './init:/docker-entrypoint-initdb.d']),
    },
    {
      name: 'the volume is written the long way',
      before: stack([data]),
      after: stack([
        'type: volume\n        source: data\n        target: /var/lib/postgresql/data',
      ]),
    },
    {
      name: 'scripts for the start are no longer mounted',
      before: stack([data, './init:/docker-entrypoint-initdb.d']),
      after: stack([data]),
    },
    {
      name: 'the key of the volume changes, its name stays',
      before: stack([data], 'volumes:\n  data:\n    name: shop-data\n'),
      after: stack(['db:/var/lib/postgresql/data'], 'volumes:\n  db:\n    name: shop-data\n'),
    },
    {
      name: 'the database for tests starts empty',
      before: { 'docker-compose.test.yml': stack([data])['docker-compose.yml'] ?? '' },
      after: { 'docker-compose.test.yml': stack([])['docker-compose.yml'] ?? '' },
    },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return composeFiles(scene).flatMap((pair) => [
    ...servicePairs(pair)
      .filter(({ was, now }) => isStore(was) && isStore(now))
      .flatMap((services) => lostMounts(services, pair)),
    ...renamed(pair),
  ]);
}

interface Services {
  readonly was: Service;
  readonly now: Service;
}

const noData =
  /(?:\.(?:conf|cnf|ini|sh|sql|ya?ml|toml|xml|json|pem|crt|key|js|properties)$)|^\/(?:docker-entrypoint|etc|run|tmp|usr|opt\/bitnami\/scripts|scripts?|certs?|backups?|logs?|var\/(?:log|run))\b|initdb|\/conf(?:ig)?(?:\/|$|\.d)|\/log(?:s)?$|\/plugins?$/i;

function lostMounts({ was, now }: Services, pair: ComposePair): readonly Sighting[] {
  const after = mountsOf(now);
  const old = mountsOf(was).filter(({ target, source }) => !noData.test(target) && source !== '');
  // What another file or variable decides is not known here.
  if (scalarAt(now.data, 'extends') !== undefined || at(now.data, 'extends') !== null) return [];
  if (scalarAt(now.data, 'volumes_from') !== undefined) return [];
  return old.flatMap((mount) => {
    const same = after.find(({ target }) => target === mount.target);
    if (same !== undefined) return swapped({ mount, same, name: now.name }, pair);
    const moved = after.find(({ source }) => source === mount.source && isVolume(source));
    const title = `${now.name} (${now.image || 'no image'})`;
    if (moved !== undefined) {
      const says = `mounts ${mount.source} of ${title} at ${moved.target}, no longer at ${mount.target}`;
      return [
        seen(pair.file, {
          line: moved.line,
          says,
          subject: `${now.name} ${mount.target}`,
          isMild: true,
        }),
      ];
    }
    // A parent folder holds the old place, too.
    if (after.some(({ target }) => mount.target.startsWith(`${target}/`))) return [];
    const says = `no longer mounts ${mount.source} at ${mount.target} of ${title}`;
    const line = lineAfter(pair.file, mount.line);
    return [seen(pair.file, { line, says, subject: `${now.name} ${mount.target}`, isMild: false })];
  });
}

function isVolume(source: string): boolean {
  return /^[\w][\w.-]*$/.test(source);
}

interface Swap {
  readonly mount: Mount;
  readonly same: Mount;
  readonly name: string;
}

function swapped({ mount, same, name }: Swap, pair: ComposePair): readonly Sighting[] {
  const [from, to] = [realName(mount.source, pair.was), realName(same.source, pair.now)];
  if (from === to || same.source.includes('$') || mount.source.includes('$')) return [];
  const says = `mounts ${same.source} at ${mount.target} of ${name}, no longer ${mount.source}`;
  const isMild = !isVolume(mount.source) || !isVolume(same.source);
  const subject = `${name} ${mount.target}`;
  return [seen(pair.file, { line: same.line, says, subject, isMild })];
}

function realName(source: string, file: ComposePair['was']): string {
  const name = scalarAt(file, 'volumes', source, 'name');
  return typeof name === 'string' ? `=${name}` : source.replace(/^\.\//, '');
}

function renamed({ file, was, now }: ComposePair): readonly Sighting[] {
  const volumes = entriesIn(at(now, 'volumes'));
  const [old, name] = [scalarAt(was, 'name'), scalarAt(now, 'name')];
  const line = entryAt(now, 'name')?.line ?? 1;
  const bound = volumes.filter(
    ([key]) =>
      scalarAt(now, 'volumes', key, 'name') === undefined &&
      at(now, 'volumes', key, 'external') === null,
  );
  const project =
    typeof old === 'string' && typeof name === 'string' && old !== name && bound.length > 0
      ? [
          seen(file, {
            line,
            says: `names the project ${name}, no longer ${old}, which gives it new, empty volumes`,
            subject: 'name',
            isMild: true,
          }),
        ]
      : [];
  return [
    ...project,
    ...volumes.flatMap(([key, { line: place }]) => {
      const [from, to] = [
        scalarAt(was, 'volumes', key, 'name'),
        scalarAt(now, 'volumes', key, 'name'),
      ];
      if (typeof from !== 'string' || typeof to !== 'string' || from === to) return [];
      if (/\$/.test(from + to)) return [];
      const at = entryAt(now, 'volumes', key, 'name')?.line ?? place;
      return [
        seen(file, {
          line: at,
          says: `takes the volume ${to} for ${key}, no longer ${from}`,
          subject: key,
          isMild: false,
        }),
      ];
    }),
  ];
}

interface Seen {
  readonly line: number;
  readonly says: string;
  readonly subject: string;
  readonly isMild: boolean;
}

function seen({ path }: ChangedFile, { line, says, subject, isMild }: Seen): Sighting {
  return { path, line, says, subject, ...(isMild ? { severity: 'warn', confidence: 0.7 } : {}) };
}
