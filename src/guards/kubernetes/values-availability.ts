import type { Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { valuesPairs } from './values.ts';
import type { Values, ValuesPair } from './values.ts';

/** What keeps a workload up and the values of its chart take away. */
export function valuesLosses(scene: Scene): readonly Sighting[] {
  return valuesPairs(scene).flatMap((pair) => [
    ...[...pair.now.keys()].flatMap((path) => turned(path, pair)),
    ...gone(pair),
  ]);
}

const counts = /(?:^|\.)(?:replicaCount|replicas|minReplicas|minReplicaCount|minAvailable)$/;
const switches =
  /(?:^|\.)(?:podDisruptionBudget|pdb|disruptionBudget|autoscaling|hpa|livenessProbe|readinessProbe|startupProbe)\.(?:enabled|create)$/;

function turned(path: string, { file, was, now }: ValuesPair): readonly Sighting[] {
  const [old, value] = [was.get(path), now.get(path)];
  if (old === undefined || value === undefined || old.value === value.value) return [];
  const seen = (says: string): readonly Sighting[] => [
    { path: file.path, line: value.line, says, subject: `values ${path}` },
  ];
  if (counts.test(path) && typeof old.value === 'number' && typeof value.value === 'number') {
    if (value.value >= old.value || value.value > 1 || isScaled(path, now)) return [];
    const isBudget = path.endsWith('minAvailable');
    if (isBudget && value.value === 1) return [];
    return seen(`lets ${path} fall from ${old.value} to ${value.value}`);
  }
  if (!switches.test(path) || old.value !== true || value.value !== false) return [];
  return isManual(path, now) ? [] : seen(`turns ${path.replace(/\.\w+$/, '')} off`);
}

// Where something scales the workload, its own count is only where it starts.
function isScaled(path: string, now: Values): boolean {
  const parent = path.slice(0, path.lastIndexOf('.') + 1);
  if (/minReplica/.test(path)) return now.get(`${parent}enabled`)?.value === false;
  return ['autoscaling', 'hpa', 'keda'].some(
    (name) => now.get(`${parent}${name}.enabled`)?.value === true,
  );
}

// Scaling by hand with several replicas needs no autoscaler.
function isManual(path: string, now: Values): boolean {
  if (!/(?:autoscaling|hpa)\.enabled$/.test(path)) return false;
  const parent = path.replace(/(?:autoscaling|hpa)\.enabled$/, '');
  return ['replicaCount', 'replicas'].some(
    (name) => Number(now.get(`${parent}${name}`)?.value) > 1,
  );
}

const guarded =
  /^(.*?(?:^|\.)(?:(?:livenessProbe|readinessProbe|startupProbe)\.|resources\.limits\.memory$|podDisruptionBudget\.(?:minAvailable|maxUnavailable)$))/;

// A default of a chart that the values leave out stays; only where a whole part goes is something lost.
function gone({ file, was, now }: ValuesPair): readonly Sighting[] {
  const parts = new Map<string, number>();
  for (const [path, { line }] of was) {
    const part = guarded.exec(path)?.[1];
    if (part !== undefined && !parts.has(part)) parts.set(part, line);
  }
  const left = [...now.keys()];
  return [...parts].flatMap(([part, line]) => {
    const name = part.replace(/\.$/, '');
    if (left.some((path) => path === name || path.startsWith(part))) return [];
    const parent = name.replace(
      /\.?(?:livenessProbe|readinessProbe|startupProbe|resources\.limits\.memory|podDisruptionBudget\.\w+)$/,
      '',
    );
    // What the values belong to is gone, too.
    if (parent !== '' && !left.some((path) => path.startsWith(`${parent}.`))) return [];
    const place = lineAfter(file, line);
    return [
      {
        path: file.path,
        line: place,
        says: `removes ${name} from the values`,
        subject: `values ${name}`,
      },
    ];
  });
}
