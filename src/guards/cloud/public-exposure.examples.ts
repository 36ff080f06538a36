import type { Guard } from '../guard.ts';

const group = (port: number, from: string): string =>
  `resource "aws_security_group" "db" {\n  name = "db"\n  ingress {\n    from_port   = ${port}\n    to_port     = ${port}\n    protocol    = "tcp"\n    cidr_blocks = ["${from}"]\n  }\n}\n`;

const stack = (from: string): string =>
  `Resources:\n  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      VpcId: !Ref Vpc\n      SecurityGroupIngress:\n        - IpProtocol: tcp\n          FromPort: 22\n          ToPort: 22\n          CidrIp: ${from}\n`;

/** Cases of `cloud/public-exposure`. */
export const publicExposureExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    {
      name: 'a database port is opened to everybody',
      before: { 'infra/db.tf': group(5432, '10.0.0.0/8') },
      after: { 'infra/db.tf': group(5432, '0.0.0.0/0') },
    },
    {
      name: 'a new rule of its own opens SSH, also by IPv6',
      after: {
        'infra/ssh.tf':
          'resource "aws_vpc_security_group_ingress_rule" "ssh" {\n  security_group_id = aws_security_group.a.id\n  cidr_ipv6 = "::/0"\n  from_port = 22\n  to_port = 22\n  ip_protocol = "tcp"\n}\n',
      },
    },
    {
      name: 'CloudFormation opens SSH',
      before: { 'cfn/stack.yaml': stack('10.0.0.0/8') },
      after: { 'cfn/stack.yaml': stack('0.0.0.0/0') },
    },
    {
      name: 'CloudFormation in JSON makes a database public',
      before: {
        'cfn/stack.json':
          '{"Resources": {"Db": {"Type": "AWS::RDS::DBInstance",\n "Properties": {"PubliclyAccessible": false}}}}',
      },
      after: {
        'cfn/stack.json':
          '{"Resources": {"Db": {"Type": "AWS::RDS::DBInstance",\n "Properties": {"PubliclyAccessible": true}}}}',
      },
    },
    {
      name: 'a bucket loses one of the four shields',
      before: {
        'infra/s3.tf':
          'resource "aws_s3_bucket_public_access_block" "b" {\n  bucket = aws_s3_bucket.b.id\n  block_public_acls = true\n  block_public_policy = true\n}\n',
      },
      after: {
        'infra/s3.tf':
          'resource "aws_s3_bucket_public_access_block" "b" {\n  bucket = aws_s3_bucket.b.id\n  block_public_acls = true\n}\n',
      },
    },
    {
      name: 'Azure lets everybody in on all ports',
      after: {
        'infra/nsg.tf':
          'resource "azurerm_network_security_rule" "r" {\n  direction = "Inbound"\n  access = "Allow"\n  source_address_prefix = "*"\n  destination_port_range = "*"\n}\n',
      },
    },
    {
      name: 'Google shares a bucket with all users',
      after: {
        'infra/b.tf':
          'resource "google_storage_bucket_iam_member" "m" {\n  bucket = "b"\n  role = "roles/storage.objectViewer"\n  member = "allUsers"\n}\n',
      },
    },
  ],
  passed: [
    {
      name: 'a web server is reached on its ports',
      before: { 'infra/web.tf': group(443, '10.0.0.0/8') },
      after: { 'infra/web.tf': group(443, '0.0.0.0/0') },
    },
    {
      name: 'it was open before',
      before: { 'infra/db.tf': group(5432, '0.0.0.0/0') },
      after: { 'infra/db.tf': `${group(5432, '0.0.0.0/0')}# reviewed\n` },
    },
    {
      name: 'it is closed',
      before: { 'infra/db.tf': group(5432, '0.0.0.0/0') },
      after: { 'infra/db.tf': group(5432, '10.0.0.0/8') },
    },
    {
      name: 'the rule gets a resource of its own',
      before: { 'infra/db.tf': group(22, '0.0.0.0/0') },
      after: {
        'infra/db.tf':
          'resource "aws_security_group_rule" "ssh" {\n  type = "ingress"\n  from_port = 22\n  to_port = 22\n  protocol = "tcp"\n  cidr_blocks = ["0.0.0.0/0"]\n}\n',
      },
    },
    {
      name: 'traffic goes out to everywhere',
      after: {
        'infra/out.tf':
          'resource "aws_security_group" "a" {\n  egress {\n    from_port = 0\n    to_port = 0\n    protocol = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n',
      },
    },
    {
      name: 'an example of a module is open',
      after: { 'examples/open/main.tf': group(22, '0.0.0.0/0') },
    },
    {
      name: 'a rule that denies names everybody',
      after: {
        'infra/nsg.tf':
          'resource "azurerm_network_security_rule" "r" {\n  direction = "Inbound"\n  access = "Deny"\n  source_address_prefix = "*"\n  destination_port_range = "*"\n}\n',
      },
    },
  ],
};
