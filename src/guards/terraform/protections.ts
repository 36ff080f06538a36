import type { HclAttribute } from '../guard.ts';
import { holdsState } from './infrastructure.ts';

/** A safety catch, by the attribute that sets it. */
export interface Protection {
  /** Last parts of the attribute's path. */
  readonly name: RegExp;
  readonly isOff: (value: HclAttribute['value']) => boolean;
  /** Whether leaving the attribute out takes the protection off too. */
  readonly offWhenAbsent: (type: string) => boolean;
  /** Resource types it counts for; others only inside modules' arguments. */
  readonly counts: (type: string) => boolean;
  readonly says: string;
}

/** Safety catches on what holds data. */
export const protections: readonly Protection[] = [
  {
    name: /(?:^|[._])(?:deletion|termination|delete)_protection(?:_enabled)?$|(?:^|[._])enable_(?:deletion|termination|drop)_protection$|(?:^|\.)disable_api_(?:termination|stop)$/,
    isOff: off,
    offWhenAbsent: (type) => !type.startsWith('google_'),
    counts: always,
    says: 'turns deletion protection off',
  },
  {
    name: /(?:^|\.)lifecycle\.prevent_destroy$/,
    isOff: off,
    offWhenAbsent: always,
    counts: always,
    says: 'no longer prevents its destruction',
  },
  {
    name: /(?:^|[._])skip_final_(?:snapshot|backup)$/,
    isOff: on,
    offWhenAbsent: never,
    counts: always,
    says: 'skips the final snapshot',
  },
  {
    name: /(?:^|[._])force_(?:destroy|delete)$|(?:^|\.)delete_automated_backups$|(?:^|\.)purge_soft_delete_on_destroy$/,
    isOff: on,
    offWhenAbsent: never,
    counts: holdsState,
    says: 'lets a destroy delete what is inside',
  },
  {
    name: /(?:^|[._])(?:backup_retention_period|snapshot_retention_limit|automated_snapshot_retention_period|backup_retention_days|retained_backups|automatic_backup_retention_days|backup_retention)$/,
    isOff: none,
    offWhenAbsent: (type) => type === 'aws_db_instance' || type.startsWith('aws_elasticache_'),
    counts: always,
    says: 'keeps no backups',
  },
  {
    name: /(?:^|\.)versioning\.enabled$|(?:^|\.)point_in_time_recovery(?:\.enabled|_enabled)$|(?:^|\.)backup_configuration\.(?:enabled|binary_log_enabled|point_in_time_recovery_enabled)$|(?:^|\.)(?:purge_protection_enabled|versioning_enabled|backup_enabled|geo_redundant_backup_enabled)$/,
    isOff: off,
    // A bucket of AWS may have moved its versioning into a resource of its own, which is looked at apart.
    offWhenAbsent: (type) => type !== 'aws_s3_bucket',
    counts: always,
    says: 'turns its versions or backups off',
  },
  {
    name: /(?:^|\.)soft_delete_enabled$/,
    isOff: off,
    offWhenAbsent: never,
    counts: always,
    says: 'deletes at once and for good',
  },
  {
    name: /(?:^|\.)versioning_configuration\.status$|^versioning$|(?:^|\.)versioning\.status$/,
    isOff: (value) => value === 'Suspended' || value === 'Disabled',
    offWhenAbsent: never,
    counts: always,
    says: 'stops keeping versions',
  },
  {
    name: /(?:^|\.)(?:container_|share_)?(?:delete_retention_policy|soft_delete_policy)\.(?:days|retention_duration_seconds|enabled)$/,
    isOff: (value) => none(value) || off(value),
    offWhenAbsent: always,
    counts: holdsState,
    says: 'deletes at once and for good',
  },
  {
    name: /(?:^|\.)(?:recovery_window_in_days)$/,
    isOff: none,
    offWhenAbsent: never,
    counts: (type) => type === 'aws_secretsmanager_secret',
    says: 'deletes at once and for good',
  },
  {
    name: /(?:^|\.)deletion_policy$/,
    isOff: (value) => value === 'DELETE',
    offWhenAbsent: never,
    counts: (type) => holdsState(type),
    says: 'deletes what is inside when it goes',
  },
  {
    name: /(?:^|\.)(?:object_lock_enabled|pit_enabled|cloud_backup|provider_backup_enabled|backup_policy\.status|continuous_backups_enabled|cross_region_restore_enabled)$/,
    isOff: off,
    offWhenAbsent: (type) => type !== 'aws_s3_bucket',
    counts: always,
    says: 'turns its locks or backups off',
  },
];

function off(value: HclAttribute['value']): boolean {
  return value === false || value === 'false' || value === 'INACTIVE' || value === 'DISABLED';
}

function on(value: HclAttribute['value']): boolean {
  return value === true || value === 'true';
}

function none(value: HclAttribute['value']): boolean {
  return value === 0 || value === '0';
}

function never(): boolean {
  return false;
}

function always(): boolean {
  return true;
}
