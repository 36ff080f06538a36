import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { isOtherEnvironment } from '../language.ts';
import { resourcePairs, resources, settingsByPlace } from '../resources/resource.ts';
import type { ResourcePair } from '../resources/resource.ts';
import { placeOf } from '../resources/setting.ts';
import type { Setting } from '../resources/setting.ts';

const group = (days: number): Readonly<Record<string, string>> => ({
  'infra/logs.tf': `resource "aws_cloudwatch_log_group" "app" {\n  name = "app"\n  retention_in_days = ${days}\n}\n`,
});
const life = (days: string): Readonly<Record<string, string>> => ({
  'infra/s3.tf': `resource "aws_s3_bucket_lifecycle_configuration" "b" {\n  rule {\n    id = "old"\n    expiration {\n      days = ${days}\n    }\n  }\n}\n`,
});
const stack = (days: number): Readonly<Record<string, string>> => ({
  'cfn/db.json': `{"Resources": {"Db": {"Type": "AWS::RDS::DBInstance", "Properties": {\n"BackupRetentionPeriod": ${days}}}}}\n`,
});

/** Data, backups or logs are deleted after a shorter time than before. */
export const retentionShortened: Guard = guard({
  id: 'cloud/retention-shortened',
  severity: 'warn',
  protects: 'old data, backups and logs that somebody may still need',
  breaks: 'Everything older than the new limit is deleted soon after the change, for good.',
  fix: 'Make sure that nobody needs what is older, or copy it elsewhere first.',
  languages: ['terraform', 'yaml', 'json'],
  cwe: [664],
  confidence: 0.75,
  caught: [
    { name: 'logs are kept for a week, not a year', before: group(365), after: group(7) },
    { name: 'objects expire after a day', before: life('90'), after: life('1') },
    { name: 'a stack keeps fewer backups', before: stack(30), after: stack(7) },
    {
      name: 'a rule that deletes objects is new on a bucket that exists',
      before: { 'infra/s3.tf': 'resource "google_storage_bucket" "b" {\n  name = "b"\n}\n' },
      after: {
        'infra/s3.tf':
          'resource "google_storage_bucket" "b" {\n  name = "b"\n  lifecycle_rule {\n    action {\n      type = "Delete"\n    }\n    condition {\n      age = 30\n    }\n  }\n}\n',
      },
    },
    {
      name: 'a message is kept for an hour',
      before: {
        'infra/q.tf': 'resource "aws_sqs_queue" "q" {\n  message_retention_seconds = 1209600\n}\n',
      },
      after: {
        'infra/q.tf': 'resource "aws_sqs_queue" "q" {\n  message_retention_seconds = 3600\n}\n',
      },
    },
  ],
  passed: [
    { name: 'logs are kept longer', before: group(7), after: group(30) },
    {
      name: 'the time stays',
      before: group(7),
      after: { 'infra/logs.tf': `${group(7)['infra/logs.tf'] ?? ''}# app\n` },
    },
    { name: 'a variable decides', before: life('90'), after: life('var.days') },
    { name: 'logs were kept for ever by zero', before: group(30), after: group(0) },
    {
      name: 'a new bucket cleans up from its start',
      after: {
        'infra/s3.tf':
          'resource "google_storage_bucket" "b" {\n  lifecycle_rule {\n    action {\n      type = "Delete"\n    }\n    condition {\n      age = 30\n    }\n  }\n}\n',
      },
    },
    {
      name: 'the logs of a test environment',
      before: { 'env/dev/logs.tf': group(30)['infra/logs.tf'] ?? '' },
      after: { 'env/dev/logs.tf': group(3)['infra/logs.tf'] ?? '' },
    },
  ],
  look,
});

interface Term {
  readonly types: RegExp;
  readonly path: RegExp;
  readonly what: string;
  /** True when zero means that nothing is ever deleted. */
  readonly zeroIsForever?: boolean;
}

