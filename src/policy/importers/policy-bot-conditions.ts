import type { Rule } from './policy-bot/policy-file.ts';
import type { Predicate } from './policy-bot/predicate.ts';
import type { Pattern } from './policy-bot/pattern.ts';
import { enterArea, note } from './draft.ts';
import type { Conditions, Draft } from './draft.ts';
import { globsOf, starredOf } from './path-globs.ts';
import { enterActors } from './policy-bot-people.ts';

/** When a rule applies, as far as it can be said. */
export interface Applies {
  /** Conditions that must all hold; none for a rule that always applies. */
  readonly all: readonly Conditions[];
  /** True when there are more conditions, which cannot be said here. */
  readonly more: boolean;
}

/** Translates the conditions of a rule, noting each one that cannot be said. */
export function appliesOf(draft: Draft, rule: Rule): Applies {
  const pieces = rule.predicates.map((predicate) => {
    const piece = pieceOf(draft, predicate, rule.name);
    if (piece === null) {
      const instead = hints.get(predicate.kind) ?? 'the rule applies as if it held';
      note(draft, rule.name, `the condition ${predicate.kind} cannot be said; ${instead}`);
    }
    return piece;
  });
  const all = pieces.filter((piece) => piece !== null).flat();
  return { all, more: pieces.includes(null) };
}

const hints: ReadonlyMap<Predicate['kind'], string> = new Map([
  [
    'modified_lines',
    'the rule applies as if it held (added, deleted and lines come close, but leave generated files out)',
  ],
  ['has_status', 'the rule applies as if it held (a check can be required, not asked about)'],
]);

/** One predicate as conditions that must all hold; null when it cannot be said exactly. */
export function pieceOf(
  draft: Draft,
  predicate: Predicate,
  rule: string,
): readonly Conditions[] | null {
  switch (predicate.kind) {
    case 'changed_files':
    case 'no_changed_files': {
      const area = areaOf(draft, rule, predicate);
      if (area === null) return null;
      note(draft, rule, 'a renamed file counts under its old name too');
      return predicate.kind === 'changed_files'
        ? [{ touches: area }]
        : [{ not: { touches: area } }];
    }
    case 'only_changed_files': {
      const area = areaOf(draft, rule, { paths: predicate.paths, ignore: [] });
      return area === null ? null : [{ only: area }];
    }
    case 'has_author_in': {
      const names = enterActors(draft, predicate.actors, rule);
      return names.length === 0 ? null : [{ author: names }];
    }
    case 'targets_branch': {
      const names = starredOf(predicate.pattern.source);
      return names === null || predicate.pattern.source === '' ? null : [{ branch: names }];
    }
    case 'has_labels': {
      const plain = predicate.labels.every((label) => /^[^\s*](?:[^*]{0,400}[^\s*])?$/.test(label));
      return plain ? predicate.labels.map((label) => ({ labels: label })) : null;
    }
    case 'has_contributor_in':
    case 'only_has_contributors_in':
    case 'author_is_only_contributor':
    case 'from_branch':
    case 'modified_lines':
    case 'has_status':
    case 'has_successful_status':
    case 'has_workflow_result':
    case 'repository':
    case 'title':
    case 'has_valid_signatures':
    case 'has_valid_signatures_by':
    case 'has_valid_signatures_by_keys':
      return null;
  }
}

function areaOf(
  draft: Draft,
  rule: string,
  { paths, ignore }: { readonly paths: readonly Pattern[]; readonly ignore: readonly Pattern[] },
): string | null {
  const wanted = paths.map(({ source }) => globsOf(source));
  const barred = ignore.map(({ source }) => globsOf(source));
  if (wanted.length === 0 || wanted.includes(null) || barred.includes(null)) return null;
  const out = barred.flatMap((globs) => globs ?? []).map((glob) => `!${glob}`);
  return enterArea(draft, `${rule} files`, [...wanted.flatMap((globs) => globs ?? []), ...out]);
}
