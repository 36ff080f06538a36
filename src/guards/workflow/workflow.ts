import { at, dataOf, entriesIn, entryAt, itemsOf } from '../data.ts';
import type { Data, DataEntry, DataMap } from '../data.ts';
import type { ChangedFile, Scene, Source } from '../guard.ts';

/** A GitHub Actions workflow or composite action. */
export interface Workflow {
  readonly data: DataMap;
  readonly file: ChangedFile;
  readonly source: Source;
}

export interface Job {
  readonly name: string;
  readonly line: number;
  readonly data: Data;
}

export interface Step {
  readonly job: string;
  readonly data: Data;
}

const workflowPath = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/;
const actionPath = /(?:^|\/)action\.ya?ml$/;

/** The workflows a change touches, as they are after it, each with its form before where there was one. */
export function workflows(
  scene: Scene,
): readonly { readonly now: Workflow; readonly was: Workflow | null }[] {
  return scene.files.flatMap((file) => {
    if (!workflowPath.test(file.path) && !actionPath.test(file.path)) return [];
    const now = read(file, file.after, scene);
    return now === null ? [] : [{ now, was: read(file, file.before, scene) }];
  });
}

function read(file: ChangedFile, source: Source | null, scene: Scene): Workflow | null {
  if (source === null) return null;
  const documents = dataOf(source);
  if (documents === null && source === file.after) {
    scene.report({ what: file.path, why: 'it is not well-formed YAML' });
  }
  const data = documents?.[0];
  return data?.kind === 'map' ? { data, file, source } : null;
}

// YAML 1.1 readers take the key `on` for a boolean; ours keeps it, but files may quote it.
/** What starts a workflow, each trigger with the line it is named on. */
export function triggersOf({ data }: Workflow): ReadonlyMap<string, number> {
  const entry = entryAt(data, 'on') ?? entryAt(data, 'true');
  if (entry === null) return new Map();
  const { value } = entry;
  if (value.kind === 'scalar') return new Map([[String(value.value), value.line]]);
  if (value.kind === 'map')
    return new Map([...value.entries].map(([name, { line }]) => [name, line]));
  return new Map(
    value.items.map((item) => [item.kind === 'scalar' ? String(item.value) : '', item.line]),
  );
}

/** Jobs by name. */
export function jobsOf({ data }: Workflow): ReadonlyMap<string, Job> {
  return new Map(
    entriesIn(at(data, 'jobs')).map(([name, { line, value }]) => [
      name,
      { name, line, data: value },
    ]),
  );
}

/** All steps: of each job, or of a composite action. */
export function stepsOf(workflow: Workflow): readonly Step[] {
  const ofJobs = [...jobsOf(workflow).values()].flatMap(({ name, data }) =>
    itemsOf(at(data, 'steps')).map((step) => ({ job: name, data: step })),
  );
  const ofAction = itemsOf(at(workflow.data, 'runs', 'steps')).map((step) => ({
    job: '',
    data: step,
  }));
  return [...ofJobs, ...ofAction];
}

/** The `permissions` of a workflow or job. */
export function permissionsOf(data: Data): DataEntry | null {
  return entryAt(data, 'permissions');
}
