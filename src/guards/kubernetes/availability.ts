import { at, entryAt, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { availabilityExamples } from './availability.examples.ts';
import { containersOf, goneFrom, isWorkload, manifests, pairsOf, titleOf } from './manifest.ts';
import type { Manifest, ManifestPair, Manifests } from './manifest.ts';
import { valuesLosses } from './values-availability.ts';

/** What keeps a workload up through failures and deployments is taken away. */
export const availability: Guard = guard({
  id: 'kubernetes/availability',
  severity: 'warn',
  protects: 'requests during deployments, node failures and overload',
  breaks:
    'A single crash, drain or deployment now takes the service down, or sends requests to pods that cannot answer.',
  fix: 'Keep probes, memory limits, at least two replicas, a rolling update and the disruption budget; say in the change why one must go.',
  languages: ['yaml'],
  cwe: [400],
  confidence: 0.8,
  ...availabilityExamples,
  look: (scene: Scene) => {
    const all = manifests(scene);
    const pairs = pairsOf(all);
    return once([
      ...pairs
        .filter(({ now }) => isWorkload(now))
        .flatMap((pair) => [...containers(pair), ...workload(pair, all)]),
      ...pairs.flatMap(scaler),
      ...goneFrom(all).flatMap((was) => budgetGone(was, all)),
      ...valuesLosses(scene),
    ]);
  },
});

// One source of manifests is often rendered into several files; the fault is one.
function once(sightings: readonly Sighting[]): readonly Sighting[] {
  const same = Map.groupBy(sightings, ({ subject }) => subject);
  return [...same.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : `, here and in ${others.length} more of the files`;
    return [{ ...first, says: `${first.says}${more}` }];
  });
}

interface Loss {
  readonly now: Manifest;
  readonly line: number;
  readonly says: string;
  readonly what: string;
}

function sighting({ now, line, says, what }: Loss): Sighting {
  return {
    path: now.file.path,
    line,
    says: `${says} of ${titleOf(now)}`,
    subject: `${titleOf(now)} ${what}`,
  };
}

const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

function containers({ was, now }: ManifestPair): readonly Sighting[] {
  const old = containersOf(was);
  return [...containersOf(now)].flatMap(([name, container]) => {
    const before = old.get(name);
    return before === undefined ? [] : lostFrom(container, before, { was, now });
  });
}

function lostFrom(container: Data, before: Data, { was, now }: ManifestPair): readonly Sighting[] {
  const name = String(scalarAt(container, 'name') ?? '');
  const paths: readonly (readonly string[])[] = [
    ...probes.map((probe) => [probe]),
    ['resources', 'limits', 'memory'],
    ['resources', 'requests', 'memory'],
    ['resources', 'requests', 'cpu'],
  ];
  return paths.flatMap((path) => {
    const entry = entryAt(before, ...path);
    if (entry === null || at(container, ...path) !== null || swapped(path, container, before))
      return [];
    // An object that came from another file has no gap to point at.
    const line = was.file === now.file ? lineAfter(now.file, entry.line) : container.line;
    const what = path.join('.');
    return [
      sighting({
        now,
        line,
        says: `removes ${what} of container ${name}`,
        what: `${name} ${what}`,
      }),
    ];
  });
}

// One probe that takes the place of another still keeps bad pods out.
function swapped([path]: readonly string[], container: Data, before: Data): boolean {
  return probes.some(
    (probe) =>
      probe !== path &&
      path !== 'resources' &&
      at(container, probe) !== null &&
      at(before, probe) === null,
  );
}

