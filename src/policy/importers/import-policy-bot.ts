import { addRule, note, printDraft, startDraft } from './draft.ts';
import type { Conditions, Draft, Imported, Piece } from './draft.ts';
import { askedBy, clausesOf, rulesOf } from './policy-bot-cases.ts';
import type { Applying, Clauses } from './policy-bot-cases.ts';
import { appliesOf, pieceOf } from './policy-bot-conditions.ts';
import type { Applies } from './policy-bot-conditions.ts';
import { enterActors } from './policy-bot-people.ts';
import { isNobody, readPolicyFile } from './policy-bot/policy-file.ts';
import type { Disapproval, Requirement, Rule } from './policy-bot/policy-file.ts';

/** More different conditions under one entry would give more cases than a person can read. */
const MAX_CONDITIONS = 5;

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
  const asked = atomsOf(rules.flatMap((rule) => applies.get(rule)?.all ?? []));
  const [first] = rules;
  if (asked.length > MAX_CONDITIONS && entry.kind !== 'rule' && first !== undefined) {
    const why = 'too many conditional alternatives; every one of them is asked instead';
    note(draft, first.name, why);
    for (const rule of rules) importEntry(draft, { kind: 'rule', rule }, applies);
    return;
  }
  for (const { whens, clause } of clausesWithConditions(casesOf(entry, asked, applies))) {
    const [only, ...more] = whens;
    const condition =
      only === undefined ? {} : { when: more.length === 0 ? only : { any: grouped(whens) } };
    const name = clause.map((rule) => rule.name).join(' or ');
    addRule(draft, name, { ...condition, require: requireOf(draft, clause) });
  }
}

/** One way in which the conditions of an entry can turn out, and what is asked then. */
interface CaseOf {
  readonly when: readonly Conditions[];
  readonly clauses: Clauses;
}

/** Each choice that is asked anywhere, once, with the cases in which it is; none means always. */
function clausesWithConditions(
  cases: readonly CaseOf[],
): readonly { readonly whens: readonly Conditions[]; readonly clause: readonly Rule[] }[] {
  const found = new Map<string, { whens: Conditions[]; clause: readonly Rule[] }>();
  for (const { when, clauses } of cases) {
    for (const clause of clauses) {
      const key = JSON.stringify(clause.map((rule) => rule.name));
      const known = found.get(key) ?? { whens: [], clause };
      if (when.length > 0) known.whens.push(joined(when));
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** The different conditions, each without its `not`. */
function atomsOf(conditions: readonly Conditions[]): readonly Conditions[] {
  const atoms = new Map(
    conditions.map((condition) => {
      const { atom } = literalOf(condition);
      return [JSON.stringify(atom), atom] as const;
    }),
  );
  return [...atoms.values()];
}

function literalOf(condition: Conditions): { readonly atom: Conditions; readonly holds: boolean } {
  const { not } = condition;
  if (typeof not !== 'object' || Array.isArray(not)) return { atom: condition, holds: true };
  return { atom: { ...(not as Conditions) }, holds: false };
}

function casesOf(
  entry: Requirement,
  atoms: readonly Conditions[],
  applies: ReadonlyMap<Rule, Applies>,
): readonly CaseOf[] {
  const decided = new Map<string, boolean>();

  function applying(rule: Rule): Applying {
    const { all = [], more = false } = applies.get(rule) ?? {};
    const off = all.some((condition) => {
      const { atom, holds } = literalOf(condition);
      return decided.get(JSON.stringify(atom)) === !holds;
    });
    return off ? 'no' : more ? 'maybe' : 'yes';
  }

  function split(at: number): readonly CaseOf[] {
    const atom = atoms[at];
    if (atom === undefined) {
      const clauses = clausesOf(askedBy(entry, applying)) ?? everyRule(entry, applying);
      return [{ when: [], clauses }];
    }
    const key = JSON.stringify(atom);
    decided.set(key, true);
    const holding = split(at + 1);
    decided.set(key, false);
    const failing = split(at + 1);
    decided.delete(key);
    if (sameCases(holding, failing)) return holding;
    return [
      ...holding.map((each) => ({ ...each, when: [atom, ...each.when] })),
      ...failing.map((each) => ({ ...each, when: [{ not: atom }, ...each.when] })),
    ];
  }

  return split(0);
}

function everyRule(entry: Requirement, applying: (rule: Rule) => Applying): Clauses {
  return rulesOf(entry)
    .filter((rule) => applying(rule) !== 'no')
    .map((rule) => [rule]);
}

function sameCases(one: readonly CaseOf[], other: readonly CaseOf[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function joined(pieces: readonly Conditions[]): Conditions {
  const keys = pieces.flatMap((piece) => Object.keys(piece));
  // All keys of one map must hold, so different ones need no list.
  return new Set(keys).size === keys.length ? Object.assign({}, ...pieces) : { all: pieces };
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
    return { checks: [...checks, `policy-bot: ${rule.name} has no approvers`] };
  }
  if (rule.count > MAX_APPROVALS) {
    note(
      draft,
      rule.name,
      `${rule.count} approvals cannot be asked; ${MAX_APPROVALS} are, and a check besides`,
    );
    checks.push(`policy-bot: ${rule.name} has ${rule.count} approvals`);
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
      return condition.names.filter((name) => name !== '');
    }
    const name = `policy-bot: ${rule.name} / ${kind}`;
    note(
      draft,
      rule.name,
      `the required condition ${kind} is asked as the check "${name}", which something must report`,
    );
    return [name];
  });
}

/** policy-bot reports an error when every rule is skipped; nothing may land then. */
function importNoMatch(draft: Draft, applies: ReadonlyMap<Rule, Applies>): void {
  // A rule of which nobody can tell whether it applies is no proof that one does.
  const certain = [...applies.values()].filter(({ more }) => !more);
  if (applies.size === 0 || certain.some(({ all }) => all.length === 0)) return;
  const conditions = certain.map(({ all }) => joined(all));
  const when = conditions.length === 0 ? {} : { when: { not: { any: grouped(conditions) } } };
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

/** Lists in our language hold at most fifty conditions. */
function grouped(conditions: readonly Conditions[]): readonly Conditions[] {
  if (conditions.length <= 50) return conditions;
  return [...conditions.slice(0, 49), { any: grouped(conditions.slice(49)) }];
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
