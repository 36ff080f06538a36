import type { ChangedFile, HclAttribute, HclBlock, Scene, Source } from '../guard.ts';
import { isProductionPath } from '../language.ts';

/** A top block of a Terraform file, with the module (folder) and file it stands in. */
export interface Placed {
  readonly block: HclBlock;
  readonly module: string;
  readonly file: ChangedFile;
}

/** Top blocks of the changed Terraform files, before and after the change. */
export interface Infrastructure {
  readonly before: readonly Placed[];
  readonly after: readonly Placed[];
}

const known = new WeakMap<Scene, Infrastructure>();

/** Reads the Terraform a change touches, leaving out examples, tests and vendored modules. */
export function infrastructure(scene: Scene): Infrastructure {
  const found = known.get(scene);
  if (found !== undefined) return found;
  const files = scene.files.filter(
    ({ path, before, after }) =>
      isProductionPath(path) &&
      (before ?? after) !== null &&
      [before, after].some((side) => side?.language === 'terraform'),
  );
  const read = {
    before: files.flatMap((file) => placed(file, file.before, scene)),
    after: files.flatMap((file) => placed(file, file.after, scene)),
  };
  known.set(scene, read);
  return read;
}

function placed(file: ChangedFile, source: Source | null, scene: Scene): readonly Placed[] {
  if (source === null || source.language !== 'terraform') return [];
  const module = source.path.slice(0, Math.max(0, source.path.lastIndexOf('/')));
  return (scene.parsers.hcl(source.text) ?? []).map((block) => ({ block, module, file }));
}

/** Address of a resource or module call, such as `aws_db_instance.main` or `module.database`. */
export function addressOf({ type, labels }: HclBlock): string | null {
  if (type === 'resource' && labels.length === 2) return labels.join('.');
  if (type === 'module' && labels.length === 1) return `module.${labels[0] ?? ''}`;
  return null;
}

/** All attributes in a block, with the names of the nested blocks they stand in: `lifecycle.prevent_destroy`. */
export function attributesOf(
  block: HclBlock,
  prefix = '',
): readonly (readonly [string, HclAttribute])[] {
  return [
    ...block.attributes.map((attribute) => [`${prefix}${attribute.name}`, attribute] as const),
    ...block.blocks.flatMap((inner) => attributesOf(inner, `${prefix}${inner.type}.`)),
  ];
}

/** The attribute of this name directly in a block. */
export function attribute(block: HclBlock, name: string): HclAttribute | null {
  return block.attributes.find((one) => one.name === name) ?? null;
}

const stateful: readonly RegExp[] = [
  /^aws_(?:db_instance|db_cluster_snapshot|rds_(?:cluster|global_cluster)|docdb_cluster|docdbelastic_cluster|neptune_cluster|dynamodb_(?:table|global_table)|s3_bucket|s3_directory_bucket|s3tables_table|efs_file_system|fsx_\w+|ebs_(?:volume|snapshot)|elasticache_(?:cluster|replication_group|serverless_cache)|memorydb_cluster|redshift_cluster|redshiftserverless_namespace|opensearch_domain|opensearchserverless_collection|elasticsearch_domain|kinesis_stream|msk_(?:cluster|serverless_cluster)|mq_broker|sqs_queue|kms_key|secretsmanager_secret|ecr_repository|backup_vault|cognito_user_pool|route53_zone|timestreamwrite_(?:table|database)|keyspaces_(?:table|keyspace)|glacier_vault|lightsail_database|dsql_cluster)$/,
  /^google_(?:sql_database(?:_instance)?|spanner_(?:instance|database)|bigtable_(?:instance|table)|bigquery_(?:dataset|table)|storage_bucket|compute_(?:disk|region_disk)|filestore_instance|redis_(?:instance|cluster)|firestore_database|kms_(?:key_ring|crypto_key)|secret_manager_secret|alloydb_(?:cluster|instance)|artifact_registry_repository|dns_managed_zone|project|memorystore_instance)$/,
  /^azurerm_(?:mssql_(?:database|server|managed_instance|managed_database)|sql_(?:database|server)|postgresql_(?:server|database|flexible_server|flexible_server_database)|mysql_(?:server|database|flexible_server|flexible_database)|mariadb_(?:server|database)|cosmosdb_\w+|storage_(?:account|container|share|table|queue|data_lake_gen2_filesystem)|managed_disk|redis_cache|redis_enterprise_cluster|key_vault|key_vault_key|kusto_(?:cluster|database)|resource_group|container_registry|netapp_volume|recovery_services_vault|eventhub|servicebus_queue|dns_zone)$/,
  /^(?:digitalocean_(?:database_cluster|database_db|volume|spaces_bucket)|mongodbatlas_(?:cluster|advanced_cluster|project)|confluent_(?:kafka_cluster|kafka_topic)|kubernetes_(?:persistent_volume|persistent_volume_claim|namespace|stateful_set)(?:_v1)?|hcloud_volume|linode_(?:volume|database_\w+)|scaleway_(?:rdb_instance|rdb_database|object_bucket|block_volume)|alicloud_(?:db_instance|oss_bucket|polardb_cluster)|oci_(?:database_\w+|objectstorage_bucket|core_volume)|cloudflare_(?:r2_bucket|d1_database|workers_kv_namespace|zone)|neon_project|supabase_project|snowflake_(?:database|schema|table)|(?:postgresql|mysql)_database|aiven_(?:pg|mysql|kafka|opensearch|redis|valkey|clickhouse|cassandra)|vultr_(?:database|block_storage)|openstack_blockstorage_volume_v\d|ibm_(?:database|cos_bucket)|influxdb\w*_bucket|planetscale_database|turso_database|upstash_redis_database)$/,
];

/** Whether destroying a resource of this type loses data, keys or names that nobody can bring back. */
export function holdsState(type: string): boolean {
  return stateful.some((pattern) => pattern.test(type));
}

const statefulModules =
  /(?:^|[/_.-])(?:rds|rds-aurora|aurora|database|databases|db|dynamodb(?:-table)?|s3|s3-bucket|postgres(?:ql)?|mysql|sql-db|cloud-storage|elasticache|redis|efs|docdb|opensearch|msk|kafka|spanner|alloy-?db|bigquery|cosmosdb|storage-account|redshift|documentdb)(?:[/_.?-]|$)/i;

/** Whether a module call sets up something that holds data, by the last part of its source. */
export function callsStatefulModule(block: HclBlock): boolean {
  const source = attribute(block, 'source')?.value;
  if (block.type !== 'module' || typeof source !== 'string') return false;
  const path = source.replace(/[?#].*$/, '');
  const parts = path.split('/').filter((part) => part !== '' && part !== '..' && part !== '.');
  // In a registry source, the second part names the module and the last one the provider.
  const isRegistry = /^[\w-]+\/[\w-]+\/[\w-]+(?:\/\/.*)?$/.test(path);
  return statefulModules.test((isRegistry ? parts[1] : parts.at(-1)) ?? '');
}
