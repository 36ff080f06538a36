import { joinDemands } from '../policy/demands.ts';
import type { Demands } from '../policy/demands.ts';
import { askingOf, evaluate } from '../policy/evaluate.ts';
import type { Evaluation, Match } from '../policy/evaluate.ts';
import { explainMatch } from '../policy/explain.ts';
import type { Policy } from '../policy/policy.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Subject } from '../policy/subject.ts';
import { attentionNotes } from './attention-notes.ts';
import { askedBesides, blockingFindings, crashedChecks } from './built-in.ts';
import { rankedPeople } from './candidates.ts';
import { crowdOf, isMachineMade } from './crowd.ts';
import { doorOf } from './door.ts';
import type { Door } from './door.ts';
import type { Facts } from './facts.ts';
import type { Decision, Obligation, RuleOutcome, Verdict } from './gate.ts';
import { obligationsOf, plain } from './obligations.ts';
import type { Asker, Bench } from './obligations.ts';
import { owedOf } from './owed.ts';
import { weighReviews } from './reviews.ts';
import { subjectOf } from './subject.ts';
import { unblocking } from './unblock.ts';

/** Decides as `gate.ts` promises; the steps in their order. */
export function decideByPolicy(policy: Policy, facts: Facts): Decision {
  if (facts.change.files.length === 0 && facts.incomplete === undefined) return nothing(policy);
  const bench = benchOf(policy, facts);
  const subject = subjectOf(policy, facts, bench.crowd.authors);
  const evaluation = evaluate(policy, subject);
  const outcomes = outcomesOf(evaluation, subject, bench);
  const door = doorOf(policy, facts, bench.crowd);
  if (door?.kind === 'open') return throughDoor(door, outcomes, { bench, subject });

  const demands = joinDemands([
    ...evaluation.matches.flatMap(askingOf),
    ...askedBesides(facts).map(({ asking }) => asking),
  ]);
  const findings = blockingFindings(facts);
  const owed = [...findings, ...crashedChecks(facts), ...owedOf(demands, outcomes, bench)];
  const hasty = bench.reviews.tooFast && owed.length > 0 && isCritical(subject);
  return {
    verdict: verdictOf(findings.length > 0 || hasty, owed),
    enforced: policy.mode === 'enforce',
    mode: policy.mode,
    rules: standing(outcomes),
    owed,
    outcomes,
    afterLanding: rolloutOf(demands, evaluation),
    attention: attentionNotes(bench, owed, door?.kind === 'shut' ? [door.note] : []),
    debt: null,
    unblock: unblocking(owed, evaluation, { bench, subject }),
  };
}

/** A change that is known to touch no file owes nothing. One whose files could not be read is not that. */
function nothing(policy: Policy): Decision {
  const why = 'the change touches no file';
  const outcomes = policy.rules.map(({ name }): RuleOutcome => ({
    rule: name,
    state: 'not_applicable',
    why,
    obligations: [],
  }));
  return {
    verdict: 'land',
    enforced: policy.mode === 'enforce',
    mode: policy.mode,
    rules: [],
    owed: [],
    outcomes,
    afterLanding: [],
    attention: [],
    debt: null,
    unblock: null,
  };
}

function benchOf(policy: Policy, facts: Facts): Bench {
  const crowd = crowdOf(policy, facts);
  return {
    policy,
    facts,
    crowd,
    ranked: rankedPeople(policy, facts, crowd),
    reviews: weighReviews(policy, facts, crowd),
    // An agent made it and nobody is named beside it: somebody asked for it, who may be among those who approve.
    spare: isMachineMade(facts) && facts.prompters === undefined && wroteAi(facts) ? 1 : 0,
  };
}

function wroteAi({ provenance }: Facts): boolean {
  if (isUnknown(provenance)) return true;
  const { lines, evidence } = provenance;
  return (
    lines.ai + lines.mixed > 0 || evidence.some(({ claim }) => claim === 'ai' || claim === 'mixed')
  );
}

