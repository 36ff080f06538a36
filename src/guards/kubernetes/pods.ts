import { at, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { pairsOf } from './manifest.ts';
import type { Manifest, ManifestPair, Manifests } from './manifest.ts';

const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  DeploymentConfig: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  Job: ['spec', 'template'],
};

/** The part of an object that describes its pods; null when it makes none. */
export function podOf({ kind, data }: Manifest): Data | null {
  const path = templates[kind];
  return path === undefined ? null : at(data, ...path);
}

/** Containers of a pod with those that run before it starts. */
export function allContainersOf(pod: Data | null): readonly Data[] {
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((name) =>
    itemsOf(at(pod, 'spec', name)),
  );
}

/** Name of a container, volume or port. */
export function nameIn(data: Data): string {
  return String(scalarAt(data, 'name') ?? '');
}

/** Each object after the change with the one it was; null when it is new. */
export function withEarlier(
  all: Manifests,
): readonly { readonly was: Manifest | null; readonly now: Manifest }[] {
  const pairs = new Map<Manifest, ManifestPair>(pairsOf(all).map((pair) => [pair.now, pair]));
  return all.after.map((now) => ({ was: pairs.get(now)?.was ?? null, now }));
}
