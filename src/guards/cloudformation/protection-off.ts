import { entryAt, scalarAt } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { resourcePairs, stackResources } from '../resources/resource.ts';
import type { ResourcePair } from '../resources/resource.ts';
import { brokenRules, off, oneOf } from '../resources/rule.ts';
import type { Rule } from '../resources/rule.ts';
import { lineAfter } from '../seam.ts';
import { comesBack, holdsState } from './stateful.ts';

const database = (attributes: string, properties: string): Readonly<Record<string, string>> => ({
  'cfn/db.yaml': `Resources:\n  Main:\n    Type: AWS::RDS::DBInstance\n${attributes}    Properties:\n      Engine: postgres\n      DBSubnetGroupName: !Ref Subnets\n${properties}`,
});
const table = (properties: string): Readonly<Record<string, string>> => ({
  'cfn/table.json': `{"Resources": {"Orders": {"Type": "AWS::DynamoDB::Table", "Properties": {${properties}\n"TableName": "orders"}}}}\n`,
});

/** A safety catch on something of a stack that holds data is taken off. */
export const stackProtectionOff: Guard = guard({
  id: 'cloudformation/protection-off',
  severity: 'block',
  protects: 'the way back: backups, snapshots, versions, deletion policies',
  breaks:
    'One wrong deployment or click now destroys the data, and there is nothing to restore it from.',
  fix: 'Keep the protection; where it must go for a migration, take it off in a change of its own and put it back after.',
  languages: ['yaml', 'json'],
  cwe: [664],
  confidence: 0.9,
  caught: [
    {
      name: 'the database is no longer kept',
      before: database('    DeletionPolicy: Retain\n', ''),
      after: database('', ''),
    },
    {
      name: 'the database is deleted with its stack',
      before: database('    DeletionPolicy: Snapshot\n    UpdateReplacePolicy: Snapshot\n', ''),
      after: database('    DeletionPolicy: Delete\n    UpdateReplacePolicy: Snapshot\n', ''),
    },
    {
      name: 'deletion protection is turned off',
      before: database('', '      DeletionProtection: true\n'),
      after: database('', '      DeletionProtection: false\n'),
    },
    {
      name: 'a table loses its recovery to a point in time',
      before: table('"PointInTimeRecoverySpecification": {\n"PointInTimeRecoveryEnabled": true},'),
      after: table(''),
    },
    {
      name: 'backups are kept for no day',
      before: database('', '      BackupRetentionPeriod: 7\n'),
      after: database('', '      BackupRetentionPeriod: 0\n'),
    },
  ],
  passed: [
    {
      name: 'the database is kept from now on',
      before: database('', ''),
      after: database('    DeletionPolicy: Retain\n', ''),
    },
    {
      name: 'a snapshot takes the place of keeping it',
      before: database('    DeletionPolicy: Retain\n', ''),
      after: database('    DeletionPolicy: Snapshot\n', ''),
    },
    {
      name: 'a parameter decides',
      before: database('', '      DeletionProtection: true\n'),
      after: database('', '      DeletionProtection: !Ref Protect\n'),
    },
    {
      name: 'fewer backups, but some',
      before: database('', '      BackupRetentionPeriod: 14\n'),
      after: database('', '      BackupRetentionPeriod: 7\n'),
    },
    {
      name: 'it was off before',
      before: database('', '      DeletionProtection: false\n'),
      after: database('', '      DeletionProtection: false\n      MultiAZ: true\n'),
    },
  ],
  look,
});

const rules: readonly Rule[] = [
  {
    types: /^AWS::/,
    path: /^(?:DeletionProtection|DeletionProtectionEnabled|TerminationProtectionEnabled)$/,
    isBad: (value) => off(value) || value === 'INACTIVE',
    orAbsent: true,
    says: 'turns deletion protection off',
    fresh: 'note',
  },
  {
    types: /^AWS::(?:RDS|DocDB|Neptune|ElastiCache|MemoryDB|Redshift)::/,
    path: /^(?:BackupRetentionPeriod|SnapshotRetentionLimit|AutomatedSnapshotRetentionPeriod)$/,
    isBad: oneOf('0'),
    says: 'keeps no backups',
    fresh: 'warn',
  },
  {
    types: /^AWS::DynamoDB::/,
    path: /PointInTimeRecoverySpecification\.PointInTimeRecoveryEnabled$/,
    isBad: off,
    orAbsent: true,
    says: 'turns its backups off',
    fresh: 'note',
  },
  {
    types: /^AWS::S3::Bucket$/,
    path: /^VersioningConfiguration\.Status$/,
    isBad: oneOf('Suspended'),
    orAbsent: true,
    says: 'stops keeping versions',
    fresh: 'note',
  },
  {
    types: /^AWS::EFS::FileSystem$/,
    path: /^BackupPolicy\.Status$/,
    isBad: oneOf('DISABLED'),
    orAbsent: true,
    says: 'turns its backups off',
    fresh: 'note',
  },
  {
    types: /^AWS::RDS::DBInstance$/,
    path: /^DeleteAutomatedBackups$/,
    isBad: (value) => value === true || value === 'true',
    says: 'deletes the backups with the database',
    fresh: 'note',
  },
];

function look(scene: Scene): readonly Sighting[] {
  return resourcePairs(stackResources(scene)).flatMap((pair) => [
    ...brokenRules(pair, rules),
    ...policies(pair),
  ]);
}

function policies({ was, now }: ResourcePair): readonly Sighting[] {
  if (was === null || !holdsState(now.type)) return [];
  return ['DeletionPolicy', 'UpdateReplacePolicy'].flatMap((name) => {
    const [old, value] = [scalarAt(was.template, name), scalarAt(now.template, name)];
    const wasKept = old === 'Retain' || old === 'Snapshot' || old === 'RetainExceptOnCreate';
    if (!wasKept || (value !== undefined && value !== 'Delete')) return [];
    const line =
      entryAt(now.template, name)?.line ??
      lineAfter(now.file, entryAt(was.template, name)?.line ?? was.line);
    return [
      {
        path: now.file.path,
        line,
        says: `no longer keeps the data of ${now.title} (${name}, ${old} before)`,
        subject: `${now.title} ${name}`,
        ...(comesBack(now.type) ? { severity: 'warn' as const } : {}),
      },
    ];
  });
}
