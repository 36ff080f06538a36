import type { HclAttribute } from '../guard.ts';

// Attributes the provider cannot change in place; a new literal means a new, empty object.
const identities: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^aws_s3_(?:bucket|directory_bucket)$/, ['bucket']],
  [
    /^aws_db_instance$/,
    [
      'db_name',
      'engine',
      'username',
      'storage_encrypted',
      'kms_key_id',
      'snapshot_identifier',
      'character_set_name',
      'timezone',
      'availability_zone',
    ],
  ],
  [
    /^aws_(?:rds|docdb|neptune)_cluster$/,
    [
      'cluster_identifier',
      'engine',
      'database_name',
      'master_username',
      'storage_encrypted',
      'kms_key_id',
      'snapshot_identifier',
      'engine_mode',
    ],
  ],
  [/^aws_redshift_cluster$/, ['cluster_identifier', 'master_username', 'snapshot_identifier']],
  [/^aws_dynamodb_table$/, ['name', 'hash_key', 'range_key']],
  [
    /^aws_(?:efs_file_system|ebs_volume)$/,
    [
      'encrypted',
      'availability_zone',
      'creation_token',
      'kms_key_id',
      'performance_mode',
      'availability_zone_name',
    ],
  ],
  [/^aws_fsx_\w+$/, ['kms_key_id', 'deployment_type', 'storage_type']],
  [
    /^aws_elasticache_(?:replication_group|cluster)$/,
    [
      'replication_group_id',
      'cluster_id',
      'engine',
      'at_rest_encryption_enabled',
      'kms_key_id',
      'subnet_group_name',
    ],
  ],
  [/^aws_memorydb_cluster$/, ['name', 'kms_key_arn', 'subnet_group_name', 'tls_enabled']],
  [/^aws_msk_cluster$/, ['cluster_name']],
  [/^aws_mq_broker$/, ['broker_name', 'engine_type', 'deployment_mode', 'storage_type']],
  [/^aws_(?:opensearch|elasticsearch)_domain$/, ['domain_name']],
  [/^aws_cognito_user_pool$/, ['username_attributes', 'alias_attributes']],
  [/^aws_route53_zone$/, ['name']],
  [/^aws_keyspaces_(?:table|keyspace)$/, ['name', 'keyspace_name', 'table_name']],
  [/^aws_timestreamwrite_(?:table|database)$/, ['database_name', 'table_name']],
  [
    /^aws_(?:sqs_queue|kinesis_stream|ecr_repository|secretsmanager_secret)$/,
    ['name', 'fifo_queue'],
  ],
  [
    /^google_(?:sql_database_instance|storage_bucket|sql_database|spanner_\w+|bigtable_\w+|compute_disk|compute_region_disk|filestore_instance|redis_instance|alloydb_\w+|firestore_database|memorystore_instance)$/,
    [
      'name',
      'region',
      'location',
      'zone',
      'project',
      'cluster_id',
      'instance_id',
      'type',
      'location_id',
    ],
  ],
  [/^google_bigquery_(?:dataset|table)$/, ['dataset_id', 'table_id', 'location', 'project']],
  [
    /^azurerm_\w+$/,
    [
      'name',
      'location',
      'resource_group_name',
      'account_kind',
      'create_mode',
      'collation',
      'administrator_login',
      'kind',
    ],
  ],
  [/^(?:digitalocean_database_cluster|digitalocean_volume)$/, ['name', 'engine', 'region']],
  [
    /^kubernetes_(?:persistent_volume|persistent_volume_claim|namespace)(?:_v1)?$/,
    ['metadata.name', 'metadata.namespace'],
  ],
];

// What the provider takes where the attribute is left out.
const defaults: Readonly<Record<string, HclAttribute['value']>> = {
  storage_encrypted: false,
  encrypted: false,
  at_rest_encryption_enabled: false,
};

/** Names of attributes whose new value makes a new object of this type. */
export function identitiesOf(type: string): readonly string[] {
  return identities.find(([pattern]) => pattern.test(type))?.[1] ?? [];
}

/** The value an attribute takes when it is left out; undefined when that is not known. */
export function defaultOf(name: string): HclAttribute['value'] | undefined {
  return defaults[name];
}
