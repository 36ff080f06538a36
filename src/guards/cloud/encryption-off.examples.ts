import type { Guard } from '../guard.ts';

const database = (line: string): Readonly<Record<string, string>> => ({
  'infra/db.tf': `resource "aws_rds_cluster" "main" {\n  engine = "aurora-postgresql"\n${line}}\n`,
});
const stack = (line: string): Readonly<Record<string, string>> => ({
  'cfn/db.yml': `Resources:\n  Cache:\n    Type: AWS::ElastiCache::ReplicationGroup\n    Properties:\n      ReplicationGroupDescription: !Sub '\${AWS::StackName} cache'\n${line}`,
});

/** Cases of `cloud/encryption-off`. */
export const encryptionOffExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'encryption of a database is turned off',
      before: database('  storage_encrypted = true\n'),
      after: database('  storage_encrypted = false\n'),
    },
    {
      name: 'encryption of a database is left out',
      before: database('  storage_encrypted = true\n'),
      after: database(''),
    },
    {
      name: 'CloudFormation turns encryption on the way off',
      before: stack('      TransitEncryptionEnabled: true\n'),
      after: stack('      TransitEncryptionEnabled: false\n'),
    },
    {
      name: 'a bucket loses its encryption block',
      before: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n  server_side_encryption_configuration {\n    rule {\n      apply_server_side_encryption_by_default {\n        sse_algorithm = "aws:kms"\n      }\n    }\n  }\n}\n',
      },
      after: { 'infra/s3.tf': 'resource "aws_s3_bucket" "b" {\n}\n' },
    },
    {
      name: 'Azure accepts plain connections',
      before: {
        'infra/redis.tf':
          'resource "azurerm_redis_cache" "r" {\n  enable_non_ssl_port = false\n}\n',
      },
      after: {
        'infra/redis.tf': 'resource "azurerm_redis_cache" "r" {\n  enable_non_ssl_port = true\n}\n',
      },
    },
    {
      name: 'a module is told not to encrypt',
      before: {
        'infra/db.tf': 'module "db" {\n  source = "./rds"\n  storage_encrypted = true\n}\n',
      },
      after: {
        'infra/db.tf': 'module "db" {\n  source = "./rds"\n  storage_encrypted = false\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'encryption is turned on',
      before: database('  storage_encrypted = false\n'),
      after: database('  storage_encrypted = true\n'),
    },
    {
      name: 'the value comes from a variable now',
      before: database('  storage_encrypted = true\n'),
      after: database('  storage_encrypted = var.encrypted\n'),
    },
    {
      name: 'it was not encrypted before',
      before: database(''),
      after: database('  storage_encrypted = false\n'),
    },
    {
      name: 'the encryption of a bucket gets a resource of its own',
      before: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n  server_side_encryption_configuration {\n    rule {\n      bucket_key_enabled = true\n    }\n  }\n}\n',
      },
      after: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n}\nresource "aws_s3_bucket_server_side_encryption_configuration" "b" {\n  bucket = aws_s3_bucket.b.id\n}\n',
      },
    },
    {
      name: 'a parameter decides in CloudFormation',
      before: stack('      TransitEncryptionEnabled: true\n'),
      after: stack('      TransitEncryptionEnabled: !Ref Encrypt\n'),
    },
    {
      name: 'an example of a module goes without',
      before: { 'examples/db/main.tf': 'resource "aws_ebs_volume" "v" {\n  encrypted = true\n}\n' },
      after: { 'examples/db/main.tf': 'resource "aws_ebs_volume" "v" {\n  encrypted = false\n}\n' },
    },
  ],
};
