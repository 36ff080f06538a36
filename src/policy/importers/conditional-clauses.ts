import type { Conditions } from './draft.ts';
import { askedBy, clausesOf, rulesOf } from './policy-bot-cases.ts';
import type { Applying, Clauses } from './policy-bot-cases.ts';
import type { Applies } from './policy-bot-conditions.ts';
import type { Requirement, Rule } from './policy-bot/policy-file.ts';

/** A choice between rules, and when it is asked; without conditions always. */
export interface ConditionalClause {
  readonly when: Conditions | null;
  readonly clause: readonly Rule[];
}

/** More different conditions under one entry would give more cases than a person can read. */
const MAX_CONDITIONS = 5;

/** Everything an entry of the approval list asks, each choice once; null when there are too many cases. */
export function conditionalClauses(
  entry: Requirement,
  applies: ReadonlyMap<Rule, Applies>,
): readonly ConditionalClause[] | null {
  const atoms = atomsOf(rulesOf(entry).flatMap((rule) => applies.get(rule)?.all ?? []));
  if (atoms.length > MAX_CONDITIONS && entry.kind !== 'rule') return null;
  const found = new Map<string, { whens: Conditions[]; clause: readonly Rule[] }>();
  for (const { when, clauses } of casesOf(entry, atoms, applies)) {
    for (const clause of clauses) {
      const key = JSON.stringify(clause.map((rule) => rule.name));
      const known = found.get(key) ?? { whens: [], clause };
      if (when.length > 0) known.whens.push(joined(when));
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ whens, clause }) => ({ when: anyOf(whens), clause }));
}

/** At least one of the conditions; null for none. */
export function anyOf(conditions: readonly Conditions[]): Conditions | null {
  const [only, ...more] = conditions;
  if (only === undefined) return null;
  return more.length === 0 ? only : { any: grouped(conditions) };
}

/** One way in which the conditions of an entry can turn out, and what is asked then. */
interface CaseOf {
  readonly when: readonly Conditions[];
  readonly clauses: Clauses;
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

/** All of the conditions. */
export function joined(pieces: readonly Conditions[]): Conditions {
  const keys = pieces.flatMap((piece) => Object.keys(piece));
  // All keys of one map must hold, so different ones need no list.
  return new Set(keys).size === keys.length ? Object.assign({}, ...pieces) : { all: pieces };
}

/** Lists in our language hold at most fifty conditions. */
function grouped(conditions: readonly Conditions[]): readonly Conditions[] {
  if (conditions.length <= 50) return conditions;
  return [...conditions.slice(0, 49), { any: grouped(conditions.slice(49)) }];
}
