import { joinDemands } from './demands.ts';
import type { Asking, Demands } from './demands.ts';
import type { Policy, Rule } from './policy.ts';
import type { Subject, Truth } from './subject.ts';

/** One rule asked about one change. */
export interface Match {
  readonly rule: Rule;
  readonly truth: Truth;
  /** Rules that take this one away here; empty when it stands. */
  readonly waivedBy: readonly string[];
}

/** What a policy says about one change, before any person or check is looked at. */
export interface Evaluation {
  /** Every rule, in the order of the file. */
  readonly matches: readonly Match[];
  readonly demands: Demands;
}

/** Asks every rule about a change and joins what they demand. Unknown asks like yes and waives like no. */
export function evaluate(policy: Policy, subject: Subject): Evaluation {
  const matches = matchesOf(policy, subject);
  return { matches, demands: joinDemands(matches.flatMap(askingOf)) };
}

/** What a standing rule asks; nothing when it does not apply or is waived. */
export function askingOf({ rule, truth, waivedBy }: Match): readonly Asking[] {
  return rule.asks && truth !== 'no' && waivedBy.length === 0 ? [rule.asks] : [];
}

function matchesOf({ rules }: Policy, subject: Subject): readonly Match[] {
  const truths = rules.map(({ when }) => (when ? when.test(subject) : 'yes'));
  const waived = new Map<string, string[]>();
  for (const [at, rule] of rules.entries()) {
    if (truths[at] !== 'yes') continue;
    for (const target of rule.waives)
      waived.set(target, [...(waived.get(target) ?? []), rule.name]);
  }
  return rules.map((rule, at) => ({
    rule,
    truth: truths[at] ?? 'unknown',
    waivedBy: waived.get(rule.name) ?? [],
  }));
}

/** The demands alone, for judging many changes by one policy: joined once per set of standing rules. */
export function demandsOf(policy: Policy): (subject: Subject) => Demands {
  const ask = demandsBothWays(policy);
  return (subject) => ask(subject).demands;
}

/** What is demanded, and what would be if everything unknown were harmless. */
export interface BothDemands {
  readonly demands: Demands;
  readonly certain: Demands;
}

/** The same, and beside it what rules demand that are known to hold: the difference is the price of not knowing. */
export function demandsBothWays(policy: Policy): (subject: Subject) => BothDemands {
  const targets = new Map(policy.rules.map(({ name }, at) => [name, at]));
  const rules = policy.rules.map(({ when, asks, waives }) => ({
    when,
    asks,
    waives: waives.flatMap((name) => targets.get(name) ?? []),
  }));
  const join = joinerOf(policy);
  return (subject) => {
    const asking: number[] = [];
    const sure: number[] = [];
    const waived = new Set<number>();
    for (const [at, rule] of rules.entries()) {
      const truth = rule.when ? rule.when.test(subject) : 'yes';
      if (truth === 'no') continue;
      if (rule.asks) asking.push(at);
      if (truth !== 'yes') continue;
      if (rule.asks) sure.push(at);
      for (const target of rule.waives) waived.add(target);
    }
    const demands = join(asking, waived);
    return { demands, certain: sure.length === asking.length ? demands : join(sure, waived) };
  };
}

type Join = (standing: readonly number[], waived: ReadonlySet<number>) => Demands;

/** Joins what standing rules ask, and remembers it by the set of rules. */
function joinerOf({ rules }: Policy): Join {
  const known = new Map<string, Demands>();
  return (standing, waived) => {
    const left = waived.size === 0 ? standing : standing.filter((at) => !waived.has(at));
    const key = left.join(' ');
    const before = known.get(key);
    if (before) return before;
    const demands = joinDemands(left.flatMap((at) => rules[at]?.asks ?? []));
    if (known.size < mostKept) known.set(key, demands);
    return demands;
  };
}

// Sets of standing rules that are remembered; a policy seldom sees more than a few dozen.
const mostKept = 4096;
