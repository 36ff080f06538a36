import { off, oneOf, on } from '../resources/rule.ts';
import type { Rule } from '../resources/rule.ts';

const onTheWay = 'turns encryption on the way off';

/** Settings of Azure, Google and load balancers that leave data unencrypted. */
export const otherEncryptionRules: readonly Rule[] = [
  {
    types: /^azurerm_/,
    path: /(?:^|\.)(?:https_only|enable_https_traffic_only|https_traffic_only_enabled|ssl_enforcement_enabled|infrastructure_encryption_enabled|encryption_at_host_enabled|enable_host_encryption|host_encryption_enabled|transit_encryption_enabled|double_encryption_enabled|disk_encryption_enabled|transparent_data_encryption_enabled)$/,
    isBad: off,
    orAbsent: true,
    inModules: true,
    says: 'turns encryption off',
  },
  {
    types: /^azurerm_redis_cache$/,
    path: /^(?:enable_non_ssl_port|non_ssl_port_enabled)$/,
    isBad: on,
    says: onTheWay,
  },
  {
    types:
      /^azurerm_(?:managed_disk|kubernetes_cluster|linux_virtual_machine|windows_virtual_machine|snapshot)$/,
    path: /(?:^|\.)(?:disk_encryption_set_id|encryption_settings\.enabled)$/,
    isBad: off,
    orAbsent: true,
    says: 'gives its own encryption key up',
    severity: 'warn',
  },
  {
    types: /^google_sql_database_instance$/,
    path: /\bip_configuration\.(?:require_ssl)$/,
    isBad: off,
    orAbsent: true,
    says: onTheWay,
  },
  {
    types: /^google_sql_database_instance$/,
    path: /\bip_configuration\.ssl_mode$/,
    isBad: oneOf('ALLOW_UNENCRYPTED_AND_ENCRYPTED'),
    orAbsent: true,
    says: onTheWay,
    fresh: 'silent',
  },
  {
    types:
      /^google_(?:compute_(?:disk|region_disk|instance|image)|bigquery_(?:dataset|table)|pubsub_topic|spanner_database|bigtable_instance|artifact_registry_repository|dataproc_cluster|redis_instance|storage_bucket|dataflow_job|vertex_ai_\w+|data_fusion_instance|container_(?:cluster|node_pool))$/,
    path: /(?:^|\.)(?:kms_key_self_link|kms_key_name|disk_encryption_key_raw|customer_managed_key|default_kms_key_name|boot_disk_kms_key)$/,
    isBad: (value) => value === '',
    orAbsent: true,
    isReference: true,
    says: 'gives its own encryption key up',
    severity: 'warn',
  },
  {
    types: /^google_redis_instance$/,
    path: /^transit_encryption_mode$/,
    isBad: oneOf('DISABLED'),
    orAbsent: true,
    says: onTheWay,
  },
  {
    types: /^azurerm_/,
    path: /(?:^|\.)(?:key_vault_key_id|customer_managed_key\.\w{0,40}|disk_encryption_set_id|encryption\.\w{0,40}key_vault_key\w{0,20})$/,
    isBad: (value) => value === '',
    orAbsent: true,
    isReference: true,
    says: 'gives its own encryption key up',
    severity: 'warn',
    fresh: 'silent',
  },
  {
    types: /^aws_(?:lb|alb)_listener$/,
    path: /^protocol$/,
    isBad: oneOf('HTTP', 'TCP'),
    says: onTheWay,
    severity: 'warn',
    fresh: 'silent',
  },
  {
    types: /^AWS::ElasticLoadBalancingV2::Listener$/,
    path: /^Protocol$/,
    isBad: oneOf('HTTP', 'TCP'),
    says: onTheWay,
    severity: 'warn',
    fresh: 'silent',
  },
  {
    types: /^aws_elb$/,
    path: /^listener\.lb_protocol$/,
    isBad: oneOf('http', 'tcp'),
    says: onTheWay,
    severity: 'warn',
    fresh: 'silent',
  },
  {
    types: /^azurerm_synapse_sql_pool$/,
    path: /^data_encrypted$/,
    isBad: off,
    orAbsent: true,
    says: 'turns encryption at rest off',
  },
];
