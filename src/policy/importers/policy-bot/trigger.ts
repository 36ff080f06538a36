import { isNobody } from './policy-file.ts';
import type { Disapproval, Methods, PolicyFile, Requirement, Rule } from './policy-file.ts';
import type { Predicate } from './predicate.ts';

const bits = { Commit: 1, Comment: 2, Review: 4, Label: 8, Status: 16, PullRequest: 32 } as const;

/** The events after which policy-bot evaluates again, as it prints them. */
export function triggerOf(policy: PolicyFile): string {
  const tree = policy.approval === null ? 0 : ofRequirement(policy.approval);
  const set = tree | ofDisapproval(policy.disapproval);
  const names = Object.entries(bits).filter(([, bit]) => (set & bit) !== 0);
  return `Trigger(0x${set.toString(16)}=${names.map(([name]) => name).join('|') || 'Static'})`;
}

function ofRequirement(requirement: Requirement): number {
  if (requirement.kind === 'rule') return ofRule(requirement.rule);
  return requirement.children.reduce((set, child) => set | ofRequirement(child), 0);
}

function ofRule(rule: Rule): number {
  const people = rule.count > 0 ? ofApproval(rule.options.methods) : 0;
  return bits.Commit | people | ofPredicates([...rule.predicates, ...rule.conditions]);
}

function ofApproval(methods: Methods): number {
  const comments = methods.comments.length > 0 || methods.commentPatterns.length > 0;
  const reviews = methods.githubReview || methods.reviewPatterns.length > 0;
  return (
    (comments ? bits.Comment : 0) |
    (methods.bodyPatterns.length > 0 ? bits.PullRequest : 0) |
    (reviews ? bits.Review : 0)
  );
}

// Patterns of disapproval do not count here: policy-bot looks at the two plain methods only.
function ofDisapproval({ predicates, actors, disapprove, revoke }: Disapproval): number {
  const methods = isNobody(actors) ? [] : [disapprove, revoke];
  const comments = methods.some((each) => each.comments.length > 0) ? bits.Comment : 0;
  const reviews = methods.some((each) => each.githubReview) ? bits.Review : 0;
  return bits.Commit | comments | reviews | ofPredicates(predicates);
}

function ofPredicates(predicates: readonly Predicate[]): number {
  return predicates.reduce((set, predicate) => set | ofPredicate(predicate), 0);
}

function ofPredicate(predicate: Predicate): number {
  switch (predicate.kind) {
    case 'has_author_in':
    case 'from_branch':
      return 0;
    case 'targets_branch':
    case 'repository':
    case 'title':
      return bits.PullRequest;
    case 'has_labels':
      return bits.Label;
    case 'has_status':
    case 'has_successful_status':
    case 'has_workflow_result':
      return bits.Status;
    case 'changed_files':
    case 'no_changed_files':
    case 'only_changed_files':
    case 'has_contributor_in':
    case 'only_has_contributors_in':
    case 'author_is_only_contributor':
    case 'modified_lines':
    case 'has_valid_signatures':
    case 'has_valid_signatures_by':
    case 'has_valid_signatures_by_keys':
      return bits.Commit;
  }
}
