import type { Requirement, Rule } from './policy-bot/policy-file.ts';

/** What an approval tree asks when it is known which rules apply. */
export type Asked =
  | { readonly kind: 'skipped' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Asked[] };

/** Whether a rule applies: `maybe` where its conditions cannot be said. */
export type Applying = 'yes' | 'no' | 'maybe';

/** Each must be met, by any one of its rules. */
export type Clauses = readonly (readonly Rule[])[];

/** More than this, and a tree is taken apart into its rules, all of which are then asked. */
const MAX_CLAUSES = 24;

/** All rules of a tree, each once. */
export function rulesOf(tree: Requirement): readonly Rule[] {
  if (tree.kind === 'rule') return [tree.rule];
  return [...new Set(tree.children.flatMap(rulesOf))];
}

/** What the tree asks; never less than policy-bot would, whatever a `maybe` turns out to be. */
export function askedBy(tree: Requirement, applying: (rule: Rule) => Applying): Asked {
  return judge(tree, applying).asked;
}

interface Judged {
  readonly asked: Asked;
  /** False when it may turn out to be skipped. */
  readonly sure: boolean;
}

function judge(tree: Requirement, applying: (rule: Rule) => Applying): Judged {
  if (tree.kind === 'rule') {
    const { rule } = tree;
    const applies = applying(rule);
    if (applies === 'no') return { asked: { kind: 'skipped' }, sure: true };
    const free = rule.count <= 0 && rule.conditions.length === 0;
    return { asked: free ? { kind: 'nothing' } : { kind: 'rule', rule }, sure: applies === 'yes' };
  }
  const children = tree.children
    .map((child) => judge(child, applying))
    .filter(({ asked }) => asked.kind !== 'skipped');
  if (children.length === 0) return { asked: { kind: 'skipped' }, sure: true };
  const certain = children.filter(({ sure }) => sure);
  if (tree.kind === 'or' && certain.length > 0) {
    return { asked: anyOf(certain.map(({ asked }) => asked)), sure: true };
  }
  // Of alternatives that may all be skipped any one could be the only one left, so all are asked.
  return { asked: allOf(children.map(({ asked }) => asked)), sure: certain.length > 0 };
}

function anyOf(of: readonly Asked[]): Asked {
  if (of.some(({ kind }) => kind === 'nothing')) return { kind: 'nothing' };
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind: 'or', of };
}

function allOf(of: readonly Asked[]): Asked {
  const wanted = of.filter(({ kind }) => kind !== 'nothing');
  const [only] = wanted;
  if (only === undefined) return { kind: 'nothing' };
  return wanted.length === 1 ? only : { kind: 'and', of: wanted };
}

/** The same as a list of choices; null when that would be too long. */
export function clausesOf(asked: Asked): Clauses | null {
  switch (asked.kind) {
    case 'skipped':
    case 'nothing':
      return [];
    case 'rule':
      return [[asked.rule]];
    case 'and': {
      const parts = asked.of.map(clausesOf);
      if (parts.includes(null)) return null;
      return atMost(parts.flatMap((part) => part ?? []));
    }
    case 'or': {
      let clauses: Clauses = [[]];
      for (const part of asked.of) {
        const more = clausesOf(part);
        if (more === null || clauses.length * more.length > MAX_CLAUSES) return null;
        clauses = clauses.flatMap((one) => more.map((other) => [...new Set([...one, ...other])]));
      }
      return atMost(clauses);
    }
  }
}

function atMost(clauses: Clauses): Clauses | null {
  // Whoever meets a clause has met every longer one that contains it.
  const needed = clauses.filter((clause, at) => {
    return !clauses.some((other, place) => {
      const inside = other.every((rule) => clause.includes(rule));
      return place !== at && inside && (other.length < clause.length || place < at);
    });
  });
  return needed.length <= MAX_CLAUSES ? needed : null;
}
