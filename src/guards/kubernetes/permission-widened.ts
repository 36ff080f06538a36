import { at, entryAt, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { manifests, titleOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { withEarlier } from './pods.ts';

const role = (kind: string, verbs: string, things: string): Readonly<Record<string, string>> => ({
  'deploy/rbac.yaml': `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: app\nrules:\n  - apiGroups: ['*']\n    resources: [${things}]\n    verbs: [${verbs}]\n`,
});
const binding = (
  name: string,
  subject = 'ServiceAccount\n    name: app',
): Readonly<Record<string, string>> => ({
  'deploy/binding.yaml': `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: app\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: ${name}\nsubjects:\n  - kind: ${subject}\n`,
});

/** An account of the cluster may do far more than before. */
export const clusterPermissionWidened: Guard = guard({
  id: 'kubernetes/permission-widened',
  severity: 'block',
  protects: 'the cluster: what one program that is broken into may do',
  breaks:
    'Whoever gets into one pod of this account gets the rights over the whole cluster or all its secrets.',
  fix: 'Name the resources and verbs that the program needs, in a Role of its own namespace.',
  languages: ['yaml'],
  cwe: [250, 269],
  confidence: 0.85,
  caught: [
    {
      name: 'a role may do everything',
      before: role('ClusterRole', 'get, list', 'pods'),
      after: role('ClusterRole', "'*'", "'*'"),
    },
    {
      name: 'the account becomes administrator',
      before: binding('view'),
      after: binding('cluster-admin'),
    },
    {
      name: 'anybody who asks gets the role',
      before: binding('view'),
      after: binding('view', 'Group\n    name: system:unauthenticated'),
    },
    {
      name: 'a role may read all secrets',
      before: role('ClusterRole', 'get, list', 'pods'),
      after: role('ClusterRole', 'get, list', 'pods, secrets'),
    },
    {
      name: 'a role may hand out rights',
      before: role('ClusterRole', 'get', 'clusterroles'),
      after: role('ClusterRole', 'get, escalate, bind', 'clusterroles'),
    },
  ],
  passed: [
    {
      name: 'one more thing to read',
      before: role('ClusterRole', 'get, list', 'pods'),
      after: role('ClusterRole', 'get, list, watch', 'pods, services'),
    },
    {
      name: 'everything was allowed before',
      before: role('ClusterRole', "'*'", "'*'"),
      after: role('ClusterRole', "'*', get", "'*'"),
    },
    { name: 'the account loses rights', before: binding('cluster-admin'), after: binding('view') },
    {
      name: 'secrets of one namespace',
      before: role('Role', 'get', 'pods'),
      after: role('Role', 'get', 'pods, secrets'),
    },
    {
      name: 'a cluster for tests',
      after: { 'test/e2e/binding.yaml': binding('cluster-admin')['deploy/binding.yaml'] ?? '' },
    },
  ],
  look,
});

interface Grant {
  readonly what: string;
  readonly says: string;
  readonly severity: Severity;
  readonly line: number;
  readonly endLine?: number;
}

function look(scene: Scene): readonly Sighting[] {
  const all = manifests(scene);
  // The same object is often rendered into several files, or moves from one name to another.
  const known = new Set(all.before.flatMap(grantsOf).map(({ what }) => what));
  return withEarlier(all).flatMap(({ was, now }) => {
    const old = new Set(was === null ? known : grantsOf(was).map(({ what }) => what));
    return grantsOf(now)
      .filter(({ what }) => !old.has(what))
      .map(({ what, says, severity, line, endLine }) => ({
        path: now.file.path,
        line,
        ...(endLine === undefined ? {} : { endLine }),
        says: `${says} (${titleOf(now)})`,
        subject: `${titleOf(now)} ${what}`,
        severity: was === null && severity === 'warn' ? 'note' : severity,
      }));
  });
}

function grantsOf(manifest: Manifest): readonly Grant[] {
  if (/^(?:Cluster)?Role$/.test(manifest.kind)) return rules(manifest);
  return /^(?:Cluster)?RoleBinding$/.test(manifest.kind) ? bindings(manifest) : [];
}

function rules({ kind, data }: Manifest): readonly Grant[] {
  const isWide = kind === 'ClusterRole';
  return itemsOf(at(data, 'rules')).flatMap((rule) => {
    const [verbs, things, groups] = ['verbs', 'resources', 'apiGroups'].map((name) =>
      words(at(rule, name)),
    );
    const { line, endLine } = rule;
    const grant = (what: string, says: string, severity: Severity): Grant => ({
      what,
      says,
      severity: isWide ? severity : severity === 'block' ? 'warn' : 'note',
      line,
      endLine,
    });
    if (verbs === undefined || things === undefined || groups === undefined) return [];
    const does = (...names: readonly string[]): boolean => names.some((name) => verbs.has(name));
    const isAll = things.has('*');
    if (does('*') && isAll) {
      return groups.has('*')
        ? [grant('all', 'allows everything', 'block')]
        : [grant(`all of ${[...groups].join()}`, 'allows everything in its groups', 'warn')];
    }
    const escalates = does('escalate', 'bind', 'impersonate', '*') && hasRights(things);
    if (escalates) return [grant('escalate', 'may give itself any right', 'block')];
    const reads = does('get', 'list', 'watch', '*') && (things.has('secrets') || isAll);
    const isNamed = itemsOf(at(rule, 'resourceNames')).length > 0;
    if (reads && isWide && !isNamed && (groups.has('') || groups.has('*')))
      return [grant('secrets', 'may read every secret of the cluster', 'warn')];
    const runs = does('create', '*') && (things.has('pods/exec') || things.has('pods/attach'));
    return runs ? [grant('exec', 'may run commands in every pod', 'warn')] : [];
  });
}

function hasRights(things: ReadonlySet<string>): boolean {
  return [
    'roles',
    'clusterroles',
    'rolebindings',
    'clusterrolebindings',
    'users',
    'groups',
    'serviceaccounts',
    '*',
  ].some((name) => things.has(name));
}

function words(list: Data | null): ReadonlySet<string> {
  return new Set(
    itemsOf(list).map((item) => (item.kind === 'scalar' ? String(item.value ?? '') : '')),
  );
}

const everybody = /^system:(?:anonymous|unauthenticated|authenticated)$/;

function bindings({ kind, data }: Manifest): readonly Grant[] {
  const name = String(scalarAt(data, 'roleRef', 'name') ?? '');
  const line = entryAt(data, 'roleRef', 'name')?.line ?? data.line;
  const subjects = itemsOf(at(data, 'subjects'));
  const open = subjects.find((subject) => everybody.test(String(scalarAt(subject, 'name') ?? '')));
  const isWide = kind === 'ClusterRoleBinding';
  return [
    ...(name === 'cluster-admin'
      ? [
          {
            what: 'cluster-admin',
            says: 'gives the rights of cluster-admin',
            severity: isWide ? ('block' as const) : ('warn' as const),
            line,
          },
        ]
      : []),
    ...(open === undefined
      ? []
      : [
          {
            what: `everybody ${name}`,
            says: `gives ${name} to everybody (${String(scalarAt(open, 'name'))})`,
            severity: 'block' as const,
            line: open.line,
          },
        ]),
  ];
}
