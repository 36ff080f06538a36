import { at, itemsOf } from '../data.ts';
import type { Data } from '../data.ts';
import type { Scene } from '../guard.ts';
import { jobsOf, triggersOf, workflows } from '../workflow/workflow.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { checkOf } from './ci-file.ts';
import type { Opening } from './opening.ts';

/** What a workflow no longer waits for before it ships, and changes for which its checks no longer run. */
export function gatesSkipped(scene: Scene): readonly (Opening & { readonly path: string })[] {
  return workflows(scene).flatMap(({ now, was }) =>
    was === null
      ? []
      : [...unwaited(now, was), ...unasked(now, was)].map((one) => ({
          ...one,
          path: now.file.path,
        })),
  );
}

const ships = /deploy|publish|release|ship|promote|rollout|push-image|upload/i;
const checks = /test|check|lint|verify|e2e|spec|audit|scan|security|qa|quality|validate|build/i;

function unwaited(now: Workflow, was: Workflow): readonly Opening[] {
  const [jobs, old] = [jobsOf(now), jobsOf(was)];
  return [...jobs.values()].flatMap(({ name, line, data }) => {
    const before = old.get(name);
    if (before === undefined || !ships.test(name)) return [];
    const waits = reach(name, jobs);
    return needsOf(before.data)
      .filter((need) => checks.test(need) && jobs.has(need) && !waits.has(need))
      .map((need) => ({
        line: at(data, 'needs')?.line ?? line,
        says: `lets job ${name} run without waiting for ${need}`,
        subject: `${name} needs ${need}`,
      }));
  });
}

function needsOf(data: Data): readonly string[] {
  const needs = at(data, 'needs');
  if (needs?.kind === 'scalar') return [String(needs.value)];
  return itemsOf(needs).flatMap((one) => (one.kind === 'scalar' ? [String(one.value)] : []));
}

function reach(name: string, jobs: ReturnType<typeof jobsOf>): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const job = jobs.get(next);
    if (job === undefined) continue;
    for (const need of needsOf(job.data)) {
      if (seen.has(need)) continue;
      seen.add(need);
      open.push(need);
    }
  }
  return seen;
}

// Checks that ran for each pull request and now wait for somebody to start them, or for the merge.
function unasked(now: Workflow, was: Workflow): readonly Opening[] {
  const [triggers, old] = [triggersOf(now), triggersOf(was)];
  if (!asks(old) || asks(triggers)) return [];
  if (!now.source.lines.some((text) => checkOf(text) === 'tests')) return [];
  if (triggers.has('workflow_call') || triggers.size === 0) return [];
  const line = [...triggers.values()][0] ?? 1;
  const says = `no longer runs its tests for pull requests, only for ${[...triggers.keys()].join(', ')}`;
  return [{ line, says, subject: 'pull requests', severity: 'warn', confidence: 0.6 }];
}

function asks(triggers: ReadonlyMap<string, number>): boolean {
  return ['pull_request', 'pull_request_target', 'merge_group'].some((name) => triggers.has(name));
}
