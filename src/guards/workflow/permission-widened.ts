import { entriesIn, scalarAt } from '../data.ts';
import type { DataEntry } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { lineAfter } from '../seam.ts';
import { permissionWidenedExamples } from './permission-widened.examples.ts';
import { jobsOf, permissionsOf, stepsOf, triggersOf, workflows } from './workflow.ts';
import type { Step, Workflow } from './workflow.ts';

/** A workflow may do more with the repository than before, or runs strangers' code with its rights. */
export const permissionWidened: Guard = guard({
  id: 'workflow/permission-widened',
  severity: 'warn',
  gravest: 'block',
  protects: 'the repository, its secrets and its releases',
  breaks:
    'Whoever gets code into a step (a dependency, an action, a pull request) can now push, publish or read secrets.',
  fix: 'Give the one job that needs it the one scope it needs, and leave the workflow at read.',
  languages: ['yaml'],
  cwe: [269],
  confidence: 0.8,
  ...permissionWidenedExamples,
  look: (scene: Scene) =>
    workflows(scene).flatMap(({ now, was }) => [...widened(now, was), ...strangersCode(now, was)]),
});

type Level = 'none' | 'read' | 'write';
const ranks: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };
// Scopes whose misuse reaches code, releases or accounts. The others label, comment and report.
const heavy: ReadonlySet<string> = new Set([
  'actions',
  'attestations',
  'contents',
  'deployments',
  'id-token',
  'packages',
  'pages',
  'workflows',
]);
const light: ReadonlySet<string> = new Set([
  'issues',
  'pull-requests',
  'repository-projects',
  'security-events',
]);

/** Rights by scope; `all` for a single word; null when nothing is said and the repository's default holds. */
type Rights = ReadonlyMap<string, Level>;

function rightsOf(entry: DataEntry | null): Rights | null {
  if (entry === null) return null;
  const { value } = entry;
  if (value.kind === 'scalar') {
    const word = String(value.value);
    return new Map([
      ['all', word === 'write-all' ? 'write' : word === 'read-all' ? 'read' : 'none'],
    ]);
  }
  return new Map(
    entriesIn(value).map(([scope, { value: level }]) => {
      const said = level.kind === 'scalar' ? String(level.value) : 'none';
      return [scope, said === 'write' || said === 'read' ? said : 'none'];
    }),
  );
}

function widened(now: Workflow, was: Workflow | null): readonly Sighting[] {
  const oldJobs = was === null ? new Map() : jobsOf(was);
  const places = [
    { title: 'the workflow', now: now.data, was: was?.data ?? null },
    ...[...jobsOf(now).values()].map((job) => ({
      title: `job ${job.name}`,
      now: job.data,
      was: oldJobs.get(job.name)?.data ?? null,
    })),
  ];
  return places.flatMap((place) => {
    const entry = permissionsOf(place.now);
    const old = place.was === null ? null : permissionsOf(place.was);
    const found = entry === null ? [] : grants(entry, { old, isNew: place.was === null });
    const gone =
      entry === null && old !== null && place.title === 'the workflow' ? [lost(now, old)] : [];
    return [...found, ...gone].map(({ says, ...rest }) => ({
      ...rest,
      path: now.file.path,
      says: says.replace('{}', place.title),
      subject: `${place.title} ${says}`,
    }));
  });
}

interface Grant {
  readonly line: number;
  readonly says: string;
  readonly severity?: Severity;
}

interface Before {
  readonly old: DataEntry | null;
  /** A new job or workflow names what it needs; only everything at once is too much. */
  readonly isNew: boolean;
}

function grants(entry: DataEntry, { old, isNew }: Before): readonly Grant[] {
  const rights = rightsOf(entry) ?? new Map<string, Level>();
  const before = rightsOf(old);
  if (rights.get('all') === 'write' && before?.get('all') !== 'write') {
    return [{ line: entry.line, says: 'gives {} every write permission' }];
  }
  // Where nothing was said, the default may have been wider: naming scopes narrows it.
  if (isNew || before === null || before.get('all') === 'write') return [];
  return entriesIn(entry.value).flatMap(([scope, { line }]) => {
    const level = rights.get(scope) ?? 'none';
    const had = before.get(scope) ?? before.get('all') ?? 'none';
    if (level !== 'write' || ranks[had] >= ranks.write) return [];
    const says = `gives {} ${scope}: write`;
    if (light.has(scope)) return [{ line, says, severity: 'note' as const }];
    return heavy.has(scope) ? [{ line, says }] : [];
  });
}

function lost(now: Workflow, old: DataEntry): Grant {
  return {
    line: lineAfter(now.file, old.line),
    says: 'takes the permissions off {}, so that the default of the repository holds, which may be write',
  };
}

// With these triggers a workflow has secrets and a writing token even for pull requests of strangers.
const trusted = ['pull_request_target', 'workflow_run'] as const;
const strangersRef =
  /github\.event\.pull_request\.head\.(?:sha|ref)|github\.head_ref|github\.event\.workflow_run\.head_(?:sha|branch)|refs\/pull\/\$\{\{|github\.event\.pull_request\.merge_commit_sha/;

function strangersCode(now: Workflow, was: Workflow | null): readonly Sighting[] {
  const triggers = triggersOf(now);
  const trigger = trusted.find((name) => triggers.has(name));
  if (trigger === undefined) return [];
  const had = was !== null && triggersOf(was).has(trigger) && stepsOf(was).some(checksOutStrangers);
  if (had) return [];
  return stepsOf(now)
    .filter(checksOutStrangers)
    .map(({ job, data }) => {
      const isStepNew = lines(data).some((line) => now.file.added.has(line));
      return {
        path: now.file.path,
        line: isStepNew ? data.line : (triggers.get(trigger) ?? data.line),
        endLine: isStepNew ? data.endLine : (triggers.get(trigger) ?? data.line),
        says: `checks out the code of a pull request in job ${job}, with the rights that ${trigger} gives`,
        subject: `${trigger} ${job} checkout`,
        severity: 'block' as const,
        confidence: 0.9,
        breaks:
          'Anybody who opens a pull request can run code that reads the secrets and writes to the repository.',
        fix: 'Use pull_request for what builds or runs the code, and keep the privileged part to a workflow that does not check it out.',
      };
    });
}

function checksOutStrangers({ data }: Step): boolean {
  const uses = String(scalarAt(data, 'uses') ?? '');
  const run = String(scalarAt(data, 'run') ?? '');
  if (uses.startsWith('actions/checkout@'))
    return strangersRef.test(String(scalarAt(data, 'with', 'ref') ?? ''));
  return (
    /\bgh\s+pr\s+checkout\b/.test(run) ||
    (/\bgit\s+(?:fetch|checkout|pull)\b/.test(run) && strangersRef.test(run))
  );
}

function lines({
  line,
  endLine,
}: {
  readonly line: number;
  readonly endLine: number;
}): readonly number[] {
  return Array.from({ length: endLine - line + 1 }, (_, index) => line + index);
}
