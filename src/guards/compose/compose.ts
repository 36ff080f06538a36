import { at, dataOf, entriesIn, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import type { ChangedFile, Scene, Source } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';

/** One service of a Compose file. */
export interface Service {
  readonly name: string;
  readonly line: number;
  readonly data: Data;
  readonly image: string;
}

/** A Compose file as it was and is. */
export interface ComposePair {
  readonly file: ChangedFile;
  readonly was: Data | null;
  readonly now: Data;
}

const composeName = /(?:^|\/)(?:docker-)?(?:compose|stack)(?:[.-][\w.-]+)?\.ya?ml$/i;

/** The Compose files a change leaves, but not those for development and tests. */
export function composeFiles(scene: Scene): readonly ComposePair[] {
  return scene.files.flatMap((file) => {
    const { path, before, after } = file;
    if (!composeName.test(path) || !isProductionPath(path) || isOtherEnvironment(path)) return [];
    const now = after === null ? null : read(after);
    if (after !== null && now === null && /^services\s*:/m.test(after.text))
      scene.report({ what: path, why: 'it is not well-formed YAML' });
    return now === null ? [] : [{ file, was: before === null ? null : read(before), now }];
  });
}

function read(source: Source): Data | null {
  const data = dataOf(source)?.[0] ?? null;
  return at(data, 'services')?.kind === 'map' ? data : null;
}

/** Services by name. */
export function servicesOf(data: Data | null): ReadonlyMap<string, Service> {
  return new Map(
    entriesIn(at(data, 'services')).map(([name, { line, value }]) => [
      name,
      { name, line, data: value, image: String(scalarAt(value, 'image') ?? '') },
    ]),
  );
}

/** Services that stand in a file before and after. */
export function servicePairs({
  was,
  now,
}: ComposePair): readonly { readonly was: Service; readonly now: Service }[] {
  const old = servicesOf(was);
  return [...servicesOf(now).values()].flatMap((service) => {
    const before = old.get(service.name);
    return before === undefined ? [] : [{ was: before, now: service }];
  });
}

const holders =
  /(?:^|[/_-])(?:postgres|postgis|pgvector|timescaledb|mysql|mariadb|percona|mongo|redis|valkey|keydb|dragonfly|elasticsearch|opensearch|clickhouse|rabbitmq|kafka|redpanda|zookeeper|minio|influxdb|cassandra|scylla|couchdb|couchbase|neo4j|etcd|consul|vault|meilisearch|typesense|qdrant|weaviate|milvus|mssql|oracle|cockroach|nats|solr|surrealdb|arangodb|questdb|victoria-metrics|prometheus|gitea|memcached)[\w-]*(?:[/:@]|$)/i;
const beside =
  /exporter|backup|admin|commander|express|console|dashboard|(?:^|[-_/])ui\b|insight|proxy|operator|init/i;

/** Whether a service is a database, queue or store, by its image or its name. */
export function isStore({ image, name }: Service): boolean {
  const known = image.split(':')[0] ?? '';
  if (image !== '' && !/[${}]/.test(known)) return holders.test(image) && !beside.test(known);
  return /^(?:db|database|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|redis|elasticsearch|clickhouse|rabbitmq|kafka|minio)$/i.test(
    name,
  );
}

/** What a service mounts: where from, and where it appears in the container. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly line: number;
}

/** Volumes and folders that a service mounts. */
export function mountsOf({ data }: Service): readonly Mount[] {
  return itemsOf(at(data, 'volumes')).flatMap((item) => {
    if (item.kind === 'scalar') return shortMount(String(item.value), item.line);
    const [source, target] = [
      scalarAt(item, 'source') ?? scalarAt(item, 'src'),
      scalarAt(item, 'target') ?? scalarAt(item, 'destination'),
    ];
    return typeof target === 'string'
      ? [{ source: String(source ?? ''), target: bare(target), line: item.line }]
      : [];
  });
}

// `${VAR:-./data}:/var/lib:ro`: colons inside braces do not separate.
function shortMount(text: string, line: number): readonly Mount[] {
  const hidden = text.replace(/\$\{[^}]{0,200}\}/g, (whole) => whole.replaceAll(':', '\u0000'));
  const [source = '', target] = hidden.split(':').map((part) => part.replaceAll('\u0000', ':'));
  return target === undefined
    ? [{ source: '', target: bare(source), line }]
    : [{ source, target: bare(target), line }];
}

function bare(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
