import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { isOtherEnvironment } from '../language.ts';
import { resourcePairs, resources, settingsByPlace } from '../resources/resource.ts';
import type { ResourcePair } from '../resources/resource.ts';
import { placeOf } from '../resources/setting.ts';
import type { Setting } from '../resources/setting.ts';

const service = (count: string): Readonly<Record<string, string>> => ({
  'infra/ecs.tf': `resource "aws_ecs_service" "web" {\n  name = "web"\n  desired_count = ${count}\n}\n`,
});
const database = (size: string): Readonly<Record<string, string>> => ({
  'infra/db.tf': `resource "aws_db_instance" "main" {\n  instance_class = "${size}"\n}\n`,
});
const stack = (size: number): Readonly<Record<string, string>> => ({
  'cfn/asg.yaml': `Resources:\n  Group:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n      MinSize: ${size}\n      MaxSize: 9\n`,
});

/** Fewer or much smaller machines carry the same load. */
export const capacityCut: Guard = guard({
  id: 'cloud/capacity-cut',
  severity: 'warn',
  protects: 'room for peaks, failures and deployments',
  breaks: 'The next peak or the next failing machine takes the service down.',
  fix: 'Keep at least two, and look at the load of the last weeks before making them smaller.',
  languages: ['terraform', 'yaml', 'json'],
  cwe: [400],
  confidence: 0.75,
  caught: [
    { name: 'a service is left with one task', before: service('4'), after: service('1') },
    {
      name: 'a database gets a machine a quarter of the size',
      before: database('db.r6g.4xlarge'),
      after: database('db.r6g.xlarge'),
    },
    { name: 'a group may fall to nothing', before: stack(3), after: stack(0) },
    {
      name: 'a database gives up its standby',
      before: { 'infra/db.tf': 'resource "aws_db_instance" "main" {\n  multi_az = true\n}\n' },
      after: { 'infra/db.tf': 'resource "aws_db_instance" "main" {\n  multi_az = false\n}\n' },
    },
    {
      name: 'Google keeps one zone',
      before: {
        'infra/db.tf':
          'resource "google_sql_database_instance" "m" {\n  settings {\n    availability_type = "REGIONAL"\n  }\n}\n',
      },
      after: {
        'infra/db.tf':
          'resource "google_sql_database_instance" "m" {\n  settings {\n    availability_type = "ZONAL"\n  }\n}\n',
      },
    },
  ],
  passed: [
    { name: 'a service grows', before: service('1'), after: service('4') },
    { name: 'still several tasks', before: service('6'), after: service('4') },
    { name: 'a variable decides', before: service('4'), after: service('var.count') },
    {
      name: 'a newer generation of the same size',
      before: database('db.m5.xlarge'),
      after: database('db.m7g.xlarge'),
    },
    {
      name: 'a test environment is made small',
      before: { 'env/staging/ecs.tf': service('4')['infra/ecs.tf'] ?? '' },
      after: { 'env/staging/ecs.tf': service('1')['infra/ecs.tf'] ?? '' },
    },
  ],
  look,
});

const counts =
  /(?:^|[._])(?:desired_count|DesiredCount|min_size|MinSize|desired_size|desired_capacity|DesiredCapacity|min_capacity|MinCapacity|min_replicas|min_node_count|min_count|node_count|num_cache_nodes|NumCacheNodes|num_cache_clusters|NumCacheClusters|number_cache_clusters|replicas_per_node_group|ReplicasPerNodeGroup|min_instance_count|min_instances|minReplicas|reserved_concurrent_executions|ReservedConcurrentExecutions|cluster_size|instance_count|InstanceCount|number_of_broker_nodes|NumberOfBrokerNodes|target_size)$/;

const standby: readonly (readonly [RegExp, (value: Setting['value']) => boolean])[] = [
  [
    /^(?:\w+_)?(?:multi_az|MultiAZ|multi_az_enabled|MultiAZEnabled|automatic_failover_enabled|AutomaticFailoverEnabled|zone_redundant|zone_redundancy_enabled)$/,
    (value) => value === false || value === 'false',
  ],
  [/(?:^|\.)availability_type$/, (value) => value === 'ZONAL'],
  [/^high_availability\.mode$/, (value) => value === 'Disabled'],
];

const sizes = /(?:^|[._])(?:instance_class|DBInstanceClass|node_type|CacheNodeType|NodeType)$/;

function look(scene: Scene): readonly Sighting[] {
  return resourcePairs(resources(scene)).flatMap((pair) =>
    isOtherEnvironment(pair.now.file.path) ? [] : cuts(pair),
  );
}

function cuts({ was, now }: ResourcePair): readonly Sighting[] {
  if (was === null) return [];
  const before = settingsByPlace(was);
  return now.settings.flatMap((setting) => {
    const old = before.get(placeOf(setting));
    if (old === undefined || !old.literal || !setting.literal) return [];
    const says = fewer(old, setting) ?? alone(old, setting) ?? smaller(old, setting);
    if (says === null) return [];
    const { line, path } = setting;
    return [
      {
        path: now.file.path,
        line,
        says: `${says} (${path} of ${now.title} from ${String(old.value)} to ${String(setting.value)})`,
        subject: `${now.title} ${path}`,
      },
    ];
  });
}

function fewer(old: Setting, { path, value }: Setting): string | null {
  if (!counts.test(path)) return null;
  const [count, oldCount] = [numberOf(value), numberOf(old.value)];
  if (count === null || oldCount === null || count >= oldCount || count > 1 || count < 0)
    return null;
  return count === 0 ? (oldCount > 0 ? 'may stop all of them' : null) : 'leaves one';
}

function numberOf(value: Setting['value']): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : null;
}

function alone(old: Setting, { path, value }: Setting): string | null {
  const rule = standby.find(([name]) => name.test(path));
  return rule !== undefined && rule[1](value) && !rule[1](old.value)
    ? 'gives up the standby'
    : null;
}

// Each step is about twice the one before.
const steps = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'];

function smaller(old: Setting, { path, value }: Setting): string | null {
  if (!sizes.test(path)) return null;
  const [size, oldSize] = [sizeOf(String(value)), sizeOf(String(old.value))];
  if (size === null || oldSize === null || oldSize / size < 2) return null;
  return `makes it ${Math.round(oldSize / size)} times smaller`;
}

function sizeOf(name: string): number | null {
  const match = /\.(\d{1,3})?(nano|micro|small|medium|large|xlarge)$/.exec(name);
  if (match === null) return null;
  return 2 ** steps.indexOf(match[2] ?? '') * Number(match[1] ?? 1);
}
