import { at, dataOf, entryAt, itemsOf, scalarAt } from '../data.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { looserThan, nameOfImage } from '../docker/image.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { manifests, titleOf } from './manifest.ts';
import { allContainersOf, nameIn, podOf, withEarlier } from './pods.ts';
import { valuesPairs } from './values.ts';

const digest = `sha256:${'0a1b2c3d'.repeat(8)}`;
const pod = (image: string): Readonly<Record<string, string>> => ({
  'deploy/web.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: ${image}\n`,
});
const values = (tag: string): Readonly<Record<string, string>> => ({
  'charts/web/values.yaml': `image:\n  repository: shop/web\n  tag: ${tag}\n`,
});

/** Pods run whatever image was pushed last. */
export const imageMutable: Guard = guard({
  id: 'kubernetes/image-mutable',
  severity: 'warn',
  protects: 'that every pod of a workload runs the same, known image',
  breaks:
    'A pod that moves to another node starts a newer image than its siblings, and a rollback changes nothing.',
  fix: 'Name the version, best with its digest.',
  languages: ['yaml'],
  cwe: [1357],
  confidence: 0.85,
  caught: [
    {
      name: 'the version becomes latest',
      before: pod('shop/web:1.2'),
      after: pod('shop/web:latest'),
    },
    {
      name: 'the digest is dropped',
      before: pod(`shop/web@${digest}`),
      after: pod('shop/web:1.2'),
    },
    { name: 'the version is dropped', before: pod('shop/web:1.2'), after: pod('shop/web') },
    {
      name: 'values of a chart take the newest',
      before: values("'1.2.0'"),
      after: values('latest'),
    },
    {
      name: 'Kustomize takes the newest',
      before: { 'deploy/kustomization.yaml': 'images:\n  - name: shop/web\n    newTag: v1.2\n' },
      after: { 'deploy/kustomization.yaml': 'images:\n  - name: shop/web\n    newTag: main\n' },
    },
  ],
  passed: [
    { name: 'the version is raised', before: pod('shop/web:1.2'), after: pod('shop/web:1.3') },
    { name: 'it was latest before', before: pod('shop/web:latest'), after: pod('shop/web') },
    { name: 'another image', before: pod('shop/web:1.2'), after: pod('shop/front:latest') },
    {
      name: 'the tag of a chart is left to its version',
      before: values("'1.2.0'"),
      after: values("''"),
    },
    {
      name: 'an overlay for development takes the newest',
      before: { 'overlays/dev/kustomization.yaml': 'images:\n  - name: a\n    newTag: v1\n' },
      after: { 'overlays/dev/kustomization.yaml': 'images:\n  - name: a\n    newTag: latest\n' },
    },
  ],
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return [
    ...withEarlier(manifests(scene)).flatMap(({ was, now }) => {
      if (was === null) return [];
      const old = new Map(allContainersOf(podOf(was)).map((one) => [nameIn(one), one]));
      return allContainersOf(podOf(now)).flatMap((container) => {
        const before = scalarAt(old.get(nameIn(container)) ?? null, 'image');
        const entry = entryAt(container, 'image');
        if (typeof before !== 'string' || entry === null) return [];
        const after = String(scalarAt(container, 'image'));
        return loosened(before, after, { file: now.file, line: entry.line, title: titleOf(now) });
      });
    }),
    ...valuesPairs(scene).flatMap(({ file, was, now }) =>
      [...now].flatMap(([path, { value, line }]) => {
        const old = was.get(path)?.value;
        if (!/(?:^|\.)image\.tag$/i.test(path) || value === '' || value === null) return [];
        if (old === undefined || old === '' || old === null) return [];
        return loosened(`image:${String(old)}`, `image:${String(value)}`, {
          file,
          line,
          title: path,
        });
      }),
    ),
    ...scene.files.flatMap(kustomized),
  ];
}

interface Place {
  readonly file: ChangedFile;
  readonly line: number;
  readonly title: string;
}

function loosened(
  before: string,
  after: string,
  { file, line, title }: Place,
): readonly Sighting[] {
  if (nameOfImage(before) !== nameOfImage(after)) return [];
  const says = looserThan(before, after);
  if (says === null) return [];
  return [
    {
      path: file.path,
      line,
      says: `${says} in ${title}`,
      subject: `${title} ${nameOfImage(after)}`,
    },
  ];
}

function kustomized(file: ChangedFile): readonly Sighting[] {
  const { path, before, after } = file;
  if (!/(?:^|\/)kustomization\.ya?ml$/.test(path) || before === null || after === null) return [];
  if (!isProductionPath(path) || isOtherEnvironment(path)) return [];
  const [was, now] = [before, after].map((source) =>
    itemsOf(at(dataOf(source)?.[0] ?? null, 'images')),
  );
  return (now ?? []).flatMap((image) => {
    const old = (was ?? []).find((one) => nameIn(one) === nameIn(image));
    const [from, to] = [scalarAt(old ?? null, 'newTag'), scalarAt(image, 'newTag')];
    if (from === undefined || to === undefined) return [];
    const line = entryAt(image, 'newTag')?.line ?? image.line;
    return loosened(`${nameIn(image)}:${String(from)}`, `${nameIn(image)}:${String(to)}`, {
      file,
      line,
      title: path,
    });
  });
}
