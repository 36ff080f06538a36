import { at, itemsOf, scalarAt } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { composeFiles, isStore, servicesOf } from './compose.ts';
import type { ComposePair, Service } from './compose.ts';

const stack = (path: string, ...ports: readonly string[]): Readonly<Record<string, string>> => ({
  [path]: `services:\n  db:\n    image: postgres:16\n${ports.length === 0 ? '' : `    ports:\n${ports.map((one) => `      - ${one}\n`).join('')}`}    restart: always\n`,
});

/** A database is published on every address of its host. */
export const portExposed: Guard = guard({
  id: 'compose/port-exposed',
  severity: 'warn',
  protects: 'databases that only their own services should reach',
  breaks:
    'Docker opens the port past the firewall of the host, so that everybody who reaches the host reaches the database.',
  fix: 'Leave the port out, since services of one network reach each other without it, or bind it to 127.0.0.1.',
  languages: ['yaml'],
  cwe: [668],
  confidence: 0.75,
  caught: [
    {
      name: 'the port of the database is published',
      before: stack('docker-compose.yml'),
      after: stack('docker-compose.yml', "'5432:5432'"),
    },
    {
      name: 'the port is no longer bound to the host itself',
      before: stack('docker-compose.yml', '127.0.0.1:5432:5432'),
      after: stack('docker-compose.yml', '5432:5432'),
    },
    {
      name: 'a new file for production publishes it, written the long way',
      after: stack('deploy/compose.prod.yaml', 'target: 5432\n        published: 5433'),
    },
  ],
  passed: [
    {
      name: 'the port is bound to the host itself',
      before: stack('docker-compose.yml'),
      after: stack('docker-compose.yml', "'127.0.0.1:5432:5432'"),
    },
    {
      name: 'it was published before',
      before: stack('docker-compose.yml', '5432:5432'),
      after: stack('docker-compose.yml', '5433:5432'),
    },
    {
      name: 'a file for development publishes it',
      before: stack('docker-compose.dev.yml'),
      after: stack('docker-compose.dev.yml', '5432:5432'),
    },
    {
      name: 'a web server is published',
      before: { 'compose.yaml': 'services:\n  web:\n    image: nginx:1.27\n' },
      after: {
        'compose.yaml': 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - 443:443\n',
      },
    },
    {
      name: 'a new file that does not say what it is for',
      after: stack('docker-compose.yml', '5432:5432'),
    },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return composeFiles(scene).flatMap(published);
}

function published({ file, was, now }: ComposePair): readonly Sighting[] {
  // Many a file that is new and says nothing is for the developer's own machine.
  if (was === null && !/prod|deploy/i.test(file.path)) return [];
  const before = servicesOf(was);
  return [...servicesOf(now).values()].filter(isStore).flatMap((service) => {
    const old = before.get(service.name);
    if (was !== null && old === undefined && !/prod|deploy/i.test(file.path)) return [];
    const open = new Set(old === undefined ? [] : openPorts(old).map(({ port }) => port));
    return openPorts(service)
      .filter(({ port }) => !open.has(port))
      .map(({ port, line }) => ({
        path: file.path,
        line,
        says: `publishes port ${port} of ${service.name} (${service.image}) on every address of the host`,
        subject: `${service.name} ${port}`,
      }));
  });
}

interface Port {
  readonly port: string;
  readonly line: number;
}

function openPorts({ data }: Service): readonly Port[] {
  return itemsOf(at(data, 'ports')).flatMap((item) => {
    if (item.kind === 'scalar') return shortPort(String(item.value), item.line);
    const [target, host, out] = [
      scalarAt(item, 'target'),
      scalarAt(item, 'host_ip'),
      scalarAt(item, 'published'),
    ];
    const isOpen = out !== undefined && (host === undefined || host === '0.0.0.0');
    return isOpen ? [{ port: String(target), line: item.line }] : [];
  });
}

// `8080:80`, `0.0.0.0:8080:80/tcp`; a single number takes any free port, a variable may name an address.
function shortPort(text: string, line: number): readonly Port[] {
  const match =
    /^(?:(0\.0\.0\.0|\[::\]):)?(\d{1,5}(?:-\d{1,5})?):(\d{1,5}(?:-\d{1,5})?)(?:\/\w+)?$/.exec(
      text.trim(),
    );
  return match === null ? [] : [{ port: match[3] ?? '', line }];
}