function outcomesOf(
  { matches }: Evaluation,
  subject: Subject,
  bench: Bench,
): readonly RuleOutcome[] {
  const outcomes = matches.map((match) => outcomeOf(match, subject, bench));
  const besides = askedBesides(bench.facts).map(({ rule, asking, why, evidence }): RuleOutcome => {
    const obligations = obligationsOf(asking.options, { rule, why, evidence }, bench);
    return { rule, state: stateOf(obligations, 'owed'), why, obligations };
  });
  return [...outcomes, ...besides];
}

function outcomeOf(match: Match, subject: Subject, bench: Bench): RuleOutcome {
  const { rule, why, evidence, state } = explainMatch(match, subject);
  const asker: Asker = { rule, why, evidence };
  if (state === 'not_applicable') return { rule, state, why, obligations: [] };
  const options = match.rule.asks?.options ?? [];
  const asked = options.length > 0 ? obligationsOf(options, asker, bench) : [];
  if (state === 'waived')
    return { rule, state, why, obligations: asked.map((one) => ({ ...one, state: 'waived' })) };
  const unsure = state === 'unknown' ? 'unknown' : 'owed';
  const nothingAsked = asked.length === 0 && state === 'unknown' ? 'unknown' : 'met';
  return {
    rule,
    why,
    obligations: asked,
    state: asked.length === 0 ? nothingAsked : stateOf(asked, unsure),
  };
}

function stateOf(
  obligations: readonly Obligation[],
  open: 'owed' | 'unknown',
): RuleOutcome['state'] {
  return obligations.every(({ state }) => state === 'met') ? 'met' : open;
}

function standing(outcomes: readonly RuleOutcome[]): readonly string[] {
  return outcomes
    .filter(({ state }) => state !== 'not_applicable' && state !== 'waived')
    .map(({ rule }) => rule);
}

function verdictOf(blocked: boolean, owed: readonly Obligation[]): Verdict {
  if (blocked) return 'block';
  return owed.length > 0 ? 'review' : 'land';
}

/** A hasty approval stops a change that reaches what everything depends on. */
function isCritical({ areas, services }: Subject): boolean {
  const touched = (areas.get('tier-1')?.files ?? 0) > 0;
  return touched || (!isUnknown(services) && services.some(({ tier }) => tier === 1));
}

function rolloutOf({ rollout }: Demands, { matches }: Evaluation): readonly Obligation[] {
  if (rollout === 'none') return [];
  const match = matches.find((one) => askingOf(one).some((asking) => asking.rollout === rollout));
  const rule = match?.rule.name ?? '';
  return [
    plain('rollout', rollout, { rule, why: `the rule asks for rollout ${rollout}`, evidence: [] }),
  ];
}

interface Scene {
  readonly bench: Bench;
  readonly subject: Subject;
}

/** With the emergency door open only what it allows is asked now; the rest becomes a debt. */
function throughDoor(
  { bundle, debt }: Extract<Door, { kind: 'open' }>,
  outcomes: readonly RuleOutcome[],
  { bench }: Scene,
): Decision {
  const { policy, facts } = bench;
  const rule = 'break_glass';
  const why = `${debt.by} opened the emergency door: ${Object.values(debt.given).join(', ')}`;
  const asked = obligationsOf([bundle], { rule, why, evidence: [] }, bench);
  const owed = asked.filter(({ state }) => state !== 'met');
  const skipped = outcomes.filter(({ state }) => state === 'owed' || state === 'unknown');
  const findings = blockingFindings(facts);
  const rules = [...skipped.map((outcome) => outcome.rule), ...findings.map(({ from }) => from)];
  const style = policy.breakGlass?.allows.rollout ?? 'none';
  const review = plain('approval', debt.from, {
    rule,
    why: `review it after the emergency`,
    evidence: [],
  });
  return {
    verdict: verdictOf(false, owed),
    enforced: policy.mode === 'enforce',
    mode: policy.mode,
    rules: [rule],
    owed,
    outcomes,
    afterLanding: [
      ...(style === 'none' ? [] : [plain('rollout', style, { rule, why, evidence: [] })]),
      ...(policy.breakGlass?.reviewAfter ? [review] : []),
    ],
    attention: attentionNotes(bench, owed, []),
    debt: { ...debt, rules },
    unblock: unblocking(owed, { matches: [], demands: joinDemands([]) }, { bench }),
  };
}
