import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { isOtherEnvironment } from '../language.ts';
import { resourcePairs, resources, resourcesGone } from '../resources/resource.ts';
import type { Resource, ResourcePair } from '../resources/resource.ts';
import { brokenRules } from '../resources/rule.ts';
import { lineAfter } from '../seam.ts';
import { exposureRules } from './exposure-rules.ts';
import { openingsOf } from './openings.ts';
import type { Opening } from './openings.ts';
import { publicExposureExamples } from './public-exposure.examples.ts';

/** Something private is opened to everybody on the internet. */
export const publicExposure: Guard = guard({
  id: 'cloud/public-exposure',
  severity: 'block',
  protects: 'databases, admin ports and buckets that only your own systems should reach',
  breaks: 'Everybody on the internet can reach it, and scanners find it within minutes.',
  fix: 'Open it to the addresses or security groups that need it, and serve the public through a load balancer or a content network.',
  languages: ['terraform', 'yaml', 'json'],
  cwe: [284, 668],
  confidence: 0.85,
  ...publicExposureExamples,
  look,
});

function look(scene: Scene): readonly Sighting[] {
  const all = resources(scene);
  const old = new Set(all.before.flatMap((one) => openingsOf(one).map((o) => keyOf(one, o))));
  return [
    ...resourcePairs(all).flatMap((pair) => [
      ...opened(pair, old),
      ...brokenRules(pair, exposureRules),
    ]),
    ...resourcesGone(all).flatMap((was) => shieldGone(was, all.after)),
  ];
}

// A rule that moves from a block inside a group to a resource of its own opens nothing new.
function keyOf({ file }: Resource, { from, to }: Opening): string {
  const { path } = file;
  return JSON.stringify([path.slice(0, Math.max(0, path.lastIndexOf('/'))), from, to]);
}

function opened({ now }: ResourcePair, old: ReadonlySet<string>): readonly Sighting[] {
  return openingsOf(now).flatMap((opening) => {
    const severity = severityOf(opening, now.type);
    if (severity === null || old.has(keyOf(now, opening))) return [];
    const { from, to, line } = opening;
    const ports =
      from <= 0 && to >= 65_535
        ? 'all ports'
        : from === to
          ? `port ${from}${nameOf(from)}`
          : `ports ${from} to ${to}`;
    return [
      {
        path: now.file.path,
        line,
        says: `opens ${ports} of ${now.title} to the whole internet`,
        subject: `${now.title} ${from}-${to}`,
        severity: isOtherEnvironment(now.file.path) && severity === 'block' ? 'warn' : severity,
      },
    ];
  });
}

// Ports of databases, caches, queues, remote shells and control planes.
const guarded: Readonly<Record<number, string>> = {
  20: 'FTP',
  21: 'FTP',
  22: 'SSH',
  23: 'Telnet',
  135: 'RPC',
  139: 'NetBIOS',
  445: 'SMB',
  1433: 'SQL Server',
  1521: 'Oracle',
  2049: 'NFS',
  2375: 'Docker',
  2376: 'Docker',
  2379: 'etcd',
  2380: 'etcd',
  3306: 'MySQL',
  3389: 'remote desktop',
  4333: 'mSQL',
  5432: 'PostgreSQL',
  5439: 'Redshift',
  5500: 'VNC',
  5601: 'Kibana',
  5672: 'RabbitMQ',
  5900: 'VNC',
  5984: 'CouchDB',
  5985: 'WinRM',
  6379: 'Redis',
  6443: 'the Kubernetes API',
  7000: 'Cassandra',
  7474: 'Neo4j',
  8086: 'InfluxDB',
  8123: 'ClickHouse',
  8500: 'Consul',
  9042: 'Cassandra',
  9092: 'Kafka',
  9200: 'Elasticsearch',
  9300: 'Elasticsearch',
  10_250: 'the kubelet',
  11_211: 'Memcached',
  15_672: 'RabbitMQ',
  26_257: 'CockroachDB',
  27_017: 'MongoDB',
};

function nameOf(port: number): string {
  const name = guarded[port];
  return name === undefined ? '' : ` (${name})`;
}

const web: ReadonlySet<number> = new Set([80, 443, 8080, 8443, 3000, 8000]);

function severityOf({ from, to }: Opening, type: string): Severity | null {
  // Lists of a subnet let everything through by default; groups decide behind them.
  if (/network_acl/.test(type)) return from <= 0 && to >= 65_535 ? null : 'warn';
  if (from === to && web.has(from)) return null;
  // Replies come back to ephemeral ports; opening only those is usual.
  if (from >= 30_000 && to - from > 10_000) return 'warn';
  return Object.keys(guarded).some((port) => from <= Number(port) && Number(port) <= to)
    ? 'block'
    : 'warn';
}

const shields = /^aws_s3_(?:bucket|account)_public_access_block$/;

function shieldGone(was: Resource, after: readonly Resource[]): readonly Sighting[] {
  const bucket = bucketOf(was);
  if (!shields.test(was.type) || was.file.after === null) return [];
  const isStill = after.some((one) => shields.test(one.type) && bucketOf(one) === bucket);
  const bucketStays = after.some(({ type, title }) => {
    return type === 'aws_s3_bucket' && String(bucket).includes(title);
  });
  if (isStill || !bucketStays) return [];
  return [
    {
      path: was.file.path,
      line: lineAfter(was.file, was.line),
      says: `no longer keeps ${String(bucket)} from being made public (${was.title})`,
      subject: was.title,
      severity: 'warn',
    },
  ];
}

function bucketOf({ settings }: Resource): unknown {
  return settings.find(({ path }) => path === 'bucket')?.value;
}
