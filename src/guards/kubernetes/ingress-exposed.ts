import { at, entriesIn, entryAt, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { goneFrom, isWorkload, manifests, pairsOf, titleOf } from './manifest.ts';
import type { Manifest, ManifestPair, Manifests } from './manifest.ts';

const service = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  'deploy/db.yaml': `apiVersion: v1\nkind: Service\nmetadata:\n  name: db\nspec:\n${lines.map((line) => `  ${line}\n`).join('')}  ports:\n    - port: 5432\n`,
});
const ingress = (annotation: string, tls: string): Readonly<Record<string, string>> => ({
  'deploy/web.yaml': `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: admin\n  annotations:\n    a: b\n${annotation}spec:\n${tls}  rules: []\n`,
});
const policy = (name: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: ${name}\nspec:\n  podSelector: {}\n`;
const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';

/** Something inside the cluster is reached from outside, or from more of the inside. */
export const ingressExposed: Guard = guard({
  id: 'kubernetes/ingress-exposed',
  severity: 'warn',
  protects: 'services that only the cluster, or only some, should reach',
  breaks: 'Anybody outside, or any pod that is broken into, now reaches the service.',
  fix: 'Keep the service inside the cluster, or name who may reach it by source ranges, a policy or a login.',
  languages: ['yaml'],
  cwe: [668],
  confidence: 0.8,
  caught: [
    {
      name: 'a service gets an address of its own',
      before: service('type: ClusterIP'),
      after: service('type: LoadBalancer'),
    },
    {
      name: 'a balancer lets every address in',
      before: service('type: LoadBalancer', 'loadBalancerSourceRanges: [10.0.0.0/8]'),
      after: service('type: LoadBalancer'),
    },
    {
      name: 'an ingress asks nobody to log in',
      before: ingress('    nginx.ingress.kubernetes.io/auth-url: https://login.shop.io\n', ''),
      after: ingress('', ''),
    },
    {
      name: 'an ingress gives TLS up',
      before: ingress('', '  tls:\n    - secretName: cert\n'),
      after: ingress('', ''),
    },
    {
      name: 'a network policy is removed',
      before: { 'deploy/all.yaml': `${deployment}---\n${policy('deny')}` },
      after: { 'deploy/all.yaml': deployment },
    },
  ],
  passed: [
    {
      name: 'the service goes back inside',
      before: service('type: LoadBalancer'),
      after: service('type: ClusterIP'),
    },
    {
      name: 'the balancer is for the inside only',
      before: service('type: ClusterIP'),
      after: {
        'deploy/db.yaml':
          'apiVersion: v1\nkind: Service\nmetadata:\n  name: db\n  annotations:\n    networking.gke.io/load-balancer-type: Internal\nspec:\n  type: LoadBalancer\n  ports:\n    - port: 5432\n',
      },
    },
    {
      name: 'the policy moves to another file',
      before: { 'deploy/all.yaml': `${deployment}---\n${policy('deny')}` },
      after: { 'deploy/all.yaml': deployment, 'deploy/policy.yaml': policy('deny') },
    },
    {
      name: 'the policy goes with what it protected',
      before: { 'deploy/all.yaml': `${deployment}---\n${policy('deny')}` },
      after: {},
    },
    {
      name: 'another way to log in',
      before: ingress('    nginx.ingress.kubernetes.io/auth-url: https://login.shop.io\n', ''),
      after: ingress('    nginx.ingress.kubernetes.io/auth-type: basic\n', ''),
    },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  const all = manifests(scene);
  return [
    ...pairsOf(all).flatMap((pair) => [
      ...outside(pair),
      ...ranges(pair),
      ...shields(pair),
      ...tls(pair),
      ...opened(pair),
    ]),
    ...policiesGone(all),
  ];
}

function seen(now: Manifest, line: number, says: string): Sighting {
  return {
    path: now.file.path,
    line,
    says: `${says} (${titleOf(now)})`,
    subject: `${titleOf(now)} ${says}`,
  };
}

const inside = /internal|private/i;

function isInside({ data }: Manifest): boolean {
  return entriesIn(at(data, 'metadata', 'annotations')).some(
    ([name, { value }]) =>
      /load-?balancer/i.test(name) &&
      value.kind === 'scalar' &&
      inside.test(`${name} ${String(value.value)}`) &&
      value.value !== 'false' &&
      value.value !== 'internet-facing',
  );
}

function outside({ was, now }: ManifestPair): readonly Sighting[] {
  if (now.kind !== 'Service' || isInside(now)) return [];
  const [old, type] = [typeOf(was), typeOf(now)];
  const isOut = (one: string): boolean => one === 'LoadBalancer' || one === 'NodePort';
  const line = entryAt(now.data, 'spec', 'type')?.line ?? now.data.line;
  if (!isOut(old) && isOut(type))
    return [seen(now, line, `opens the service to the outside by ${type}`)];
  const wasInside = old === 'LoadBalancer' && type === 'LoadBalancer' && isInside(was);
  if (!wasInside) return [];
  const place = entryAt(was.data, 'metadata', 'annotations')?.value;
  return [
    {
      ...seen(
        now,
        lineAfter(now.file, place?.line ?? now.data.line),
        'moves the load balancer from inside to outside',
      ),
      endLine: lineAfter(now.file, place?.endLine ?? now.data.line),
    },
  ];
}

function typeOf({ data }: Manifest): string {
  return String(scalarAt(data, 'spec', 'type') ?? 'ClusterIP');
}

function ranges({ was, now }: ManifestPair): readonly Sighting[] {
  const path = ['spec', 'loadBalancerSourceRanges'];
  const [old, list] = [at(was.data, ...path), at(now.data, ...path)];
  if (now.kind !== 'Service' || typeOf(now) !== 'LoadBalancer' || old === null || isOpen(old))
    return [];
  const says = 'lets every address reach the load balancer';
  if (list === null) return [seen(now, lineAfter(now.file, old.line), says)];
  return isOpen(list) ? [seen(now, list.line, says)] : [];
}

function isOpen(list: Data): boolean {
  return itemsOf(list).some(
    (item) => item.kind === 'scalar' && /^(?:0\.0\.0\.0|::)\/0$/.test(String(item.value)),
  );
}

const logins =
  /(?:auth-url|auth-type|auth-tls-secret|auth-secret|whitelist-source-range|allowlist-source-range|router\.middlewares|auth-signin|backend-config|security-groups|inbound-cidrs)$/;

function shields({ was, now }: ManifestPair): readonly Sighting[] {
  if (now.kind !== 'Ingress') return [];
  const names = (one: Manifest) =>
    entriesIn(at(one.data, 'metadata', 'annotations')).filter(([name]) => logins.test(name));
  const after = names(now);
  const [lost] = names(was).filter(([name]) => !after.some(([other]) => other === name));
  if (lost === undefined || after.length >= names(was).length) return [];
  return [seen(now, lineAfter(now.file, lost[1].line), `no longer checks who asks: ${lost[0]}`)];
}

function tls({ was, now }: ManifestPair): readonly Sighting[] {
  const old = at(was.data, 'spec', 'tls');
  if (now.kind !== 'Ingress' || old === null || at(now.data, 'spec', 'tls') !== null) return [];
  return [seen(now, lineAfter(now.file, old.line), 'gives TLS up')];
}

function opened({ was, now }: ManifestPair): readonly Sighting[] {
  if (now.kind !== 'NetworkPolicy') return [];
  const open = (one: Manifest): Data | undefined =>
    itemsOf(at(one.data, 'spec', 'ingress')).find(
      (rule) =>
        (at(rule, 'from') === null && at(rule, 'ports') === null) ||
        itemsOf(at(rule, 'from')).some((from) => scalarAt(from, 'ipBlock', 'cidr') === '0.0.0.0/0'),
    );
  const rule = open(now);
  if (rule === undefined || open(was) !== undefined) return [];
  return [{ ...seen(now, rule.line, 'lets everybody in'), endLine: rule.endLine }];
}

function policiesGone(all: Manifests): readonly Sighting[] {
  const stays =
    all.after.some(isWorkload) || all.after.some(({ kind }) => kind === 'NetworkPolicy');
  if (!stays) return [];
  return goneFrom(all)
    .filter(({ kind }) => /^(?:Cilium(?:Clusterwide)?)?NetworkPolicy$/.test(kind))
    .filter(() => !goneFrom(all).some(isWorkload))
    .map((was) => {
      const { file, data } = was;
      const line = file.after === null ? 1 : lineAfter(file, data.line);
      const says = `removes ${titleOf(was)}, so that every pod may reach what it protected`;
      return { path: file.path, line, says, subject: titleOf(was) };
    });
}
