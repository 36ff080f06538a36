import type { Loaded, PolicyBotFacts } from './facts.ts';
import {
  branchMatches,
  changedFiles,
  labelled,
  modifiedLines,
  onlyChangedFiles,
  statusesConcluded,
  textMatches,
  workflowsConcluded,
} from './predicate-facts.ts';
import {
  authorAlone,
  authorIn,
  contributorIn,
  onlyContributorsIn,
  validSignatures,
  validSignaturesBy,
  validSignaturesByKeys,
} from './predicate-people.ts';
import type { Predicate } from './predicate.ts';
import type { Satisfaction } from './satisfied.ts';

/** Whether a predicate holds for the pull request, and what policy-bot would say. */
export function evaluatePredicate(
  predicate: Predicate,
  facts: PolicyBotFacts,
): Loaded<Satisfaction> {
  switch (predicate.kind) {
    case 'changed_files':
    case 'no_changed_files':
      return changedFiles(predicate, facts);
    case 'only_changed_files':
      return onlyChangedFiles(predicate.paths, facts);
    case 'has_author_in':
      return authorIn(predicate.actors, facts);
    case 'has_contributor_in':
      return contributorIn(predicate.actors, facts);
    case 'only_has_contributors_in':
      return onlyContributorsIn(predicate.actors, facts);
    case 'author_is_only_contributor':
      return authorAlone(predicate.wanted, facts);
    case 'targets_branch':
    case 'from_branch':
      return branchMatches(predicate, facts);
    case 'modified_lines':
      return modifiedLines(predicate, facts);
    case 'has_status':
    case 'has_successful_status':
      return statusesConcluded(predicate, facts);
    case 'has_workflow_result':
      return workflowsConcluded(predicate, facts);
    case 'has_labels':
      return labelled(predicate.labels, facts);
    case 'repository':
    case 'title':
      return textMatches(predicate, facts);
    case 'has_valid_signatures':
      return validSignatures(predicate.wanted, facts);
    case 'has_valid_signatures_by':
      return validSignaturesBy(predicate.actors, facts);
    case 'has_valid_signatures_by_keys':
      return validSignaturesByKeys(predicate.keyIds, facts);
  }
}
