import type { Guard } from '../guard.ts';

function database(...lines: readonly string[]): Readonly<Record<string, string>> {
  const inside = lines.map((line) => `  ${line}\n`).join('');
  return {
    'infra/main.tf': `resource "aws_db_instance" "main" {\n  engine = "postgres"\n${inside}}\n`,
  };
}

/** Cases of `terraform/protection-off`. */
export const protectionOffExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'deletion protection is turned off',
      before: database('deletion_protection = true'),
      after: database('deletion_protection = false'),
    },
    {
      name: 'deletion protection is left out',
      before: database('deletion_protection = true'),
      after: database(),
    },
    {
      name: 'prevent_destroy goes with its lifecycle block',
      before: database('lifecycle {', '  prevent_destroy = true', '}'),
      after: database(),
    },
    {
      name: 'the final snapshot is skipped from now on',
      before: database('skip_final_snapshot = false'),
      after: database('skip_final_snapshot = true'),
    },
    {
      name: 'backups are kept for no day',
      before: database('backup_retention_period = 7'),
      after: database('backup_retention_period = 0'),
    },
    {
      name: 'a bucket is suspended from keeping versions',
      before: {
        'infra/s3.tf':
          'resource "aws_s3_bucket_versioning" "v" {\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
      },
      after: {
        'infra/s3.tf':
          'resource "aws_s3_bucket_versioning" "v" {\n  versioning_configuration {\n    status = "Suspended"\n  }\n}\n',
      },
    },
    {
      name: 'a bucket may be destroyed with what it holds',
      before: { 'infra/s3.tf': 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n' },
      after: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n  force_destroy = true\n}\n',
      },
    },
    {
      name: 'the default of a module variable turns',
      before: {
        'modules/db/variables.tf': 'variable "deletion_protection" {\n  default = true\n}\n',
      },
      after: {
        'modules/db/variables.tf': 'variable "deletion_protection" {\n  default = false\n}\n',
      },
    },
    {
      name: 'the values of production turn it off for a module',
      before: { 'env/prod.tfvars': 'db_deletion_protection = true\nsize = 3\n' },
      after: { 'env/prod.tfvars': 'db_deletion_protection = false\nsize = 3\n' },
    },
  ],
  passed: [
    {
      name: 'protection is turned on',
      before: database('deletion_protection = false'),
      after: database('deletion_protection = true'),
    },
    {
      name: 'it was off before',
      before: database('deletion_protection = false'),
      after: database('deletion_protection = false', 'multi_az = true'),
    },
    {
      name: 'the value now comes from a variable',
      before: database('deletion_protection = true'),
      after: database('deletion_protection = var.deletion_protection'),
    },
    {
      name: 'versioning moves to its own resource',
      before: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n  versioning {\n    enabled = true\n  }\n}\n',
      },
      after: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n}\nresource "aws_s3_bucket_versioning" "b" {\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
      },
    },
    {
      name: 'backups are kept for fewer days, but kept',
      before: database('backup_retention_period = 14'),
      after: database('backup_retention_period = 7'),
    },
    {
      name: 'a user may be deleted with its keys',
      before: { 'infra/iam.tf': 'resource "aws_iam_user" "u" {\n  name = "u"\n}\n' },
      after: {
        'infra/iam.tf': 'resource "aws_iam_user" "u" {\n  name = "u"\n  force_destroy = true\n}\n',
      },
    },
    {
      name: 'an example of a module is easy to clean up',
      before: { 'examples/a/main.tf': 'resource "aws_s3_bucket" "b" {\n}\n' },
      after: {
        'examples/a/main.tf': 'resource "aws_s3_bucket" "b" {\n  force_destroy = true\n}\n',
      },
    },
  ],
};
