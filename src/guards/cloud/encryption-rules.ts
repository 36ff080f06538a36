import { off, oneOf, on } from '../resources/rule.ts';
import type { Rule } from '../resources/rule.ts';

const atRest = 'turns encryption at rest off';
const onTheWay = 'turns encryption on the way off';
const oldTls = 'accepts outdated TLS';
const oldVersion = oneOf(
  'TLS1_0',
  'TLS1_1',
  '1.0',
  '1.1',
  'TLS_1_0',
  'TLS_1_1',
  'TLSv1',
  'TLSv1_2016',
  'TLSv1.1_2016',
  'SSLv3',
  'TLSEnforcementDisabled',
  'Policy-Min-TLS-1-0-2019-07',
  'ELBSecurityPolicy-2015-05',
  'ELBSecurityPolicy-TLS-1-0-2015-04',
);

/** Settings of AWS, and of TLS everywhere, that leave data unencrypted. */
export const encryptionRules: readonly Rule[] = [
  {
    types:
      /^aws_(?:db_instance|rds_(?:cluster|global_cluster|cluster_instance)|docdb_cluster|neptune_cluster|dms_replication_instance|db_snapshot_copy)$/,
    path: /^(?:\w+_)?storage_encrypted$/,
    isBad: off,
    orAbsent: true,
    inModules: true,
    says: atRest,
  },
  {
    types:
      /^AWS::(?:RDS::(?:DBInstance|DBCluster|GlobalCluster)|DocDB::DBCluster|Neptune::DBCluster)$/,
    path: /^StorageEncrypted$/,
    isBad: off,
    orAbsent: true,
    says: atRest,
  },
  {
    types: /^aws_(?:efs_file_system|ebs_volume|ebs_snapshot_copy|redshift_cluster|fsx_\w+)$/,
    path: /^encrypted$/,
    isBad: off,
    orAbsent: true,
    says: atRest,
  },
  {
    types: /^AWS::(?:EFS::FileSystem|EC2::Volume|Redshift::Cluster)$/,
    path: /^Encrypted$/,
    isBad: off,
    orAbsent: true,
    says: atRest,
  },
  {
    types: /^aws_(?:instance|launch_(?:configuration|template)|ami|spot_instance_request)$/,
    path: /(?:^|\.)(?:root_block_device|ebs_block_device|block_device_mappings\.ebs|ebs)\.encrypted$/,
    isBad: off,
    orAbsent: true,
    says: atRest,
    severity: 'warn',
  },
  {
    types: /^aws_ebs_encryption_by_default$/,
    path: /^enabled$/,
    isBad: off,
    says: atRest,
    fresh: 'block',
  },
  {
    types: /^aws_elasticache_(?:replication_group|cluster)$|^AWS::ElastiCache::ReplicationGroup$/,
    path: /^(?:at_rest_encryption_enabled|AtRestEncryptionEnabled)$/,
    isBad: off,
    orAbsent: true,
    inModules: true,
    says: atRest,
  },
  {
    types: /^aws_elasticache_(?:replication_group|cluster)$|^AWS::ElastiCache::ReplicationGroup$/,
    path: /^(?:transit_encryption_enabled|TransitEncryptionEnabled)$/,
    isBad: off,
    orAbsent: true,
    inModules: true,
    says: onTheWay,
  },
  {
    types:
      /^(?:aws_(?:opensearch|elasticsearch)_domain|AWS::(?:OpenSearchService|Elasticsearch)::Domain)$/,
    path: /^(?:encrypt_at_rest\.enabled|EncryptionAtRestOptions\.Enabled)$/,
    isBad: off,
    orAbsent: true,
    says: atRest,
  },
  {
    types:
      /^(?:aws_(?:opensearch|elasticsearch)_domain|AWS::(?:OpenSearchService|Elasticsearch)::Domain)$/,
    path: /^(?:node_to_node_encryption\.enabled|domain_endpoint_options\.enforce_https|NodeToNodeEncryptionOptions\.Enabled|DomainEndpointOptions\.EnforceHTTPS)$/,
    isBad: off,
    orAbsent: true,
    says: onTheWay,
  },
  {
    types: /^(?:aws_msk_cluster|AWS::MSK::Cluster)$/,
    path: /(?:client_broker|ClientBroker)$/,
    isBad: oneOf('PLAINTEXT', 'TLS_PLAINTEXT'),
    says: onTheWay,
  },
  {
    types: /^(?:aws_msk_cluster|AWS::MSK::Cluster)$/,
    path: /(?:in_cluster|InCluster)$/,
    isBad: off,
    says: onTheWay,
  },
  {
    types: /^aws_dax_cluster$/,
    path: /^server_side_encryption\.enabled$/,
    isBad: off,
    orAbsent: true,
    says: atRest,
  },
  {
    types: /^(?:aws_kinesis_stream)$/,
    path: /^encryption_type$/,
    isBad: oneOf('NONE'),
    orAbsent: true,
    says: atRest,
  },
  {
    types: /^aws_(?:sqs_queue)$/,
    path: /^sqs_managed_sse_enabled$/,
    isBad: off,
    says: atRest,
    severity: 'warn',
  },
  {
    types:
      /^aws_(?:sqs_queue|sns_topic|cloudwatch_log_group|kinesis_firehose_delivery_stream|secretsmanager_secret|cloudtrail|dynamodb_table|docdb_cluster|neptune_cluster|ecr_repository|efs_file_system)$/,
    path: /^(?:kms_(?:master_)?key_id|kms_key_arn|kms_key|server_side_encryption\.kms_key_arn)$/,
    isBad: (value) => value === '',
    orAbsent: true,
    says: 'gives its own encryption key up',
    severity: 'warn',
  },
  {
    types: /^AWS::(?:SQS::Queue|SNS::Topic|Logs::LogGroup|CloudTrail::Trail)$/,
    path: /^(?:KmsMasterKeyId|KmsKeyId|KMSKeyId)$/,
    isBad: (value) => value === '',
    orAbsent: true,
    says: 'gives its own encryption key up',
    severity: 'warn',
  },
  {
    types: /^aws_(?:ecs_task_definition)$/,
    path: /transit_encryption$/,
    isBad: oneOf('DISABLED'),
    orAbsent: true,
    says: onTheWay,
  },
  {
    types:
      /^aws_(?:athena_workgroup|glue_\w+|sagemaker_\w+|workspaces_workspace|codebuild_project|api_gateway_method_settings|kinesis_video_stream)$/,
    path: /(?:cache_data_encrypted|(?:root|user)_volume_encryption_enabled|enable_inter_container_traffic_encryption)$/,
    isBad: off,
    orAbsent: true,
    says: atRest,
    severity: 'warn',
  },
  {
    types: /^aws_(?:codebuild_project)$/,
    path: /(?:^|\.)encryption_disabled$/,
    isBad: on,
    says: atRest,
  },
  {
    types: /^(?:aws_kms_key|AWS::KMS::Key|google_kms_crypto_key)$/,
    path: /^(?:enable_key_rotation|EnableKeyRotation)$/,
    isBad: off,
    orAbsent: true,
    says: 'stops renewing the key',
    severity: 'warn',
    fresh: 'note',
  },
  {
    types: /^aws_(?:lb_listener|alb_listener)$|^AWS::ElasticLoadBalancingV2::Listener$/,
    path: /^(?:ssl_policy|SslPolicy)$/,
    isBad: oldVersion,
    says: oldTls,
    severity: 'warn',
  },
  {
    types: /^aws_(?:cloudfront_distribution)$|^AWS::CloudFront::Distribution$/,
    path: /(?:viewer_protocol_policy|ViewerProtocolPolicy)$/,
    isBad: oneOf('allow-all'),
    says: onTheWay,
    severity: 'warn',
  },
  {
    types: /^(?:aws_|azurerm_|google_|AWS::|digitalocean_)/,
    path: /(?:^|\.)(?:minimum_protocol_version|MinimumProtocolVersion|min_tls_version|minimum_tls_version|tls_security_policy|ssl_minimal_tls_version_enforced|security_policy)$/,
    isBad: oldVersion,
    inModules: true,
    says: oldTls,
    severity: 'warn',
  },
];
