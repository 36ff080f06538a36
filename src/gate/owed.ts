import { choiceWords } from '../policy/demands.ts';
import type { Bundle, Demands } from '../policy/demands.ts';
import type { Obligation, RuleOutcome } from './gate.ts';
import { plain } from './obligations.ts';
import type { Bench } from './obligations.ts';

/** What is open, joined over all rules: each thing once, under the first rule that asks that much. */
export function owedOf(
  demands: Demands,
  outcomes: readonly RuleOutcome[],
  { policy, spare }: Bench,
): readonly Obligation[] {
  const live = outcomes.filter(({ state }) => state !== 'waived' && state !== 'not_applicable');
  const options = new Map(policy.rules.map(({ name, asks }) => [name, asks?.options ?? []]));
  const fixed = live
    .filter(({ rule }) => (options.get(rule)?.length ?? 1) < 2)
    .flatMap(({ obligations }) => obligations);
  const found = [
    ...demands.approvals.map(
      ({ count, from }) =>
        fixed.find(
          (one) =>
            one.kind === 'approval' && one.from === from.words && one.count === count + spare,
        ) ?? lost('approval', from.words),
    ),
    ...demands.checks.map(
      (check) =>
        fixed.find(({ kind, from }) => kind === 'check' && from === check) ?? lost('check', check),
    ),
    ...(demands.split ? [fixed.find(({ kind }) => kind === 'split') ?? lost('split', '')] : []),
    ...(demands.changeRecord
      ? [fixed.find(({ kind }) => kind === 'change-record') ?? lost('change-record', '')]
      : []),
    ...demands.choices.flatMap(
      (choice) =>
        live.find(({ rule }) => sameChoice(options.get(rule) ?? [], choice))?.obligations ?? [
          lost('approval', choiceWords(choice)),
        ],
    ),
  ];
  return found.filter(({ state }) => state !== 'met');
}

// Every demand comes from a rule; should one ever not be found again, it is still owed.
function lost(kind: Obligation['kind'], from: string): Obligation {
  return plain(kind, from, { rule: '', why: 'several rules together ask for it', evidence: [] });
}

function sameChoice(one: readonly Bundle[], other: readonly Bundle[]): boolean {
  return one.length === other.length && sorted(one) === sorted(other);
}

function sorted(options: readonly Bundle[]): string {
  return options
    .map((option) => choiceWords([option]))
    .sort()
    .join('; ');
}
