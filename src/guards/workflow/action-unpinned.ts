import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { actionReferences } from './action-reference.ts';
import type { ActionReference, Hold } from './action-reference.ts';
import { actionUnpinnedExamples } from './action-unpinned.examples.ts';
import { workflows } from './workflow.ts';
import type { Workflow } from './workflow.ts';

/** An action can be replaced by others under the same name. */
export const actionUnpinned: Guard = guard({
  id: 'workflow/action-unpinned',
  severity: 'warn',
  protects: 'the secrets and releases that workflows hold',
  breaks:
    'Whoever can move that tag or branch, or takes over its repository, runs code in this workflow with its secrets.',
  fix: 'Name the full commit, with the version in a comment behind it, and let a bot raise both.',
  languages: ['yaml'],
  cwe: [829, 494],
  confidence: 0.8,
  outage: {
    says: 'In March 2025 the tags of the action tj-actions/changed-files were moved to code that printed the secrets of workflows into their logs. Workflows that named a commit did not run it.',
    source: 'https://github.com/advisories/GHSA-mrrh-fwg8-r2c3',
  },
  ...actionUnpinnedExamples,
  look: (scene: Scene) => {
    const house = habitsOf(scene);
    return workflows(scene).flatMap(({ now, was }) => loosened(now, was, house));
  },
});

interface Habits {
  /** How firmly the change's files held each action before. */
  readonly known: ReadonlyMap<string, readonly Hold[]>;
  /** Owners whose actions were already followed by branch. */
  readonly followed: ReadonlySet<string>;
  /** Foreign actions named by commit, and all foreign ones, before the change. */
  readonly pinned: number;
  readonly foreign: number;
}

function habitsOf(scene: Scene): Habits {
  const before = workflows(scene).flatMap(({ was }) => (was === null ? [] : actionReferences(was)));
  const known = new Map<string, Hold[]>();
  for (const { name, hold } of before) known.set(name, [...(known.get(name) ?? []), hold]);
  const foreign = before.filter(({ isOfGithub }) => !isOfGithub);
  return {
    known,
    followed: new Set(before.filter(({ hold }) => hold === 'branch').map(ownerOf)),
    pinned: foreign.filter(({ hold }) => hold === 'commit').length,
    foreign: foreign.length,
  };
}

function ownerOf({ name }: ActionReference): string {
  return name.split('/')[0] ?? name;
}

function loosened(now: Workflow, was: Workflow | null, house: Habits): readonly Sighting[] {
  const old = new Set((was === null ? [] : actionReferences(was)).map(keyOf));
  return actionReferences(now).flatMap((one) => {
    if (one.hold === 'commit' || old.has(keyOf(one)) || !now.file.added.has(one.line)) return [];
    const fault = judge(one, house);
    if (fault === null) return [];
    const { line, name, ref } = one;
    return [{ path: now.file.path, line, subject: `${name}@${ref}`, ...fault }];
  });
}

function keyOf({ name, ref }: ActionReference): string {
  return `${name}@${ref}`;
}

interface Fault {
  readonly says: string;
  readonly severity?: Severity;
  readonly confidence?: number;
}

function judge(one: ActionReference, house: Habits): Fault | null {
  const { name, ref, hold, isOfGithub } = one;
  const held = house.known.get(name) ?? [];
  const mild = isOfGithub ? { severity: 'note' as const, confidence: 0.5 } : {};
  if (held.length > 0 && held.every((before) => before === 'commit'))
    return { says: `names ${name} by ${hold} ${ref}, where a commit was named before`, ...mild };
  if (held.some((before) => before !== 'commit' && (before === hold || hold === 'tag')))
    return null;
  if (house.pinned >= 2 && house.pinned === house.foreign)
    return {
      says: `calls ${name} by ${hold} ${ref}, where this repository names the others by commit`,
      ...mild,
    };
  if (hold !== 'branch' || isOfGithub || house.followed.has(ownerOf(one))) return null;
  return {
    says: `calls ${name} at branch ${ref}, whatever that holds on the day`,
    severity: 'note',
    confidence: 0.5,
  };
}
