import { isActor, isError } from './actors.ts';
import { candidatesFor } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { evaluatePredicate } from './evaluate-predicate.ts';
import { failed } from './facts.ts';
import type { Loaded, PolicyBotFacts } from './facts.ts';
import { isNobody } from './policy-file.ts';
import type { Disapproval } from './policy-file.ts';
import type { Judged } from './result.ts';

const skipped = { name: 'disapproval', status: 'skipped', description: '' } as const;

/** Evaluates the one disapproval policy: any true predicate, else the last word of the actors. */
export function evaluateDisapproval(policy: Disapproval, facts: PolicyBotFacts): Judged {
  for (const predicate of policy.predicates) {
    const answer = evaluatePredicate(predicate, facts);
    if (isError(answer)) return { ...skipped, ...failed('failed to evaluate predicate', answer) };
    if (!answer.satisfied) continue;
    const description = answer.description || 'A precondition of this rule was satisfied';
    return { ...skipped, status: 'disapproved', description };
  }
  if (isNobody(policy.actors)) {
    const description = 'No disapproval policy is specified or the policy is empty';
    return { ...skipped, description };
  }
  return lastWord(policy, facts);
}

function lastWord(policy: Disapproval, facts: PolicyBotFacts): Judged {
  const heading = 'failed to compute disapproval status: failed to get last';
  const against = latest(policy, facts, 'disapprove');
  if ('error' in against) return { ...skipped, ...failed(`${heading} disapprover`, against) };
  if (against.length === 0) return { ...skipped, description: 'No disapprovals' };
  const revoking = latest(policy, facts, 'revoke');
  if ('error' in revoking) return { ...skipped, ...failed(`${heading} revoker`, revoking) };
  const since = against[0]?.at ?? 0;
  const revokedAt = revoking[0]?.at;
  if (revokedAt === undefined || since > revokedAt) {
    return { ...named('Disapproved by', against), status: 'disapproved' };
  }
  return named('Disapproval revoked by', revoking);
}

/** The actors who spoke last, more than one when they spoke at the same time. */
function latest(
  policy: Disapproval,
  facts: PolicyBotFacts,
  side: 'disapprove' | 'revoke',
): Loaded<readonly Candidate[]> {
  const state = side === 'disapprove' ? 'changes_requested' : 'approved';
  const candidates = candidatesFor(policy[side], facts, state);
  if ('error' in candidates) return candidates;
  const counted: Candidate[] = [];
  for (const candidate of candidates) {
    const may = isActor(policy.actors, facts, candidate.user);
    if (isError(may)) return failed('failed to check candidate status', may);
    if (may) counted.push(candidate);
  }
  const end = counted.at(-1)?.at;
  return counted.filter(({ at }) => at === end);
}

function named(verb: string, people: readonly Candidate[]): Judged {
  const descriptions = people.map(({ user }) => `${verb} ${user}`);
  const description = descriptions.at(-1) ?? '';
  if (descriptions.length < 2) return { ...skipped, description };
  return { ...skipped, description, freedom: { kind: 'choice', descriptions } };
}
