import { anyOf, conditionalClauses, joined } from './conditional-clauses.ts';
import { addRule, note, printDraft, startDraft } from './draft.ts';
import type { Draft, Imported, Piece } from './draft.ts';
import { rulesOf } from './policy-bot-cases.ts';
import { appliesOf, pieceOf } from './policy-bot-conditions.ts';
import type { Applies } from './policy-bot-conditions.ts';
import { enterActors } from './policy-bot-people.ts';
import { isNobody, readPolicyFile } from './policy-bot/policy-file.ts';
import type { Disapproval, Requirement, Rule } from './policy-bot/policy-file.ts';

/** Most approvals a rule of ours may ask for. */
const MAX_APPROVALS = 20;

/**
 * Translates a policy-bot policy into our language, entry by entry. What cannot be said is noted and
 * asked for all the same: the result never asks for less than policy-bot did.
 */
export function importPolicyBot(policyText: string): Imported | { readonly parseError: string } {
  const file = readPolicyFile(policyText);
  if ('parseError' in file) return file;
  const draft = startDraft();
  const entries = file.approval?.kind === 'and' ? file.approval.children : [];
  const applies = new Map<Rule, Applies>();
  for (const rule of entries.flatMap(rulesOf)) {
    if (applies.has(rule)) continue;
    applies.set(rule, appliesOf(draft, rule));
    noteOptions(draft, rule);
  }
  const seen = new Set<string>();
  for (const entry of entries) {
    // The same entry again asks nothing new.
    const key = JSON.stringify(entry);
    if (!seen.has(key)) importEntry(draft, entry, applies);
    seen.add(key);
  }
  importNoMatch(draft, applies);
  importDisapproval(draft, file.disapproval);
  return printDraft(draft, 'Imported from a policy of policy-bot.');
}

function importEntry(draft: Draft, entry: Requirement, applies: ReadonlyMap<Rule, Applies>): void {
  const rules = rulesOf(entry);
  const clauses = conditionalClauses(entry, applies);
  if (clauses === null) {
    const why = 'too many conditional alternatives; every one of them is asked instead';
    note(draft, rules[0]?.name ?? null, why);
    for (const rule of rules) importEntry(draft, { kind: 'rule', rule }, applies);
    return;
  }
  for (const { when, clause } of clauses) {
    const name = clause.map((rule) => rule.name).join(' or ');
    addRule(draft, name, { ...(when === null ? {} : { when }), require: requireOf(draft, clause) });
  }
}

/** The ways to satisfy a clause, one below the other. */
function requireOf(draft: Draft, clause: readonly Rule[]): Piece {
  const [first, ...others] = clause;
  if (first === undefined) return { approvals: 0 };
  const own = bundleOf(draft, first);
  return others.length === 0 ? own : { ...own, or: requireOf(draft, others) };
}

function bundleOf(draft: Draft, rule: Rule): { readonly [key: string]: Piece } {
  const checks = checksOf(draft, rule);
  if (rule.count <= 0) return { checks };
  const names = enterActors(draft, rule.approvers, rule.name);
  if (names.length === 0) {
    note(
      draft,
      rule.name,
      'no actor is listed, so nobody can approve it; a check that never passes says so',
    );
    return { checks: [...checks, nameOr(`policy-bot: no approvers for ${rule.name}`, '')] };
  }
  if (rule.count > MAX_APPROVALS) {
    note(
      draft,
      rule.name,
      `${rule.count} approvals cannot be asked; ${MAX_APPROVALS} are, and a check besides`,
    );
    checks.push(nameOr(`policy-bot: ${rule.count} approvals for ${rule.name}`, ''));
  }
  const approvals = Math.min(rule.count, MAX_APPROVALS);
  return { approvals, from: names.join(' or '), ...(checks.length > 0 ? { checks } : {}) };
}

