import { at, entriesIn, entryAt, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { Guard, Scene, Severity, Sighting } from '../guard.ts';
import { brokenExamples } from './broken.examples.ts';
import { jobsOf, triggersOf, workflows } from './workflow.ts';
import type { Job, Workflow } from './workflow.ts';

/** A workflow that the forge refuses, or of which a part can never run. */
export const workflowBroken: Guard = guard({
  id: 'workflow/broken',
  severity: 'block',
  protects: 'the checks and releases that run by themselves',
  breaks:
    'The forge refuses the workflow or skips the job, so tests and releases do not run at all.',
  fix: 'Name what exists in the same file; `actionlint` shows the rest of what the forge will not take.',
  languages: ['yaml'],
  cwe: [1068],
  confidence: 0.9,
  ...brokenExamples,
  look: (scene: Scene) =>
    workflows(scene)
      .filter(({ now }) => /\.github\/workflows\//.test(now.file.path))
      .flatMap(({ now, was }) => {
        const old = new Set((was === null ? [] : faultsOf(was)).map(({ says }) => says));
        return faultsOf(now)
          .filter(({ says }) => !old.has(says))
          .map((fault) => sighting(now, fault));
      }),
});

interface Fault {
  readonly line: number;
  readonly says: string;
  readonly severity?: Severity;
  readonly confidence?: number;
}

// What is missing has no line: where the change took it away is the nearest place to tell.
function sighting({ file }: Workflow, { line, ...rest }: Fault): Sighting {
  const isNear = [line - 1, line, line + 1].some((near) => file.added.has(near));
  const first = file.change.hunks[0]?.newStart ?? 1;
  return { path: file.path, line: isNear ? line : first, subject: rest.says, ...rest };
}

function faultsOf(workflow: Workflow): readonly Fault[] {
  const jobs = jobsOf(workflow);
  if (jobs.size === 0) return [{ line: 1, says: 'has no jobs' }];
  return [
    ...(triggersOf(workflow).size === 0 ? [{ line: 1, says: 'says nothing that starts it' }] : []),
    ...[...jobs.values()].flatMap((job) => [...jobFaults(job), ...missingNeeds(job, jobs)]),
    ...circle(jobs),
  ];
}

function jobFaults({ name, line, data }: Job): readonly Fault[] {
  if (data.kind !== 'map') return [];
  const isCall = data.entries.has('uses');
  const faults: Fault[] = [];
  if (!isCall && !data.entries.has('runs-on'))
    faults.push({ line, says: `gives job ${name} nothing to run on` });
  if (isCall && (data.entries.has('steps') || data.entries.has('runs-on')))
    faults.push({ line, says: `calls a workflow in job ${name} and has steps of its own` });
  if (!isCall && itemsOf(at(data, 'steps')).length === 0)
    faults.push({ line, says: `leaves job ${name} without steps` });
  return [...faults, ...stepFaults(name, itemsOf(at(data, 'steps')))];
}

function stepFaults(job: string, steps: readonly Data[]): readonly Fault[] {
  const ids = new Set<string>();
  return steps.flatMap((step) => {
    if (step.kind !== 'map') return [];
    const faults: Fault[] = [];
    const [runs, uses] = [step.entries.has('run'), step.entries.has('uses')];
    const { line } = step;
    if (runs === uses)
      faults.push({
        line,
        says: runs
          ? `has a step in job ${job} that both runs a script and uses an action`
          : `has a step in job ${job} that neither runs nor uses anything`,
      });
    const id = scalarAt(step, 'id');
    if (typeof id === 'string' && ids.has(id.toLowerCase()))
      faults.push({ line, says: `names two steps of job ${job} ${id}` });
    if (typeof id === 'string' && !/^[A-Za-z_][\w-]*$/.test(id))
      faults.push({
        line,
        says: `gives a step of job ${job} the name ${id.slice(0, 40)}, which cannot be one`,
      });
    ids.add(String(id).toLowerCase());
    return faults;
  });
}

function needsOf({ data }: Job): readonly string[] {
  const needs = at(data, 'needs');
  if (needs?.kind === 'scalar') return [String(needs.value)];
  return itemsOf(needs).flatMap((one) => (one.kind === 'scalar' ? [String(one.value)] : []));
}

function missingNeeds(job: Job, jobs: ReadonlyMap<string, Job>): readonly Fault[] {
  const known = new Set([...jobs.keys()].map((name) => name.toLowerCase()));
  const line = entryAt(job.data, 'needs')?.line ?? job.line;
  const missing = needsOf(job)
    .filter((name) => !known.has(name.toLowerCase()) && !name.includes('${{'))
    .map((name) => ({ line, says: `lets job ${job.name} wait for ${name}, which is no job here` }));
  return [...missing, ...unwaited(job, known)];
}

const readsNeeds = /\bneeds\.([A-Za-z_][\w-]*)\.(?:outputs|result)\b/g;
/** Values of one job that are looked at for what they read. */
const mostValues = 2_000;

// The result of a job that is not waited for is empty, and a condition on it is never met.
function unwaited(job: Job, known: ReadonlySet<string>): readonly Fault[] {
  const waited = new Set(needsOf(job).map((name) => name.toLowerCase()));
  const found = new Map<string, number>();
  for (const { text, line } of texts(job.data).slice(0, mostValues)) {
    for (const [, name = ''] of text.matchAll(readsNeeds)) {
      if (!waited.has(name.toLowerCase()) && !found.has(name)) found.set(name, line);
    }
  }
  return [...found].map(([name, line]) => ({
    line,
    says: `reads the result of ${name} in job ${job.name}, which ${known.has(name.toLowerCase()) ? 'does not wait for it' : 'waits for no such job'}`,
    severity: 'warn' as const,
    confidence: 0.8,
  }));
}

function texts(data: Data): readonly { readonly text: string; readonly line: number }[] {
  if (data.kind === 'map') return entriesIn(data).flatMap(([, { value }]) => texts(value));
  if (data.kind === 'list') return data.items.flatMap(texts);
  return typeof data.value === 'string' && data.value.includes('needs.')
    ? [{ text: data.value, line: data.line }]
    : [];
}

function circle(jobs: ReadonlyMap<string, Job>): readonly Fault[] {
  const done = new Set<string>();
  function visit(name: string, trail: readonly string[]): readonly string[] {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    const job = jobs.get(name);
    if (done.has(name) || job === undefined) return [];
    for (const next of needsOf(job)) {
      const found = visit(next, [...trail, name]);
      if (found.length > 0) return found;
    }
    done.add(name);
    return [];
  }
  for (const [name, { line }] of jobs) {
    const found = visit(name, []);
    if (found.length > 0)
      return [{ line, says: `lets jobs wait for each other: ${found.join(', ')}` }];
  }
  return [];
}
