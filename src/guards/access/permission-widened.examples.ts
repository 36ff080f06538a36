import type { Guard } from '../guard.ts';

const document = (action: string, resource: string): string =>
  `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": ${action},\n      "Resource": ${resource}\n    }\n  ]\n}\n`;
const encoded = (action: string, resource: string): string =>
  `resource "aws_iam_policy" "app" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{\n      Effect   = "Allow"\n      Action   = [${action}]\n      Resource = ${resource}\n    }]\n  })\n}\n`;
const block = (action: string, resource: string): string =>
  `data "aws_iam_policy_document" "app" {\n  statement {\n    actions   = [${action}]\n    resources = [${resource}]\n  }\n}\n`;

/** Cases of `access/permission-widened`. */
export const permissionWidenedExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a policy file grants everything',
      before: { 'infra/policy.json': document('["s3:GetObject"]', '"arn:aws:s3:::b/*"') },
      after: { 'infra/policy.json': document('"*"', '"*"') },
    },
    {
      name: 'an encoded policy grants everything',
      before: { 'infra/iam.tf': encoded('"s3:GetObject"', 'aws_s3_bucket.b.arn') },
      after: { 'infra/iam.tf': encoded('"*"', '"*"') },
    },
    {
      name: 'a policy document may hand on any role',
      before: { 'infra/iam.tf': block('"s3:GetObject"', '"arn:aws:s3:::b/*"') },
      after: { 'infra/iam.tf': block('"s3:GetObject", "iam:*"', '"*"') },
    },
    {
      name: 'the role gets the rights of an administrator',
      after: {
        'infra/iam.tf':
          'resource "aws_iam_role_policy_attachment" "a" {\n  role = aws_iam_role.app.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
      },
    },
    {
      name: 'CloudFormation lets any account take a role',
      before: {
        'cfn/role.yaml':
          'Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n          - Effect: Allow\n            Principal:\n              Service: lambda.amazonaws.com\n            Action: sts:AssumeRole\n',
      },
      after: {
        'cfn/role.yaml':
          "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:\n        Statement:\n          - Effect: Allow\n            Principal:\n              AWS: '*'\n            Action: sts:AssumeRole\n",
      },
    },
    {
      name: 'an owner of the project',
      after: {
        'infra/iam.tf':
          'resource "google_project_iam_member" "ci" {\n  project = "p"\n  role = "roles/owner"\n  member = "serviceAccount:ci@p.iam.gserviceaccount.com"\n}\n',
      },
    },
    {
      name: 'a policy in a heredoc',
      before: {
        'infra/iam.tf': `resource "aws_iam_role_policy" "p" {\n  policy = <<EOF\n${document('["s3:GetObject"]', '"arn:aws:s3:::${var.b}/*"')}EOF\n}\n`,
      },
      after: {
        'infra/iam.tf': `resource "aws_iam_role_policy" "p" {\n  policy = <<EOF\n${document('"*"', '["*"]')}EOF\n}\n`,
      },
    },
  ],
  passed: [
    {
      name: 'named actions on all resources',
      before: { 'infra/iam.tf': block('"ec2:DescribeInstances"', '"*"') },
      after: { 'infra/iam.tf': block('"ec2:DescribeInstances", "ec2:DescribeTags"', '"*"') },
    },
    {
      name: 'everything is denied',
      after: { 'infra/policy.json': document('"*"', '"*"').replace('Allow', 'Deny') },
    },
    {
      name: 'the wide policy moves to another file',
      before: { 'infra/iam.tf': encoded('"*"', '"*"') },
      after: { 'infra/policies.tf': encoded('"*"', '"*"') },
    },
    {
      name: 'a key is administered by its account',
      after: {
        'infra/kms.tf':
          'resource "aws_kms_key" "k" {\n  policy = jsonencode({\n    Statement = [{\n      Effect = "Allow"\n      Principal = { AWS = "arn:aws:iam::111122223333:root" }\n      Action = "kms:*"\n      Resource = "*"\n    }]\n  })\n}\n',
      },
    },
    {
      name: 'it granted everything before',
      before: { 'infra/policy.json': document('"*"', '"*"') },
      after: { 'infra/policy.json': document('["*"]', '"*"') },
    },
    {
      name: 'everybody, under a condition',
      after: {
        'infra/iam.tf':
          'data "aws_iam_policy_document" "b" {\n  statement {\n    actions = ["sqs:SendMessage"]\n    resources = ["*"]\n    principals {\n      type = "AWS"\n      identifiers = ["*"]\n    }\n    condition {\n      test = "ArnEquals"\n      variable = "aws:SourceArn"\n      values = ["arn:aws:sns:::t"]\n    }\n  }\n}\n',
      },
    },
  ],
};
