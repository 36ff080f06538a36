import { at, entriesIn, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { goneFrom, manifests, pairsOf, titleOf } from './manifest.ts';
import type { Manifest, Manifests } from './manifest.ts';
import { podOf } from './pods.ts';
import { referenceDanglingExamples } from './reference-dangling.examples.ts';
import { portNamesOf, referencesOf, selectorOf, selects } from './references.ts';

/** An object names another one, a label or a port that the change took away. */
export const referenceDangling: Guard = guard({
  id: 'kubernetes/reference-dangling',
  severity: 'block',
  protects: 'the ties between services, pods and their settings',
  breaks: 'Pods do not start for want of what they name, or a service sends its requests nowhere.',
  fix: 'Change both ends together: the object and everything that names it.',
  languages: ['yaml'],
  cwe: [1108],
  confidence: 0.85,
  ...referenceDanglingExamples,
  look,
});

function look(scene: Scene): readonly Sighting[] {
  const all = manifests(scene);
  if (all.before.length === 0) return [];
  return [...missing(all, scene), ...unselected(all), ...portsGone(all)];
}

function missing(all: Manifests, scene: Scene): readonly Sighting[] {
  const gone = goneFrom(all).filter((was) => !isMadeElsewhere(was, scene));
  if (gone.length === 0) return [];
  return all.after.flatMap((user) =>
    referencesOf(user).flatMap(({ kinds, name }) => {
      const isOne = (one: Manifest): boolean =>
        one.name === name && kinds.includes(one.kind) && isNear(one, user);
      const lost = gone.find(isOne);
      // Another part of the tree may have another object of that name.
      if (lost === undefined || all.after.some(isOne)) return [];
      const says = `removes ${titleOf(lost)}, which ${titleOf(user)} still names`;
      return [atGap(lost, says, `${titleOf(user)} ${titleOf(lost)}`)];
    }),
  );
}

// Findings stand on what the change touched: the gap of the removal, unless a whole file went.
function atGap({ file, data }: Manifest, says: string, subject: string): Sighting {
  if (file.after === null) return { path: file.path, line: 1, says, subject };
  const [line, endLine] = [lineAfter(file, data.line), lineAfter(file, data.endLine)];
  return { path: file.path, line, endLine, says, subject };
}

// Of two objects that no longer fit, the one that changed.
function atChanged(now: Manifest, pod: Manifest | undefined, says: string): readonly Sighting[] {
  const subject = says;
  const ends = pod === undefined ? [now] : [pod, now];
  const changed = ends.find(({ file, data }) =>
    file.change.hunks.some(
      ({ newStart, added }) => newStart <= data.endLine + 1 && newStart + added.length >= data.line,
    ),
  );
  const { file, data } = changed ?? now;
  return [{ path: file.path, line: data.line, endLine: data.endLine, says, subject }];
}

function isNear(one: Manifest, user: Manifest): boolean {
  if (one.namespace !== user.namespace && one.namespace !== '' && user.namespace !== '')
    return false;
  const folder = ({ file: { path } }: Manifest): string =>
    path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const [near, far] = [folder(one), folder(user)];
  return near === far || near.startsWith(far) || far.startsWith(near);
}

// Kustomize generates settings, and templates that we cannot read may hold the object.
function isMadeElsewhere({ name, kind }: Manifest, scene: Scene): boolean {
  return scene.files.some(({ after, path }) => {
    if (after === null || !after.text.includes(name)) return false;
    if (/(?:^|\/)kustomization\.ya?ml$/.test(path)) return /Generator\s*:/.test(after.text);
    return after.text.includes('{{') && after.text.includes(kind);
  });
}

function unselected(all: Manifests): readonly Sighting[] {
  const labels = { before: byLabel(all.before), after: byLabel(all.after) };
  const names = new Map(all.after.map((one) => [keyOf(one), one]));
  return pairsOf(all).flatMap(({ was, now }) => {
    const [old, selector] = [selectorOf(was), selectorOf(now)];
    if (old === null || selector === null) return [];
    const pods = selectedBy(old, labels.before).filter((one) => isNear(one, was));
    const stays = pods.filter((one) => names.has(keyOf(one)));
    const isMatched = selectedBy(selector, labels.after).some((one) => isNear(one, now));
    const [lost] = stays;
    // Pods of files that did not change are not seen here, so a selector that changes alone says nothing.
    if (lost === undefined || isMatched) return [];
    const says = `${titleOf(now)} no longer selects the pods of ${titleOf(lost)}`;
    return atChanged(now, names.get(keyOf(lost)), says);
  });
}

function keyOf({ kind, name, namespace }: Manifest): string {
  return JSON.stringify([kind, namespace, name]);
}

type Labels = ReadonlyMap<string, readonly Manifest[]>;

function byLabel(all: readonly Manifest[]): Labels {
  const pairs = all.flatMap((one) =>
    entriesIn(at(podOf(one), 'metadata', 'labels')).map(
      ([name, { value }]) => [labelOf(name, value), one] as const,
    ),
  );
  const groups = Map.groupBy(pairs, ([label]) => label);
  return new Map([...groups].map(([label, some]) => [label, some.map(([, one]) => one)]));
}

function selectedBy(selector: Data, labels: Labels): readonly Manifest[] {
  const [first] = entriesIn(selector);
  if (first === undefined) return [];
  const some = labels.get(labelOf(first[0], first[1].value)) ?? [];
  return some.filter((one) => selects(selector, one));
}

function labelOf(name: string, value: Data): string {
  return `${name}=${value.kind === 'scalar' ? String(value.value) : ''}`;
}

function portsGone(all: Manifests): readonly Sighting[] {
  const labels = { after: byLabel(all.after) };
  const names = new Map(all.before.map((one) => [keyOf(one), one]));
  return pairsOf(all).flatMap(({ now }) => {
    const selector = selectorOf(now);
    if (now.kind !== 'Service' || selector === null) return [];
    const chosen = selectedBy(selector, labels.after).filter((one) => isNear(one, now));
    const before = chosen.flatMap((pod) => names.get(keyOf(pod)) ?? []);
    const had = new Set(before.flatMap((one) => [...portNamesOf(one)]));
    const has = new Set(chosen.flatMap((one) => [...portNamesOf(one)]));
    return namedPorts(now)
      .filter((name) => had.has(name) && !has.has(name))
      .flatMap((name) => {
        const says = `${titleOf(now)} asks for port ${name}, which its pods no longer have`;
        return atChanged(now, chosen[0], says);
      });
  });
}

function namedPorts({ data }: Manifest): readonly string[] {
  return itemsOf(at(data, 'spec', 'ports')).flatMap((port) => {
    const target = scalarAt(port, 'targetPort');
    return typeof target === 'string' && !/^\d+$/.test(target) ? [target] : [];
  });
}
