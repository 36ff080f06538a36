import type { Guard } from '../guard.ts';

const database = 'resource "aws_db_instance" "main" {\n  engine = "postgres"\n}\n';
const network = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n';

/** Cases of `terraform/stateful-destroy`. */
export const statefulDestroyExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a set of buckets loses one',
      before: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n  for_each = toset(["logs", "uploads"])\n  bucket = each.key\n}\n',
      },
      after: {
        'infra/s3.tf':
          'resource "aws_s3_bucket" "b" {\n  for_each = toset(["logs"])\n  bucket = each.key\n}\n',
      },
    },
    {
      name: 'a database is encrypted afterwards, which makes a new one',
      before: { 'infra/db.tf': 'resource "aws_db_instance" "m" {\n  engine = "postgres"\n}\n' },
      after: {
        'infra/db.tf':
          'resource "aws_db_instance" "m" {\n  engine = "postgres"\n  storage_encrypted = true\n}\n',
      },
    },
    {
      name: 'a module is told to make nothing',
      before: { 'infra/db.tf': 'module "db" {\n  source = "./rds"\n  create = true\n}\n' },
      after: { 'infra/db.tf': 'module "db" {\n  source = "./rds"\n  create = false\n}\n' },
    },
    {
      name: 'a database is removed',
      before: { 'infra/main.tf': `${network}\n${database}` },
      after: { 'infra/main.tf': network },
    },
    {
      name: 'a database gets another name without a moved block',
      before: { 'infra/main.tf': database },
      after: { 'infra/main.tf': database.replace('"main"', '"primary"') },
    },
    {
      name: 'the file of a bucket is deleted',
      before: { 'infra/s3.tf': 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n' },
      after: {},
    },
    {
      name: 'the count of a database goes to zero',
      before: { 'infra/main.tf': database },
      after: { 'infra/main.tf': database.replace('engine', 'count = 0\n  engine') },
    },
    {
      name: 'the name of a bucket changes',
      before: { 'infra/s3.tf': 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n' },
      after: { 'infra/s3.tf': 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs-eu"\n}\n' },
    },
    {
      name: 'a database module is no longer called',
      before: {
        'infra/main.tf': `${network}\nmodule "db" {\n  source = "terraform-aws-modules/rds/aws"\n}\n`,
      },
      after: { 'infra/main.tf': network },
    },
    {
      name: 'Terraform lets go by destroying',
      before: { 'infra/main.tf': database },
      after: {
        'infra/main.tf':
          'removed {\n  from = aws_db_instance.main\n  lifecycle {\n    destroy = true\n  }\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'the new address is declared with a moved block',
      before: { 'infra/main.tf': database },
      after: {
        'infra/main.tf': `${database.replace('"main"', '"primary"')}\nmoved {\n  from = aws_db_instance.main\n  to   = aws_db_instance.primary\n}\n`,
      },
    },
    {
      name: 'Terraform lets go without destroying',
      before: { 'infra/main.tf': database },
      after: {
        'infra/main.tf':
          'removed {\n  from = aws_db_instance.main\n  lifecycle {\n    destroy = false\n  }\n}\n',
      },
    },
    {
      name: 'the block moves to another file of the same module',
      before: { 'infra/main.tf': `${network}\n${database}` },
      after: { 'infra/main.tf': network, 'infra/database.tf': database },
    },
    {
      name: 'the whole folder moves',
      before: { 'infra/db/main.tf': database },
      after: { 'platform/db/main.tf': database },
    },
    {
      name: 'something without state is removed',
      before: { 'infra/main.tf': `${network}\n${database}` },
      after: { 'infra/main.tf': database },
    },
    {
      name: 'the database belongs to an example',
      before: { 'examples/complete/main.tf': database },
      after: {},
    },
    {
      name: 'a new database appears',
      before: { 'infra/main.tf': network },
      after: { 'infra/main.tf': `${network}\n${database}` },
    },
  ],
};
