import { evaluateDisapproval } from './evaluate-disapproval.ts';
import { evaluateRule } from './evaluate-rule.ts';
import type { PolicyBotFacts } from './facts.ts';
import { readPolicyFile } from './policy-file.ts';
import type { PolicyFile, Requirement } from './policy-file.ts';
import { plainResult } from './result.ts';
import type { BotResult, Judged } from './result.ts';
import { triggerOf } from './trigger.ts';

/** policy-bot's answer: the result tree and the printed trigger, or why the policy is none. */
export type Evaluation =
  | { readonly result: BotResult; readonly trigger: string }
  | { readonly parseError: string };

/** Evaluates a policy-bot policy over a pull request exactly as policy-bot does. */
export function evaluatePolicyBot(policyText: string, facts: PolicyBotFacts): Evaluation {
  const policy = readPolicyFile(policyText);
  if ('parseError' in policy) return policy;
  return { result: plainResult(judgePolicy(policy, facts)), trigger: triggerOf(policy) };
}

/** The result tree of a parsed policy. */
export function judgePolicy(policy: PolicyFile, facts: PolicyBotFacts): Judged {
  const disapproval = evaluateDisapproval(policy.disapproval, facts);
  const approval = judgeApproval(policy.approval, facts);
  const children = [approval, disapproval];
  const error = disapproval.error ?? approval.error;
  if (error !== undefined) {
    return { name: 'policy', status: 'skipped', description: '', error, children };
  }
  const { status, description, freedom } =
    disapproval.status === 'disapproved' ? disapproval : approval;
  return {
    name: 'policy',
    status,
    description,
    children,
    ...(freedom === undefined ? {} : { freedom }),
  };
}

function judgeApproval(tree: Requirement | null, facts: PolicyBotFacts): Judged {
  if (tree === null) {
    return { name: 'approval', status: 'approved', description: 'No approval policy defined' };
  }
  return { ...judgeRequirement(tree, facts), name: 'approval' };
}

function judgeRequirement(requirement: Requirement, facts: PolicyBotFacts): Judged {
  if (requirement.kind === 'rule') return evaluateRule(requirement.rule, facts);
  const children = requirement.children.map((child) => judgeRequirement(child, facts));
  const sound = children.filter((child) => child.error === undefined);
  const approved = sound.filter((child) => child.status === 'approved').length;
  const pending = sound.filter((child) => child.status === 'pending').length;
  const error = children.findLast((child) => child.error !== undefined)?.error;
  const failure = error === undefined ? {} : { error };
  if (requirement.kind === 'or') {
    const base = { name: 'or', children };
    if (approved > 0) {
      return { ...base, status: 'approved', description: 'One or more rules approved' };
    }
    if (pending > 0) {
      return { ...base, status: 'pending', description: 'None of the rules are satisfied' };
    }
    return { ...base, status: 'skipped', description: 'All of the rules are skipped', ...failure };
  }
  const base = { name: 'and', children, ...failure };
  if (pending > 0) {
    const description = `${approved}/${approved + pending} rules approved`;
    return { ...base, status: 'pending', description };
  }
  if (approved > 0) return { ...base, status: 'approved', description: 'All rules are approved' };
  return { ...base, status: 'skipped', description: 'All of the rules are skipped' };
}