function workload({ was, now }: ManifestPair, { after }: Manifests): readonly Sighting[] {
  const losses: Sighting[] = [];
  const [old, replicas] = [
    scalarAt(was.data, 'spec', 'replicas'),
    scalarAt(now.data, 'spec', 'replicas'),
  ];
  if (
    typeof old === 'number' &&
    typeof replicas === 'number' &&
    old > replicas &&
    replicas <= 1 &&
    !isScaled(now, after)
  ) {
    const says = replicas === 0 ? `stops all ${old} replicas` : `leaves one of ${old} replicas`;
    losses.push(sighting({ now, line: lineAt(now, 'spec', 'replicas'), says, what: 'replicas' }));
  }
  const strategy = ['spec', 'strategy', 'type'];
  if (
    scalarAt(now.data, ...strategy) === 'Recreate' &&
    scalarAt(was.data, ...strategy) !== 'Recreate'
  ) {
    losses.push(
      sighting({
        now,
        line: lineAt(now, ...strategy),
        says: 'stops all pods before new ones start in each deployment',
        what: 'strategy',
      }),
    );
  }
  const surge = ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'];
  if (scalarAt(now.data, ...surge) === '100%' && scalarAt(was.data, ...surge) !== '100%') {
    losses.push(
      sighting({
        now,
        line: lineAt(now, ...surge),
        says: 'lets all pods be unavailable in a deployment',
        what: 'maxUnavailable',
      }),
    );
  }
  const grace = ['spec', 'template', 'spec', 'terminationGracePeriodSeconds'];
  if (scalarAt(now.data, ...grace) === 0 && scalarAt(was.data, ...grace) !== 0) {
    losses.push(
      sighting({
        now,
        line: lineAt(now, ...grace),
        says: 'kills pods without time to finish their requests',
        what: 'grace',
      }),
    );
  }
  return losses;
}

function isScaled({ name }: Manifest, after: readonly Manifest[]): boolean {
  return after.some(
    ({ kind, data }) =>
      (kind === 'HorizontalPodAutoscaler' &&
        scalarAt(data, 'spec', 'scaleTargetRef', 'name') === name) ||
      (kind === 'ScaledObject' && scalarAt(data, 'spec', 'scaleTargetRef', 'name') === name),
  );
}

function lineAt({ data }: Manifest, ...path: readonly string[]): number {
  return entryAt(data, ...path)?.line ?? data.line;
}

function scaler({ was, now }: ManifestPair): readonly Sighting[] {
  if (now.kind === 'PodDisruptionBudget') return budget({ was, now });
  if (now.kind !== 'HorizontalPodAutoscaler') return [];
  const path = ['spec', 'minReplicas'];
  const [old, least] = [scalarAt(was.data, ...path), scalarAt(now.data, ...path)];
  if (typeof old !== 'number' || typeof least !== 'number' || old <= least || least > 1) return [];
  return [
    sighting({
      now,
      line: lineAt(now, ...path),
      says: `lets the replicas fall from ${old} to ${least}`,
      what: 'minReplicas',
    }),
  ];
}

function budget({ was, now }: ManifestPair): readonly Sighting[] {
  if (!isOpen(now) || isOpen(was)) return [];
  const line = Math.max(lineAt(now, 'spec', 'minAvailable'), lineAt(now, 'spec', 'maxUnavailable'));
  return [sighting({ now, line, says: 'lets a drain take all pods at once', what: 'budget' })];
}

function isOpen({ data }: Manifest): boolean {
  const least = scalarAt(data, 'spec', 'minAvailable');
  return least === 0 || least === '0%' || scalarAt(data, 'spec', 'maxUnavailable') === '100%';
}

// A budget that goes together with the workload it is for is no loss.
function budgetGone(was: Manifest, all: Manifests): readonly Sighting[] {
  if (was.kind !== 'PodDisruptionBudget') return [];
  const workloadWent = goneFrom(all).some((other) => isWorkload(other));
  if (workloadWent) return [];
  const { file, data } = was;
  return [
    {
      path: file.path,
      line: file.after === null ? 1 : lineAfter(file, data.line),
      says: `removes ${titleOf(was)}, so that a drain may take all pods at once`,
      subject: titleOf(was),
    },
  ];
}