const terms: readonly Term[] = [
  {
    types: /^(?:aws_cloudwatch_log_group|AWS::Logs::LogGroup|module|values)$/,
    path: /^(?:\w+_)?(?:retention_in_days|RetentionInDays|log_retention_days)$/,
    what: 'logs',
    zeroIsForever: true,
  },
  {
    types: /./,
    path: /(?:^|[._])(?:backup_retention_period|BackupRetentionPeriod|snapshot_retention_limit|SnapshotRetentionLimit|automated_snapshot_retention_period|AutomatedSnapshotRetentionPeriod|backup_retention_days|retained_backups|automatic_backup_retention_days|transaction_log_retention_days|recovery_period_in_days|RecoveryPeriodInDays|point_in_time_recovery_days)$/,
    what: 'backups',
  },
  {
    types: /^(?:aws_backup_plan|AWS::Backup::BackupPlan)$/,
    path: /(?:delete_after|DeleteAfterDays)$/,
    what: 'backups',
  },
  {
    types: /^(?:aws_s3_bucket(?:_lifecycle_configuration)?|AWS::S3::Bucket)$/,
    path: /(?:^|\.)(?:expiration\.days|noncurrent_version_expiration\.(?:noncurrent_)?days|ExpirationInDays|NoncurrentDays|NoncurrentVersionExpirationInDays)$/,
    what: 'objects',
  },
  {
    types: /^google_storage_bucket$/,
    path: /^(?:lifecycle_rule\.condition\.age|retention_policy\.retention_period|soft_delete_policy\.retention_duration_seconds)$/,
    what: 'objects',
  },
  {
    types: /^azurerm_(?:storage_(?:account|management_policy))$/,
    path: /(?:retention_policy\.days|delete_after_days_since_\w+)$/,
    what: 'objects',
  },
  {
    types:
      /^(?:aws_(?:sqs_queue|kinesis_stream)|AWS::(?:SQS::Queue|Kinesis::Stream)|google_pubsub_\w+)$/,
    path: /^(?:message_retention_seconds|MessageRetentionPeriod|retention_period|RetentionPeriodHours|retention_hours)$/,
    what: 'messages',
  },
  {
    types:
      /^(?:azurerm_(?:log_analytics_workspace|application_insights|eventhub)|google_logging_\w+)$/,
    path: /^(?:retention_in_days|message_retention|retention_days)$/,
    what: 'logs',
  },
  {
    types: /^(?:google_bigquery_(?:dataset|table))$/,
    path: /(?:expiration_ms|expiration_time)$/,
    what: 'rows',
  },
  {
    types: /^(?:aws_kms_key|aws_secretsmanager_secret|azurerm_key_vault)$/,
    path: /^(?:deletion_window_in_days|recovery_window_in_days|soft_delete_retention_days)$/,
    what: 'deleted keys',
  },
];

function look(scene: Scene): readonly Sighting[] {
  return resourcePairs(resources(scene)).flatMap((pair) =>
    isOtherEnvironment(pair.now.file.path) ? [] : [...shortened(pair), ...begun(pair)],
  );
}

function shortened({ was, now }: ResourcePair): readonly Sighting[] {
  if (was === null) return [];
  const known = terms.filter(({ types }) => types.test(now.type));
  const before = settingsByPlace(was);
  return now.settings.flatMap((setting) => {
    const term = known.find(({ path }) => path.test(setting.path));
    const old = before.get(placeOf(setting));
    if (term === undefined || old === undefined) return [];
    const [days, oldDays] = [numberOf(setting), numberOf(old)];
    if (days === null || oldDays === null) return [];
    // Keeping no backup at all is told by the guard for protections.
    const isShorter =
      days > 0 && (days < oldDays || (oldDays === 0 && term.zeroIsForever === true));
    if (!isShorter) return [];
    return [
      {
        path: now.file.path,
        line: setting.line,
        says: `keeps ${term.what} for less time: ${setting.path} of ${now.title} from ${oldDays} to ${days}`,
        subject: `${now.title} ${setting.path}`,
        // Halving what is long anyway is housekeeping.
        ...(days * 2 > oldDays && oldDays > 0 ? { severity: 'note' as const } : {}),
      },
    ];
  });
}

function numberOf({ value, literal }: Setting): number | null {
  if (!literal || value === null || value === '' || typeof value === 'boolean') return null;
  const number = Number(String(value).replace(/s$/, ''));
  return Number.isFinite(number) ? number : null;
}

const deleting = /^lifecycle_rule\.action\.type$|^(?:lifecycle_)?rule\.expiration\.days$/;

// A rule that deletes reaches what the bucket has held for years.
function begun({ was, now }: ResourcePair): readonly Sighting[] {
  if (was === null || was.settings.some(({ path }) => deleting.test(path))) return [];
  const rule = now.settings.find(
    ({ path, value }) => deleting.test(path) && (path.endsWith('days') || value === 'Delete'),
  );
  if (rule === undefined) return [];
  return [
    {
      path: now.file.path,
      line: rule.line,
      says: `begins to delete objects by their age (${now.title})`,
      subject: `${now.title} expiration`,
    },
  ];
}
