import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { manifests, titleOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { podOf, withEarlier } from './pods.ts';
import { privilegedExamples } from './privileged.examples.ts';
import { safetiesOf, wideningsOf } from './pod-rights.ts';
import type { Right } from './pod-rights.ts';

/** A container may do more to its node than before. */
export const privileged: Guard = guard({
  id: 'kubernetes/privileged',
  severity: 'block',
  protects: 'the nodes and everything else that runs on them',
  breaks:
    'Whoever gets into this container gets the node, and with it every other pod and secret there.',
  fix: 'Give the one capability or volume that is needed, run as a user other than root, and keep allowPrivilegeEscalation false.',
  languages: ['yaml'],
  cwe: [250],
  confidence: 0.85,
  ...privilegedExamples,
  look,
});

function look(scene: Scene): readonly Sighting[] {
  return withEarlier(manifests(scene)).flatMap(({ was, now }) => {
    const pod = podOf(now);
    if (pod === null) return [];
    const before = was === null ? null : podOf(was);
    const old = new Set(before === null ? [] : wideningsOf(before).map(({ what }) => what));
    const wider = wideningsOf(pod).filter(({ what }) => !old.has(what));
    return [
      ...wider.map((right) => sighting(now, right, { isNew: was === null, line: right.line })),
      ...(was === null || before === null ? [] : lost(was, now)),
    ];
  });
}

// A safety that one setting no longer gives may come from another, for the pod as a whole.
function lost(was: Manifest, now: Manifest): readonly Sighting[] {
  const [before, after] = [podOf(was), podOf(now)];
  if (before === null || after === null) return [];
  const stays = new Set(safetiesOf(after).map(({ what }) => what));
  const wider = new Set(wideningsOf(after).map(({ instead }) => instead));
  return safetiesOf(before)
    .filter(
      ({ what, container }) => !stays.has(what) && isThere(container, after) && !wider.has(what),
    )
    .map((right) => {
      const line = was.file === now.file ? lineAfter(now.file, right.line) : now.data.line;
      return sighting(now, right, { isNew: false, line });
    });
}

function isThere(container: string, pod: ReturnType<typeof podOf>): boolean {
  return pod !== null && (container === '' || safetiesOf(pod, container).length > 0);
}

interface Place {
  readonly isNew: boolean;
  readonly line: number;
}

function sighting(now: Manifest, right: Right, { isNew, line }: Place): Sighting {
  const severity: Severity = isNew && right.severity === 'block' ? 'warn' : right.severity;
  return {
    path: now.file.path,
    line,
    says: `${right.says} of ${titleOf(now)}`,
    subject: `${titleOf(now)} ${right.what}`,
    severity: isNew && severity === 'warn' && right.severity === 'warn' ? 'note' : severity,
  };
}
