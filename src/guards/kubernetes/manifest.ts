import { at, dataOf, itemsOf, scalarAt } from '../data.ts';
import type { Data, DataMap } from '../data.ts';
import type { ChangedFile, Scene, Source } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';

/** One object of a Kubernetes manifest, with the file it stands in. */
export interface Manifest {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly data: DataMap;
  readonly file: ChangedFile;
}

/** The same object before and after the change. */
export interface ManifestPair {
  readonly was: Manifest;
  readonly now: Manifest;
}

/** Kubernetes objects of the changed files, before and after. */
export interface Manifests {
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
}

const known = new WeakMap<Scene, Manifests>();

/** Reads the manifests a change touches, for production as far as paths tell. */
export function manifests(scene: Scene): Manifests {
  const found = known.get(scene);
  if (found !== undefined) return found;
  const files = scene.files.filter(
    ({ path, language }) =>
      language === 'yaml' && isProductionPath(path) && !isOtherEnvironment(path),
  );
  const read = {
    before: files.flatMap((file) => manifestsOf(file, file.before, scene)),
    after: files.flatMap((file) => manifestsOf(file, file.after, scene)),
  };
  known.set(scene, read);
  return read;
}

function manifestsOf(file: ChangedFile, source: Source | null, scene: Scene): readonly Manifest[] {
  if (
    source === null ||
    !/^\s*-?\s*apiVersion\s*:/m.test(source.text) ||
    !/^\s*kind\s*:/m.test(source.text)
  ) {
    return [];
  }
  const documents = dataOf(source);
  if (documents === null) {
    const isTemplate = source.text.includes('{{');
    const why = isTemplate
      ? 'it is a template, which is not rendered'
      : 'it is not well-formed YAML';
    scene.report({ what: file.path, why });
    return [];
  }
  return documents.flatMap((data) => objects(data, file));
}

// A `List` wraps objects that stand for themselves.
function objects(data: Data, file: ChangedFile): readonly Manifest[] {
  if (data.kind !== 'map' || typeof scalarAt(data, 'apiVersion') !== 'string') return [];
  const kind = String(scalarAt(data, 'kind') ?? '');
  if (kind === 'List') return itemsOf(at(data, 'items')).flatMap((item) => objects(item, file));
  const name = scalarAt(data, 'metadata', 'name') ?? scalarAt(data, 'metadata', 'generateName');
  if (name === undefined || name === null) return [];
  const namespace = String(scalarAt(data, 'metadata', 'namespace') ?? '');
  return [{ kind, name: String(name), namespace, data, file }];
}

/** Objects that stand in the changed files before and after. One file's object is matched with its own first. */
export function pairsOf({ before, after }: Manifests): readonly ManifestPair[] {
  return after.flatMap((now) => {
    const same = before.filter((was) => sameObject(was, now));
    const was = same.find((one) => one.file.path === now.file.path) ?? same[0];
    return was === undefined ? [] : [{ was, now }];
  });
}

/** Objects that stood in the changed files and stand in none of them now. */
export function goneFrom({ before, after }: Manifests): readonly Manifest[] {
  return before.filter((was) => !after.some((now) => sameObject(was, now)));
}

function sameObject(a: Manifest, b: Manifest): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

const workloads: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
  'ReplicaSet',
]);

/** Whether an object keeps pods running. */
export function isWorkload({ kind }: Manifest): boolean {
  return workloads.has(kind);
}

/** Containers of a workload by name, without init containers. */
export function containersOf({ data }: Manifest): ReadonlyMap<string, Data> {
  const list = itemsOf(at(data, 'spec', 'template', 'spec', 'containers'));
  return new Map(list.map((container) => [String(scalarAt(container, 'name') ?? ''), container]));
}

/** How a person names an object: `Deployment checkout`. */
export function titleOf({ kind, name }: Manifest): string {
  return `${kind} ${name}`;
}
