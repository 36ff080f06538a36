import { at, entriesIn, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import type { Manifest } from './manifest.ts';
import { allContainersOf, nameIn, podOf } from './pods.ts';

/** A place in an object that names another object, which must be there for it to work. */
export interface Reference {
  /** Kinds of objects that answer to it. */
  readonly kinds: readonly string[];
  readonly name: string;
  readonly line: number;
}

const configs = ['ConfigMap'];
// Operators make secrets from objects of the same name.
const secrets = [
  'Secret',
  'ExternalSecret',
  'SealedSecret',
  'Certificate',
  'VaultStaticSecret',
  'InfisicalSecret',
  'OnePasswordItem',
];
const workloads = [
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'Rollout',
  'DaemonSet',
  'DeploymentConfig',
];

/** Objects that an object needs by name. */
export function referencesOf(manifest: Manifest): readonly Reference[] {
  const pod = podOf(manifest);
  return [...(pod === null ? [] : ofPod(pod)), ...byKind(manifest)];
}

function ofPod(pod: Data): readonly Reference[] {
  return [
    ...itemsOf(at(pod, 'spec', 'volumes')).flatMap((volume) => [
      ...named(at(volume, 'configMap'), 'name', configs),
      ...named(at(volume, 'secret'), 'secretName', secrets),
      ...named(at(volume, 'persistentVolumeClaim'), 'claimName', ['PersistentVolumeClaim']),
    ]),
    ...allContainersOf(pod).flatMap((container) => [
      ...itemsOf(at(container, 'envFrom')).flatMap((from) => [
        ...named(at(from, 'configMapRef'), 'name', configs),
        ...named(at(from, 'secretRef'), 'name', secrets),
      ]),
      ...itemsOf(at(container, 'env')).flatMap((variable) => [
        ...named(at(variable, 'valueFrom', 'configMapKeyRef'), 'name', configs),
        ...named(at(variable, 'valueFrom', 'secretKeyRef'), 'name', secrets),
      ]),
    ]),
    ...named(at(pod, 'spec'), 'serviceAccountName', ['ServiceAccount']),
    ...itemsOf(at(pod, 'spec', 'imagePullSecrets')).flatMap((one) => named(one, 'name', secrets)),
  ];
}

function named(data: Data | null, key: string, kinds: readonly string[]): readonly Reference[] {
  const name = scalarAt(data, key);
  if (typeof name !== 'string' || name === '' || scalarAt(data, 'optional') === true) return [];
  return [{ kinds, name, line: at(data, key)?.line ?? 1 }];
}

function byKind({ kind, data }: Manifest): readonly Reference[] {
  switch (kind) {
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject':
    case 'VerticalPodAutoscaler': {
      const target = at(data, 'spec', 'scaleTargetRef') ?? at(data, 'spec', 'targetRef');
      return named(target, 'name', workloads);
    }
    case 'Ingress':
      return backends(at(data, 'spec'), 0);
    case 'RoleBinding':
    case 'ClusterRoleBinding': {
      const role = String(scalarAt(data, 'roleRef', 'kind') ?? 'Role');
      return [
        ...named(at(data, 'roleRef'), 'name', [role]),
        ...itemsOf(at(data, 'subjects')).flatMap((subject) =>
          scalarAt(subject, 'kind') === 'ServiceAccount'
            ? named(subject, 'name', ['ServiceAccount'])
            : [],
        ),
      ];
    }
    case 'StatefulSet':
      return named(at(data, 'spec'), 'serviceName', ['Service']);
    default:
      return [];
  }
}

/** Deepest nesting of an ingress we follow. */
const deepest = 12;

// Both forms of the interface: `backend.service.name` and `backend.serviceName`.
function backends(data: Data | null, depth: number): readonly Reference[] {
  if (data === null || depth > deepest) return [];
  if (data.kind === 'list') return data.items.flatMap((item) => backends(item, depth + 1));
  return entriesIn(data).flatMap(([key, { value }]) =>
    /^(?:default)?backend$/i.test(key)
      ? [
          ...named(at(value, 'service'), 'name', ['Service']),
          ...named(value, 'serviceName', ['Service']),
        ]
      : backends(value, depth + 1),
  );
}

/** Labels that a service or budget selects pods by; null when it selects none or by rules. */
export function selectorOf({ kind, data }: Manifest): Data | null {
  if (kind === 'Service') return at(data, 'spec', 'selector');
  if (kind !== 'PodDisruptionBudget') return null;
  return at(data, 'spec', 'selector', 'matchExpressions') === null
    ? at(data, 'spec', 'selector', 'matchLabels')
    : null;
}

/** Whether a selector takes the pods of a workload. */
export function selects(selector: Data, { data, kind }: Manifest): boolean {
  const pod = podOf({ data, kind } as Manifest);
  const labels = at(pod, 'metadata', 'labels');
  const wanted = entriesIn(selector);
  return (
    wanted.length > 0 &&
    wanted.every(
      ([key, { value }]) => value.kind === 'scalar' && scalarAt(labels, key) === value.value,
    )
  );
}

/** Names of the ports that the containers of a workload open. */
export function portNamesOf(manifest: Manifest): ReadonlySet<string> {
  return new Set(
    allContainersOf(podOf(manifest)).flatMap((container) =>
      itemsOf(at(container, 'ports')).map(nameIn),
    ),
  );
}
