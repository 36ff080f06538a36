import type { Atom, Condition } from './condition.ts';
import { wordsOf } from './condition.ts';
import { bundleWords } from './demands.ts';
import type { Asking } from './demands.ts';
import type { Policy, Rule } from './policy.ts';
import type { Match } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import type { Subject, Truth } from './subject.ts';

/** Why a condition holds, does not hold, or is open: the tree of its parts with the change's values. */
interface Because {
  readonly truth: Truth;
  /** In the policy's own words: `lines: > 400`, `any of`, `not`. */
  readonly words: string;
  /** The change's value; empty for joins. */
  readonly value: string;
  readonly parts: readonly Because[];
  readonly evidence: readonly string[];
}

/** One rule, explained for one change. */
export interface RuleExplanation {
  readonly rule: string;
  readonly line: number;
  readonly state: 'not_applicable' | 'applies' | 'waived' | 'unknown';
  /** One sentence. */
  readonly why: string;
  readonly because: Because | null;
  /** What the rule asks, in words; null when it only waives. */
  readonly asks: string | null;
  readonly evidence: readonly string[];
}

/** Explains every rule of a policy for one change, in the order of the file. */
export function explain(policy: Policy, subject: Subject): readonly RuleExplanation[] {
  return evaluate(policy, subject).matches.map((match) => explainMatch(match, subject));
}

/** Explains one asked rule. */
export function explainMatch(match: Match, subject: Subject): RuleExplanation {
  const { rule, truth, waivedBy } = match;
  const because = rule.when ? becauseOf(rule.when, subject) : null;
  return {
    rule: rule.name,
    line: rule.at.line,
    state: stateOf(match),
    why:
      waivedBy.length > 0 && truth !== 'no'
        ? `waived by "${waivedBy.join('" and "')}"`
        : whyOf(rule, because),
    because,
    asks: rule.asks ? askingWords(rule.asks) : null,
    evidence: because && truth !== 'no' ? because.evidence : [],
  };
}

function stateOf({ truth, waivedBy }: Match): RuleExplanation['state'] {
  if (truth === 'no') return 'not_applicable';
  if (waivedBy.length > 0) return 'waived';
  return truth === 'yes' ? 'applies' : 'unknown';
}

function whyOf(rule: Rule, because: Because | null): string {
  if (because === null) return 'it applies to every change';
  const told = reasons(because, because.truth);
  const words = told.map(({ words: own, value }) => `${own} (${value})`);
  const most = 4;
  const shown = words.slice(0, most).join('; ') + (words.length > most ? '; …' : '');
  if (because.truth === 'no') return `does not apply: ${shown}`;
  if (because.truth === 'yes') return shown;
  // Only asking rules gain from not knowing; a waiver stays shut.
  return rule.asks
    ? `may apply, so it does: ${shown}`
    : `does not waive, for it is not certain: ${shown}`;
}

/** The atoms that made the answer what it is. */
function reasons(because: Because, truth: Truth): readonly Because[] {
  if (because.parts.length === 0) return [because];
  if (because.words === 'not')
    return because.parts.flatMap((part) =>
      reasons(part, opposite(truth)).map((one) => ({ ...one, words: `not ${one.words}` })),
    );
  const deciding = because.parts.filter((part) => part.truth === truth);
  const parts = deciding.length > 0 ? deciding : because.parts;
  // One reason is enough where one decides; where all had to hold, all are told.
  const needed =
    (because.words === 'any of' && truth === 'yes') ||
    (because.words === 'all of' && truth === 'no');
  return (needed ? parts.slice(0, 2) : parts).flatMap((part) => reasons(part, part.truth));
}

function opposite(truth: Truth): Truth {
  return truth === 'unknown' ? 'unknown' : truth === 'yes' ? 'no' : 'yes';
}

/** Asks a condition and keeps every part's answer. */
function becauseOf(condition: Condition, subject: Subject): Because {
  if (condition.kind === 'atom') return leaf(condition, subject);
  const parts = (condition.kind === 'not' ? [condition.of] : condition.of).map((part) =>
    becauseOf(part, subject),
  );
  const truth = condition.test(subject);
  return {
    truth,
    words: { all: 'all of', any: 'any of', not: 'not' }[condition.kind],
    value: '',
    parts,
    evidence: [
      ...new Set(parts.filter((part) => part.truth !== 'no').flatMap(({ evidence }) => evidence)),
    ],
  };
}

function leaf(atom: Atom, subject: Subject): Because {
  const truth = atom.test(subject);
  return {
    truth,
    words: wordsOf(atom),
    value: atom.value(subject),
    parts: [],
    evidence: truth === 'no' ? [] : atom.evidence(subject),
  };
}

/** What a rule asks, in words. */
function askingWords({ options, rollout }: Asking): string {
  const parts = [
    ...(options.length > 0 ? [options.map(bundleWords).join(', or ')] : []),
    ...(rollout === 'none' ? [] : [`rollout ${rollout}`]),
  ];
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}
