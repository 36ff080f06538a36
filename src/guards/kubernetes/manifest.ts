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
    !/^[ \t]*(?:-[ \t]*)?apiVersion[ \t]*:/m.test(source.text) ||
    !/^[ \t]*kind[ \t]*:/m.test(source.text)
  ) {
    return [];
  }
  const documents = dataOf(withoutUntouched(source, file));
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

/** Longer documents are read as far as their name, unless the change touches them. */
const longestUntouched = 10_000;

// Lines keep their numbers, so that places stay right. Definitions of resources are huge, and only their name counts.
function withoutUntouched(source: Source, file: ChangedFile): Source {
  if (source.text.length <= longestUntouched) return source;
  const touched = touchedLines(source, file);
  const kept: string[] = [];
  let start = 0;
  source.lines.forEach((_, index) => {
    const isLast = index === source.lines.length - 1;
    if (!isLast && !/^---(?:\s|$)/.test(source.lines[index + 1] ?? '')) return;
    const lines = source.lines.slice(start, index + 1);
    const isTouched = lines.some((_, offset) => touched.has(start + offset + 1));
    const isDefinition = lines.some((line) => line.startsWith('kind: CustomResourceDefinition'));
    const isLong = lines.reduce((sum, line) => sum + line.length, 0) > longestUntouched;
    kept.push(...(isLong && (isDefinition || !isTouched) ? headOf(lines) : lines));
    start = index + 1;
  });
  return { ...source, text: kept.join('\n') };
}

function headOf(lines: readonly string[]): readonly string[] {
  const spec = lines.findIndex((line) => line.startsWith('spec:'));
  return spec < 0 ? lines : lines.map((line, index) => (index < spec ? line : ''));
}

function touchedLines(source: Source, { change, after }: ChangedFile): ReadonlySet<number> {
  const isAfter = source === after;
  return new Set(
    change.hunks.flatMap(({ oldStart, newStart, removed, added }) => {
      const [start, count] = isAfter ? [newStart, added.length] : [oldStart, removed.length];
      return Array.from({ length: count + 2 }, (_, index) => start - 1 + index);
    }),
  );
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
