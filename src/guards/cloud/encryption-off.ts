import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { resourcePairs, resources } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import { brokenRules } from '../resources/rule.ts';
import { lineAfter } from '../seam.ts';
import { encryptionOffExamples } from './encryption-off.examples.ts';
import { otherEncryptionRules } from './encryption-rules-other.ts';
import { encryptionRules } from './encryption-rules.ts';

/** Data at rest or on its way is no longer encrypted. */
export const encryptionOff: Guard = guard({
  id: 'cloud/encryption-off',
  severity: 'block',
  protects: 'data on disks, in backups and on the wire',
  breaks:
    'Whoever gets at the disk, the backup or the network reads the data; and for many databases the change makes a new, empty one.',
  fix: 'Keep the encryption; to change a key, name the new key and leave encryption on.',
  languages: ['terraform', 'yaml', 'json'],
  cwe: [311, 319],
  confidence: 0.85,
  ...encryptionOffExamples,
  look,
});

const rules = [...encryptionRules, ...otherEncryptionRules];

function look(scene: Scene): readonly Sighting[] {
  const all = resources(scene);
  return resourcePairs(all).flatMap((pair) => [
    ...brokenRules(pair, rules),
    ...(pair.was === null ? [] : blockGone(pair.was, pair.now, all.after)),
  ]);
}

// Encryption that a block of its own describes goes with the block.
const blocks: Readonly<Record<string, string>> = {
  aws_s3_bucket: 'server_side_encryption_configuration',
  aws_eks_cluster: 'encryption_config',
  aws_dynamodb_table: 'server_side_encryption',
  aws_ecr_repository: 'encryption_configuration',
  google_storage_bucket: 'encryption',
  google_container_cluster: 'database_encryption',
  'AWS::S3::Bucket': 'BucketEncryption',
  'AWS::DynamoDB::Table': 'SSESpecification',
  'AWS::EKS::Cluster': 'EncryptionConfig',
  'AWS::ECR::Repository': 'EncryptionConfiguration',
};

function blockGone(was: Resource, now: Resource, after: readonly Resource[]): readonly Sighting[] {
  const name = blocks[now.type];
  if (name === undefined) return [];
  const old = was.settings.find(({ path }) => path.startsWith(`${name}.`));
  if (old === undefined || now.settings.some(({ path }) => path.startsWith(name))) return [];
  // Since version 4 of the provider a bucket's encryption is a resource of its own.
  if (after.some(({ type }) => type === 'aws_s3_bucket_server_side_encryption_configuration')) {
    return [];
  }
  return [
    {
      path: now.file.path,
      line: was.file === now.file ? lineAfter(now.file, old.line) : now.line,
      says: `removes the encryption (${name} of ${now.title})`,
      subject: `${now.title} ${name}`,
      severity: 'warn',
    },
  ];
}
