import { scalarAt } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { resourcePairs, resourcesGone, stackResources } from '../resources/resource.ts';
import type { Resource, ResourcePair, Resources } from '../resources/resource.ts';
import type { Setting } from '../resources/setting.ts';
import { lineAfter } from '../seam.ts';
import { stackDestroyExamples } from './stateful-destroy.examples.ts';
import { comesBack, holdsState, propertyDefaults, replacingProperties } from './stateful.ts';

/** The next deployment of the stack would delete something that holds data. */
export const stackDestroy: Guard = guard({
  id: 'cloudformation/stateful-destroy',
  severity: 'block',
  protects: 'databases, buckets, tables, queues and keys of a stack',
  breaks:
    'The next deployment of the stack deletes it with all it holds, and whatever still uses it fails.',
  fix: 'Set DeletionPolicy and UpdateReplacePolicy to Retain and deploy that first; keep the logical id, or move the resource by import.',
  languages: ['yaml', 'json'],
  cwe: [664],
  confidence: 0.9,
  ...stackDestroyExamples,
  look,
});

function look(scene: Scene): readonly Sighting[] {
  const all = stackResources(scene);
  return [
    ...resourcesGone(all).flatMap((was) => gone(was, all)),
    ...resourcePairs(all).flatMap(replaced),
  ];
}

function gone(was: Resource, all: Resources): readonly Sighting[] {
  if (!holdsState(was.type) || isKept(was, 'DeletionPolicy')) return [];
  const { file } = was;
  // A stack whose template is deleted may stay as it is; a template that moves takes its stack along.
  const id = idOf(was);
  const isMoved = all.after.some((one) => one.type === was.type && idOf(one) === id);
  if (isMoved && file.after === null) return [];
  const heir = all.after.find(
    (one) =>
      one.type === was.type && one.file === file && !all.before.some(({ key }) => key === one.key),
  );
  const isMild = file.after === null || isMoved || comesBack(was.type) || hasSnapshot(was);
  return [
    {
      path: file.path,
      line: file.after === null ? 1 : lineAfter(file, was.line),
      says:
        heir === undefined
          ? `removes ${was.title}, which the next deployment deletes`
          : `gives ${was.title} the logical id ${idOf(heir)}, which deletes it and makes a new one`,
      subject: was.title,
      ...(isMild ? { severity: 'warn', confidence: 0.7 } : {}),
    },
  ];
}

function idOf({ title }: Resource): string {
  return title.replace(/ \(.*$/, '');
}

function isKept({ template }: Resource, policy: string): boolean {
  const value = scalarAt(template, policy);
  return value === 'Retain' || value === 'RetainExceptOnCreate';
}

// Without a policy, databases of RDS are kept as a snapshot, but not the instances of a cluster.
function hasSnapshot(resource: Resource): boolean {
  const policy = scalarAt(resource.template, 'DeletionPolicy');
  return policy === 'Snapshot';
}

function replaced({ was, now }: ResourcePair): readonly Sighting[] {
  if (was === null || !holdsState(now.type)) return [];
  if (was.type !== now.type) return [retyped(was, now)];
  if (isKept(now, 'UpdateReplacePolicy')) return [];
  return replacingProperties(now.type).flatMap((name) => {
    const [old, value] = [valuesOf(was, name), valuesOf(now, name)];
    if (old === null || value === null || old === value) return [];
    const line = now.settings.find(({ path }) => path === name)?.line;
    const lost = was.settings.find(({ path }) => path === name)?.line ?? was.line;
    return [
      {
        path: now.file.path,
        line: line ?? lineAfter(now.file, lost),
        says: `changes ${name} of ${now.title} from ${old} to ${value}, which deletes it and makes a new one`,
        subject: `${now.title} ${name}`,
        ...(comesBack(now.type) || hasSnapshot(now) ? { severity: 'warn' as const } : {}),
      },
    ];
  });
}

function retyped(was: Resource, now: Resource): Sighting {
  return {
    path: now.file.path,
    line: now.line,
    says: `makes ${idOf(now)} a ${now.type}, which deletes the ${was.type} it was`,
    subject: `${now.title} type`,
  };
}

function valuesOf({ settings }: Resource, name: string): string | null {
  const found = settings.filter(({ path }) => path === name);
  if (found.length === 0) return name in propertyDefaults ? String(propertyDefaults[name]) : null;
  return found.every(({ literal }) => literal) ? found.map(textOf).join(', ') : null;
}

function textOf({ value }: Setting): string {
  return String(value);
}
