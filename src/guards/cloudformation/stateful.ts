const stateful =
  /^AWS::(?:RDS::(?:DBInstance|DBCluster|GlobalCluster)|DocDB::DBCluster|Neptune::DBCluster|DynamoDB::(?:Table|GlobalTable)|Serverless::SimpleTable|S3::Bucket|S3Express::DirectoryBucket|EFS::FileSystem|FSx::\w+|EC2::Volume|ElastiCache::(?:CacheCluster|ReplicationGroup|ServerlessCache)|MemoryDB::Cluster|Redshift::Cluster|RedshiftServerless::Namespace|OpenSearchService::Domain|OpenSearchServerless::Collection|Elasticsearch::Domain|Kinesis::Stream|MSK::(?:Cluster|ServerlessCluster)|AmazonMQ::Broker|SQS::Queue|KMS::Key|SecretsManager::Secret|ECR::Repository|Backup::BackupVault|Cognito::UserPool|Route53::HostedZone|Timestream::(?:Table|Database)|Cassandra::(?:Table|Keyspace)|QLDB::Ledger|DSQL::Cluster)$/;

/** Whether deleting a resource of this type loses data, keys or names that nobody can bring back. */
export function holdsState(type: string): boolean {
  return stateful.test(type);
}

const milder =
  /^AWS::(?:SQS::Queue|KMS::Key|SecretsManager::Secret|ECR::Repository|Backup::BackupVault|Route53::HostedZone|S3::Bucket|Kinesis::Stream)$/;

/** Whether CloudFormation keeps it for some days, or refuses while something is inside. */
export function comesBack(type: string): boolean {
  return milder.test(type);
}

// Properties of which the documentation says "Update requires: Replacement".
const replacing: Readonly<Record<string, readonly string[]>> = {
  'AWS::RDS::DBInstance': [
    'DBInstanceIdentifier',
    'DBName',
    'Engine',
    'MasterUsername',
    'StorageEncrypted',
    'KmsKeyId',
    'DBSnapshotIdentifier',
    'SourceDBInstanceIdentifier',
    'DBSubnetGroupName',
    'AvailabilityZone',
    'CharacterSetName',
    'Timezone',
    'DBClusterIdentifier',
  ],
  'AWS::RDS::DBCluster': [
    'DBClusterIdentifier',
    'DatabaseName',
    'Engine',
    'EngineMode',
    'MasterUsername',
    'StorageEncrypted',
    'KmsKeyId',
    'SnapshotIdentifier',
    'DBSubnetGroupName',
    'SourceDBClusterIdentifier',
    'AvailabilityZones',
  ],
  'AWS::DocDB::DBCluster': [
    'DBClusterIdentifier',
    'MasterUsername',
    'StorageEncrypted',
    'KmsKeyId',
    'SnapshotIdentifier',
    'DBSubnetGroupName',
  ],
  'AWS::Neptune::DBCluster': [
    'DBClusterIdentifier',
    'StorageEncrypted',
    'KmsKeyId',
    'SnapshotIdentifier',
    'DBSubnetGroupName',
  ],
  'AWS::DynamoDB::Table': [
    'TableName',
    'KeySchema.AttributeName',
    'KeySchema.KeyType',
    'ImportSourceSpecification.InputFormat',
  ],
  'AWS::DynamoDB::GlobalTable': ['TableName', 'KeySchema.AttributeName', 'KeySchema.KeyType'],
  'AWS::Serverless::SimpleTable': ['TableName', 'PrimaryKey.Name', 'PrimaryKey.Type'],
  'AWS::S3::Bucket': ['BucketName', 'ObjectLockEnabled'],
  'AWS::EFS::FileSystem': ['Encrypted', 'KmsKeyId', 'PerformanceMode', 'AvailabilityZoneName'],
  'AWS::EC2::Volume': ['AvailabilityZone', 'Encrypted', 'KmsKeyId', 'SnapshotId'],
  'AWS::ElastiCache::ReplicationGroup': [
    'ReplicationGroupId',
    'AtRestEncryptionEnabled',
    'KmsKeyId',
    'Port',
    'SnapshotName',
    'CacheSubnetGroupName',
  ],
  'AWS::ElastiCache::CacheCluster': ['ClusterName', 'Engine', 'Port', 'CacheSubnetGroupName'],
  'AWS::MemoryDB::Cluster': ['ClusterName', 'KmsKeyId', 'TLSEnabled', 'SubnetGroupName'],
  'AWS::Redshift::Cluster': [
    'ClusterIdentifier',
    'DBName',
    'MasterUsername',
    'SnapshotIdentifier',
    'ClusterSubnetGroupName',
  ],
  'AWS::OpenSearchService::Domain': ['DomainName'],
  'AWS::Elasticsearch::Domain': ['DomainName'],
  'AWS::Kinesis::Stream': ['Name'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::MSK::Cluster': ['ClusterName'],
  'AWS::AmazonMQ::Broker': ['BrokerName', 'DeploymentMode', 'EngineType', 'StorageType'],
  'AWS::Cognito::UserPool': ['AliasAttributes', 'UsernameAttributes'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::ECR::Repository': ['RepositoryName', 'EncryptionConfiguration.EncryptionType'],
  'AWS::Route53::HostedZone': ['Name'],
  'AWS::Backup::BackupVault': ['BackupVaultName'],
};

/** Properties of a type whose change makes CloudFormation delete the resource and make a new one. */
export function replacingProperties(type: string): readonly string[] {
  return replacing[type] ?? [];
}

/** The value of a property that is left out, where its change replaces. */
export const propertyDefaults: Readonly<Record<string, boolean>> = {
  StorageEncrypted: false,
  Encrypted: false,
  AtRestEncryptionEnabled: false,
};
