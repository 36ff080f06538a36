import type { Guard } from '../guard.ts';

const role = '  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: app\n';
const database = (id: string, more = '', attributes = ''): string =>
  `  ${id}:\n    Type: AWS::RDS::DBInstance\n${attributes}    Properties:\n      Engine: postgres\n      DBInstanceClass: db.t4g.medium\n      MasterUserPassword: !Sub '{{resolve:secretsmanager:\${Secret}}}'\n${more}`;
const stack = (...parts: readonly string[]): Readonly<Record<string, string>> => ({
  'cfn/stack.yaml': `AWSTemplateFormatVersion: '2010-09-09'\nResources:\n${parts.join('')}`,
});
const table = (key: string): Readonly<Record<string, string>> => ({
  'cfn/table.json': `{"Resources": {"Orders": {"Type": "AWS::DynamoDB::Table", "Properties": {\n  "KeySchema": [{"AttributeName": "${key}", "KeyType": "HASH"}]\n}}}}\n`,
});

/** Cases of `cloudformation/stateful-destroy`. */
export const stackDestroyExamples: Pick<Guard, 'caught' | 'passed'> = {
  caught: [
    { name: 'a database is removed', before: stack(role, database('Main')), after: stack(role) },
    {
      name: 'a database gets another logical id',
      before: stack(database('Main')),
      after: stack(database('Primary')),
    },
    { name: 'the key of a table changes', before: table('id'), after: table('orderId') },
    {
      name: 'a database is encrypted afterwards',
      before: stack(database('Main')),
      after: stack(database('Main', '      StorageEncrypted: true\n')),
    },
    {
      name: 'a table of a serverless application is removed',
      before: {
        'template.yaml':
          'Transform: AWS::Serverless-2016-10-31\nResources:\n  Carts:\n    Type: AWS::Serverless::SimpleTable\n  Topic:\n    Type: AWS::SNS::Topic\n',
      },
      after: {
        'template.yaml':
          'Transform: AWS::Serverless-2016-10-31\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n',
      },
    },
  ],
  passed: [
    {
      name: 'the database was to be kept',
      before: stack(role, database('Main', '', '    DeletionPolicy: Retain\n')),
      after: stack(role),
    },
    {
      name: 'what holds no data is removed',
      before: stack(role, database('Main')),
      after: stack(database('Main')),
    },
    {
      name: 'the database changes its size',
      before: stack(database('Main')),
      after: stack(database('Main').replace('t4g.medium', 'm7g.large')),
    },
    {
      name: 'a value becomes a parameter',
      before: stack(database('Main', '      DBName: shop\n')),
      after: stack(database('Main', '      DBName: !Ref Name\n')),
    },
    {
      name: 'the template moves to another folder',
      before: stack(database('Main')),
      after: { 'infra/stack.yaml': stack(database('Main'))['cfn/stack.yaml'] ?? '' },
    },
    {
      name: 'the template of a test is changed',
      before: { 'tests/stack.yaml': stack(database('Main'))['cfn/stack.yaml'] ?? '' },
      after: { 'tests/stack.yaml': stack(role)['cfn/stack.yaml'] ?? '' },
    },
  ],
};