function checksOf(draft: Draft, rule: Rule): string[] {
  return rule.conditions.flatMap((condition) => {
    const { kind } = condition;
    if (
      kind === 'has_status' ||
      kind === 'has_successful_status' ||
      kind === 'has_workflow_result'
    ) {
      if (condition.conclusions.some((each) => each !== 'success')) {
        note(
          draft,
          rule.name,
          `the checks ${condition.names.join(', ')} must succeed; other conclusions do not count`,
        );
      }
      return condition.names.map((name) =>
        nameOr(name, `policy-bot: ${rule.name} / a check without a name`),
      );
    }
    const name = nameOr(`policy-bot: ${rule.name} / ${kind}`, kind);
    note(
      draft,
      rule.name,
      `the required condition ${kind} is asked as the check "${name}", which something must report`,
    );
    return [name];
  });
}

/** Our language trims names and keeps them short; a name that is lost stays a check, which nothing reports. */
function nameOr(name: string, instead: string): string {
  return (name.trim() || instead).slice(0, 500);
}

/** policy-bot reports an error when every rule is skipped; nothing may land then. */
function importNoMatch(draft: Draft, applies: ReadonlyMap<Rule, Applies>): void {
  // A rule of which nobody can tell whether it applies is no proof that one does.
  const certain = [...applies.values()].filter(({ more }) => !more);
  if (applies.size === 0 || certain.some(({ all }) => all.length === 0)) return;
  const conditions = certain.map(({ all }) => joined(all));
  const any = anyOf(conditions);
  const when = any === null ? {} : { when: { not: any } };
  const check = 'policy-bot: a rule matches';
  addRule(draft, 'At least one rule must match', { ...when, require: { checks: [check] } });
  const told =
    conditions.length === applies.size ? 'which nothing reports' : 'report it where one does';
  note(
    draft,
    null,
    `where no rule matches, policy-bot fails; so does the check "${check}", ${told}`,
  );
}

function importDisapproval(draft: Draft, disapproval: Disapproval): void {
  for (const predicate of disapproval.predicates) {
    const pieces = pieceOf(draft, predicate, 'disapproval');
    const check = `policy-bot: no disapproval by ${predicate.kind}`;
    const condition = pieces === null || pieces.length === 0 ? {} : { when: joined(pieces) };
    addRule(draft, `Disapproved when ${predicate.kind}`, {
      ...condition,
      require: { checks: [check] },
    });
    if (pieces === null) {
      note(
        draft,
        'disapproval',
        `the condition ${predicate.kind} cannot be said; the check "${check}" is always asked`,
      );
    }
  }
  if (isNobody(disapproval.actors)) return;
  const check = 'policy-bot: not disapproved';
  addRule(draft, 'Nobody has disapproved', { require: { checks: [check] } });
  note(
    draft,
    'disapproval',
    `people cannot veto here; the check "${check}" is always asked, so let policy-bot or your forge report it`,
  );
}

function noteOptions(draft: Draft, { name, options, count, description }: Rule): void {
  if (description !== '') note(draft, name, `its description was: ${description}`);
  if (count <= 0) return;
  const { methods, requestReview } = options;
  const allowed =
    options.allowAuthor || options.allowContributor || options.allowNonAuthorContributor;
  if (allowed) note(draft, name, 'approvals by the author or a committer never count here');
  if (!options.invalidateOnPush) {
    note(draft, name, 'an approval does not survive a later push that changes reviewed lines');
  }
  const patterns = [methods.commentPatterns, methods.bodyPatterns, methods.reviewPatterns];
  if (
    methods.comments.length > 0 ||
    patterns.some((list) => list.length > 0) ||
    !methods.githubReview
  ) {
    note(draft, name, 'only reviews approve here; comments, texts and patterns do not');
  }
  if (options.ignoreUpdateMerges || !isNobody(options.ignoreCommitsBy)) {
    note(
      draft,
      name,
      'which commits are ignored cannot be said; clean merges of the target branch are',
    );
  }
  if (requestReview.enabled) {
    note(draft, name, `reviewers are proposed by expertise, not by the mode ${requestReview.mode}`);
  }
}
