import { at, entriesIn, entryAt, scalarAt } from '../data.ts';
import { stepsOf } from './workflow.ts';
import type { Workflow } from './workflow.ts';

/** How firmly a reference holds: a commit never moves, a tag may, a branch does. */
export type Hold = 'commit' | 'tag' | 'branch';

/** An action or a reusable workflow that a workflow calls: `owner/name/path@ref`. */
export interface ActionReference {
  /** Owner, repository and path, without the reference. */
  readonly name: string;
  readonly ref: string;
  readonly hold: Hold;
  readonly line: number;
  /** GitHub's own actions, which run where the runner's own code comes from. */
  readonly isOfGithub: boolean;
}

/** What a workflow calls from other repositories. Actions of its own repository and images are left out. */
export function actionReferences(workflow: Workflow): readonly ActionReference[] {
  const jobs = entriesIn(at(workflow.data, 'jobs')).map(([, { value }]) => value);
  const places = [...stepsOf(workflow).map(({ data }) => data), ...jobs];
  return places.flatMap((place) => {
    const text = scalarAt(place, 'uses');
    if (typeof text !== 'string') return [];
    const [, name, ref] = /^([\w.-]+\/[\w./-]+)@([^\s@]+)$/.exec(text.trim()) ?? [];
    if (name === undefined || ref === undefined) return [];
    const line = entryAt(place, 'uses')?.line ?? place.line;
    const isOfGithub = /^(?:actions|github)\//i.test(name);
    return [{ name, ref, hold: holdOf(ref), line, isOfGithub }];
  });
}

function holdOf(ref: string): Hold {
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(ref)) return 'commit';
  return /^v?\d+(?:\.\d+)*(?:[-+.][\w.-]+)?$|@v?\d/.test(ref) ? 'tag' : branchOrTag(ref);
}

// `release/v1` is a branch that many actions tell their users to name; it moves like a tag of a major version.
function branchOrTag(ref: string): Hold {
  return /\d/.test(ref) ? 'tag' : 'branch';
}
