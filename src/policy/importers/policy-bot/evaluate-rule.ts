import { isActor, isError } from './actors.ts';
import { candidatesFor } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { filteredCommits } from './commits.ts';
import { evaluatePredicate } from './evaluate-predicate.ts';
import { failed, usersOf } from './facts.ts';
import type { Loaded, PolicyBotFacts } from './facts.ts';
import type { Rule } from './policy-file.ts';
import type { Judged } from './result.ts';

/** Evaluates one rule: skipped unless its predicates hold, then approved or pending. */
export function evaluateRule(rule: Rule, facts: PolicyBotFacts): Judged {
  const skipped = { name: rule.name, status: 'skipped', description: '' } as const;
  for (const predicate of rule.predicates) {
    const answer = evaluatePredicate(predicate, facts);
    if (isError(answer)) return { ...skipped, ...failed('failed to evaluate predicate', answer) };
    if (answer.satisfied) continue;
    const description = answer.description || 'A precondition of this rule was not satisfied';
    if (answer.descriptions === undefined) return { ...skipped, description };
    const freedom = { kind: 'choice', descriptions: answer.descriptions } as const;
    return { ...skipped, description, freedom };
  }
  const candidates = filteredCandidates(rule, facts);
  if (isError(candidates))
    return { ...skipped, ...failed('failed to filter candidates', candidates) };
  const tally = count(rule, candidates, facts);
  if (isError(tally)) {
    return { ...skipped, ...failed('failed to compute approval status', tally) };
  }
  return judge(rule, tally);
}

interface Tally {
  readonly candidates: number;
  readonly approvers: readonly Candidate[];
  readonly conditionsMet: number;
}

function judge(rule: Rule, tally: Tally): Judged {
  const { name, count, conditions } = rule;
  const people = count <= 0 || tally.approvers.length >= count;
  const approved = people && tally.conditionsMet === conditions.length;
  if (!approved) return { name, status: 'pending', description: whatIsMissing(rule, tally) };
  if (count <= 0 && conditions.length === 0) {
    return { name, status: 'approved', description: 'No approval required' };
  }
  const approvers = count > 0 ? [tally.approvers.map(({ user }) => user).join(', ')] : [];
  const parts = conditions.length > 0 ? [...approvers, 'required conditions'] : approvers;
  return {
    name,
    status: 'approved',
    description: `Approved by ${parts.join(' and ')}`,
    freedom: { kind: 'order', people: tally.approvers },
  };
}

function whatIsMissing({ count, conditions }: Rule, tally: Tally): string {
  const parts: string[] = [];
  if (count > 0) parts.push(`${tally.approvers.length}/${count} required approvals`);
  if (conditions.length > 0) {
    parts.push(`${tally.conditionsMet}/${conditions.length} required conditions`);
  }
  const ignored = tally.candidates - tally.approvers.length;
  if (count <= 0 || ignored <= 0) return parts.join(' and ');
  const approvals = ignored === 1 ? '1 approval' : `${ignored} approvals`;
  return `${parts.join(' and ')}. Ignored ${approvals} from disqualified users`;
}

function filteredCandidates(rule: Rule, facts: PolicyBotFacts): Loaded<readonly Candidate[]> {
  if (rule.count <= 0) return [];
  const { options } = rule;
  const all = candidatesFor(options.methods, facts, 'approved');
  if ('error' in all) return failed('failed to get approval candidates', all);
  const unedited = options.ignoreEditedComments ? all.filter(({ edited }) => !edited) : all;
  if (!options.invalidateOnPush) return unedited;
  const commits = filteredCommits(options, facts);
  if ('error' in commits) return commits;
  const newest = commits[0];
  if (newest === undefined) return unedited;
  const pushedAt = newest.pushedAt ?? facts.evaluatedAt;
  return unedited.filter(({ at }) => at > pushedAt);
}

function count(rule: Rule, candidates: readonly Candidate[], facts: PolicyBotFacts): Loaded<Tally> {
  const approvers = rule.count > 0 ? approversAmong(candidates, rule, facts) : [];
  if ('error' in approvers) return approvers;
  const answers = rule.conditions.map((condition) => evaluatePredicate(condition, facts));
  const error = answers.find((answer) => isError(answer));
  if (error !== undefined) return failed('failed to evaluate condition', error);
  const met = answers.filter((answer) => !isError(answer) && answer.satisfied);
  return { candidates: candidates.length, approvers, conditionsMet: met.length };
}

function approversAmong(
  candidates: readonly Candidate[],
  rule: Rule,
  facts: PolicyBotFacts,
): Loaded<readonly Candidate[]> {
  const barred = barredUsers(rule, facts);
  if (isError(barred)) return barred;
  const approvers: Candidate[] = [];
  for (const candidate of candidates) {
    if (barred.has(candidate.user)) continue;
    const may = isActor(rule.approvers, facts, candidate.user);
    if (isError(may)) return failed('failed to check candidate status', may);
    if (may) approvers.push(candidate);
  }
  return approvers;
}

function barredUsers({ options }: Rule, facts: PolicyBotFacts): Loaded<ReadonlySet<string>> {
  const authorMay = options.allowAuthor || options.allowContributor;
  const author = authorMay ? [] : [facts.author];
  if (options.allowContributor || options.allowNonAuthorContributor) return new Set(author);
  const commits = filteredCommits(options, facts);
  if ('error' in commits) return commits;
  const others = commits.flatMap(usersOf).filter((user) => user !== facts.author);
  return new Set([...author, ...others]);
}
