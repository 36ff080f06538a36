import { at, entryAt, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { goneFrom, manifests, pairsOf, titleOf } from './manifest.ts';
import type { Manifest, ManifestPair } from './manifest.ts';

const claim =
  'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec:\n  resources:\n    requests:\n      storage: 10Gi\n';
const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n';
const volume =
  'apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: pv\nspec:\n  persistentVolumeReclaimPolicy: Retain\n';

/** An object that holds data leaves the manifests, so that a cluster that follows them deletes it. */
export const statefulDelete: Guard = guard({
  id: 'kubernetes/stateful-delete',
  severity: 'block',
  protects: 'volumes, stateful sets, namespaces and custom resources',
  breaks:
    'A cluster that follows the repository deletes the object with the data that belongs to it.',
  fix: 'Keep the manifest until the data is moved; mark it to be kept (helm.sh/resource-policy: keep, Prune=false) before it leaves the repository.',
  languages: ['yaml'],
  cwe: [664],
  confidence: 0.85,
  caught: [
    {
      name: 'a volume claim is removed from a manifest',
      before: { 'deploy/app.yaml': `${service}---\n${claim}` },
      after: { 'deploy/app.yaml': service },
    },
    {
      name: 'the file of a namespace is deleted',
      before: { 'deploy/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n' },
      after: {},
    },
    {
      name: 'a volume is deleted when its claim goes',
      before: { 'deploy/pv.yaml': volume },
      after: { 'deploy/pv.yaml': volume.replace('Retain', 'Delete') },
    },
    {
      name: 'a custom resource definition is removed',
      before: {
        'deploy/crd.yaml':
          'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: carts.shop.io\n',
      },
      after: {},
    },
  ],
  passed: [
    {
      name: 'the claim moves to another file',
      before: { 'deploy/app.yaml': `${service}---\n${claim}` },
      after: { 'deploy/app.yaml': service, 'deploy/data.yaml': claim },
    },
    {
      name: 'a service without data is removed',
      before: { 'deploy/app.yaml': `${service}---\n${claim}` },
      after: { 'deploy/app.yaml': claim },
    },
    {
      name: 'the claim was marked to be kept',
      before: {
        'deploy/app.yaml': claim.replace(
          '  name: data\n',
          '  name: data\n  annotations:\n    helm.sh/resource-policy: keep\n',
        ),
      },
      after: {},
    },
    {
      name: 'the claim belongs to a development overlay',
      before: { 'overlays/dev/data.yaml': claim },
      after: {},
    },
    {
      name: 'the volume grows',
      before: { 'deploy/data.yaml': claim },
      after: { 'deploy/data.yaml': claim.replace('10Gi', '20Gi') },
    },
    {
      name: 'the volume is retained from now on',
      before: { 'deploy/pv.yaml': volume.replace('Retain', 'Delete') },
      after: { 'deploy/pv.yaml': volume },
    },
  ],
  look,
});

const holders: Readonly<Record<string, 'block' | 'warn'>> = {
  PersistentVolumeClaim: 'block',
  PersistentVolume: 'block',
  Namespace: 'block',
  CustomResourceDefinition: 'block',
  // Its volumes stay unless their claims are deleted too.
  StatefulSet: 'warn',
};

function look(scene: Scene): readonly Sighting[] {
  const all = manifests(scene);
  return [
    ...goneFrom(all).flatMap(gone),
    ...pairsOf(all).flatMap(reclaimed),
    ...pairsOf(all).flatMap(reshaped),
  ];
}

function gone(was: Manifest): readonly Sighting[] {
  const severity = holders[was.kind];
  if (severity === undefined || isKept(was.data)) return [];
  const { file, data } = was;
  return [
    {
      path: file.path,
      line: file.after === null ? 1 : lineAfter(file, data.line),
      says: `removes ${titleOf(was)}`,
      subject: titleOf(was),
      // Helm leaves what stands in the folder crds of a chart alone once it is installed.
      severity: /(?:^|\/)crds\//.test(file.path) ? 'warn' : severity,
    },
  ];
}

function isKept(data: Data): boolean {
  const notes = ['metadata', 'annotations'];
  const prune = String(scalarAt(data, ...notes, 'argocd.argoproj.io/sync-options') ?? '');
  return (
    scalarAt(data, ...notes, 'helm.sh/resource-policy') === 'keep' ||
    prune.includes('Prune=false') ||
    scalarAt(data, ...notes, 'kustomize.toolkit.fluxcd.io/prune') === 'disabled'
  );
}

function reclaimed({ was, now }: ManifestPair): readonly Sighting[] {
  return [['spec', 'persistentVolumeReclaimPolicy'], ['reclaimPolicy']].flatMap((path) => {
    const entry = entryAt(now.data, ...path);
    if (scalarAt(was.data, ...path) !== 'Retain' || scalarAt(now.data, ...path) !== 'Delete')
      return [];
    const line = entry?.line ?? now.data.line;
    const says = `lets ${titleOf(now)} delete the data when its claim goes (Retain to Delete)`;
    return [{ path: now.file.path, line, says, subject: `${titleOf(now)} reclaim` }];
  });
}

// Kubernetes refuses to change the templates, so the set must be deleted and made again.
function reshaped({ was, now }: ManifestPair): readonly Sighting[] {
  const templates = ['spec', 'volumeClaimTemplates'];
  const [old, entry] = [at(was.data, ...templates), entryAt(now.data, ...templates)];
  if (now.kind !== 'StatefulSet' || old === null || entry === null) return [];
  if (bare(old) === bare(entry.value)) return [];
  const { line, value } = entry;
  return [
    {
      path: now.file.path,
      line,
      endLine: value.endLine,
      says: `changes the volume claims of ${titleOf(now)}, which Kubernetes refuses unless the set is deleted`,
      subject: `${titleOf(now)} volumeClaimTemplates`,
      severity: 'warn',
      breaks:
        'The rollout of the set fails, and deleting it to get through may take its volumes along.',
    },
  ];
}

function bare(data: Data): string {
  if (data.kind === 'scalar') return JSON.stringify(data.value);
  if (data.kind === 'list') return `[${data.items.map(bare).join(',')}]`;
  return `{${[...data.entries].map(([name, { value }]) => `${name}:${bare(value)}`).join(',')}}`;
}
