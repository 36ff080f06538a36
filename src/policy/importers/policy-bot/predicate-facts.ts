import { failed } from './facts.ts';
import type { Loaded, PolicyBotFacts } from './facts.ts';
import { anyFound } from './pattern.ts';
import type { Pattern } from './pattern.ts';
import type { Comparison, Predicate } from './predicate.ts';
import { byBytes, fails, goQuoted, holds } from './satisfied.ts';
import type { Satisfaction } from './satisfied.ts';

type Answer = Loaded<Satisfaction>;
type Of<K extends Predicate['kind']> = Predicate & { readonly kind: K };

/** Some file (`changed_files`), or none of them (`no_changed_files`), matches and is not ignored. */
export function changedFiles(
  predicate: Of<'changed_files' | 'no_changed_files'>,
  facts: PolicyBotFacts,
): Answer {
  if ('error' in facts.files) return failed('failed to list changed files', facts.files);
  const { paths, ignore } = predicate;
  const hit = facts.files.find(({ path }) => !anyFound(ignore, path) && anyFound(paths, path));
  if (predicate.kind === 'changed_files') {
    if (hit === undefined) return fails('No changed files match the required patterns');
    return holds(`${hit.path} was changed`);
  }
  if (hit === undefined) return holds('No changed files match the specified patterns');
  return fails(`${hit.path} was changed`);
}

/** Every changed file matches, and there is one. */
export function onlyChangedFiles(paths: readonly Pattern[], facts: PolicyBotFacts): Answer {
  if ('error' in facts.files) return failed('failed to list changed files', facts.files);
  if (facts.files.length === 0) return fails('No files changed');
  const all = facts.files.every(({ path }) => anyFound(paths, path));
  return all ? holds() : fails('A changed file does not match the required pattern');
}

/** Any of the given comparisons holds for the sums over all files. */
export function modifiedLines(predicate: Of<'modified_lines'>, facts: PolicyBotFacts): Answer {
  if ('error' in facts.files) return failed('failed to list changed files', facts.files);
  const added = facts.files.reduce((sum, file) => sum + file.added, 0);
  const deleted = facts.files.reduce((sum, file) => sum + file.deleted, 0);
  const any =
    compares(predicate.additions, added) ||
    compares(predicate.deletions, deleted) ||
    compares(predicate.total, added + deleted);
  return any ? holds() : fails();
}

function compares(comparison: Comparison | null, value: number): boolean {
  switch (comparison?.operator) {
    case undefined:
      return false;
    case '<':
      return value < (comparison?.value ?? 0);
    case '>':
      return value > (comparison?.value ?? 0);
    case '=':
      return value === comparison?.value;
  }
}

/** The branch's name matches. */
export function branchMatches(
  predicate: Of<'targets_branch' | 'from_branch'>,
  facts: PolicyBotFacts,
): Answer {
  const { kind, pattern } = predicate;
  const name = kind === 'targets_branch' ? facts.base : facts.head;
  if (pattern.found(name)) return holds();
  const [quoted, wanted] = [goQuoted(name), goQuoted(pattern.source)];
  return fails(
    kind === 'targets_branch'
      ? `Target branch ${quoted} does not match required pattern ${wanted}`
      : `Source branch ${quoted} does not match specified from_branch pattern ${wanted}`,
  );
}

/** All statuses are there and ended in an allowed way. */
export function statusesConcluded(
  predicate: Of<'has_status' | 'has_successful_status'>,
  facts: PolicyBotFacts,
): Answer {
  if ('error' in facts.statuses) return failed('failed to list commit statuses', facts.statuses);
  const statuses = facts.statuses;
  const { names, conclusions } = predicate;
  const missing = names.filter((name) => !statuses.has(name));
  if (missing.length > 0) return fails(`One or more statuses is missing: ${missing.join(', ')}`);
  const allowed = conclusions.length === 0 ? ['success'] : conclusions;
  const failing = names.filter((name) => !allowed.includes(statuses.get(name) ?? ''));
  if (failing.length === 0) return holds();
  return fails(
    `One or more statuses has not concluded with ${alternatives(conclusions)}: ${failing.join(',')}`,
  );
}

/** All workflows ran, and the latest run for each event ended in an allowed way. */
export function workflowsConcluded(
  { names, conclusions }: Of<'has_workflow_result'>,
  facts: PolicyBotFacts,
): Answer {
  if ('error' in facts.workflows) {
    return failed('failed to list latest workflow runs', facts.workflows);
  }
  const runs = facts.workflows;
  const missing = names.filter((name) => !runs.has(name));
  if (missing.length > 0) {
    return fails(`One or more workflow runs are missing: ${missing.join(', ')}`);
  }
  const allowed = conclusions.length === 0 ? ['success'] : conclusions;
  // A workflow is named once for each run that failed.
  const failing = names.flatMap((name) => {
    return (runs.get(name) ?? []).filter((ended) => !allowed.includes(ended)).map(() => name);
  });
  if (failing.length === 0) return holds();
  return fails(
    `One or more workflow runs have not concluded with ${alternatives(conclusions)}: ${failing.join(',')}`,
  );
}

/** "a, b, or c" of the conclusions as given; of the default, policy-bot prints nothing. */
function alternatives(conclusions: readonly string[]): string {
  const sorted = conclusions.toSorted(byBytes);
  if (sorted.length <= 2) return sorted.join(' or ');
  return `${sorted.slice(0, -1).join(', ')}, or ${sorted.at(-1)}`;
}

/** All wanted labels are on the pull request, in any case of letters. */
export function labelled(wanted: readonly string[], facts: PolicyBotFacts): Answer {
  if (wanted.length === 0) return holds();
  if ('error' in facts.labels) return failed('failed to list pull request labels', facts.labels);
  const present = new Set(facts.labels.map(lowerCase));
  const missing = wanted.find((label) => !present.has(lowerCase(label)));
  return missing === undefined ? holds() : fails(`Missing label: ${missing}`);
}

/** Letter by letter, as Go does it; JavaScript treats a final sigma otherwise. */
function lowerCase(text: string): string {
  return Array.from(text, (letter) => {
    return String.fromCodePoint(letter.toLowerCase().codePointAt(0) ?? 0);
  }).join('');
}

/** Title or repository matches one of `matches`, or none of `not_matches`. */
export function textMatches(predicate: Of<'repository' | 'title'>, facts: PolicyBotFacts): Answer {
  const text = predicate.kind === 'title' ? facts.title : facts.repository;
  const name = predicate.kind === 'title' ? 'Title' : 'Repository';
  const { matches, notMatches } = predicate;
  if (anyFound(matches, text)) return holds(`PR ${name} matches a Match pattern`);
  if (notMatches.length > 0 && !anyFound(notMatches, text)) {
    return holds(`PR ${name} doesn't match a NotMatch pattern`);
  }
  return fails();
}
