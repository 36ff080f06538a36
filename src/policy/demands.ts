import { anyone, isWithin } from './who.ts';
import type { Who } from './who.ts';

/** How carefully a change goes out, from the least to the most careful. */
export const rollouts = ['none', 'canary', 'staged'] as const;

export type RolloutStyle = (typeof rollouts)[number];

/** So many different people of this kind must approve. */
export interface ApprovalDemand {
  readonly count: number;
  readonly from: Who;
}

/** What one rule asks, all of it together. */
export interface Bundle {
  readonly approvals: readonly ApprovalDemand[];
  readonly checks: readonly string[];
  readonly split: boolean;
  readonly changeRecord: boolean;
}

/** What several rules ask together: a bundle that must be met, and choices of which one bundle must be. */
export interface Demands extends Bundle {
  readonly choices: readonly (readonly Bundle[])[];
  readonly rollout: RolloutStyle;
}

/** What a rule asks: one of the bundles, and a way to roll out. */
export interface Asking {
  readonly options: readonly Bundle[];
  readonly rollout: RolloutStyle;
}

/** Joins by the strictest. The order makes no difference, and more asking never gives less. */
export function joinDemands(asked: readonly Asking[]): Demands {
  const ways = asked.map(({ options }) => easiestWays(options));
  const bundle = joinBundles(ways.flatMap((options) => (options.length === 1 ? options : [])));
  const choices = ways.filter((options) => options.length > 1);
  const rank = Math.max(0, ...asked.map(({ rollout }) => rollouts.indexOf(rollout)));
  return { ...bundle, choices: openChoices(choices, bundle), rollout: rollouts[rank] ?? 'staged' };
}

/** The ways to satisfy a rule without those that take in all of another one: nobody would go them. */
export function easiestWays(options: readonly Bundle[]): readonly Bundle[] {
  return options.filter(
    (one, at) =>
      !options.some(
        (other, place) =>
          place !== at && bundleCovers(one, other) && (!bundleCovers(other, one) || place < at),
      ),
  );
}

/** All bundles together, without what others cover. */
function joinBundles(bundles: readonly Bundle[]): Bundle {
  return {
    approvals: strictest(bundles.flatMap(({ approvals }) => approvals)),
    checks: [...new Set(bundles.flatMap(({ checks }) => checks))].sort(),
    split: bundles.some(({ split }) => split),
    changeRecord: bundles.some(({ changeRecord }) => changeRecord),
  };
}

function strictest(demands: readonly ApprovalDemand[]): readonly ApprovalDemand[] {
  const wanted = demands.filter(({ count }) => count > 0);
  return wanted
    .filter(
      (one, at) =>
        !wanted.some(
          (other, place) =>
            place !== at &&
            demandCovers(other, one) &&
            (!demandCovers(one, other) || goesBefore([other, place], [one, at])),
        ),
    )
    .sort((a, b) => b.count - a.count || (a.from.words < b.from.words ? -1 : 1));
}

// Of two ways to say the same, one stays, whichever rule came first.
function goesBefore(
  [one, at]: readonly [ApprovalDemand, number],
  [other, place]: readonly [ApprovalDemand, number],
): boolean {
  return one.from.words === other.from.words ? at < place : one.from.words < other.from.words;
}

// Whoever meets the first has met the second.
function demandCovers(strict: ApprovalDemand, loose: ApprovalDemand): boolean {
  return strict.count >= loose.count && isWithin(strict.from, loose.from);
}

/** Whoever meets the first bundle has met the second. */
export function bundleCovers(strict: Bundle, loose: Bundle): boolean {
  return (
    loose.approvals.every(
      (one) => one.count <= 0 || strict.approvals.some((other) => demandCovers(other, one)),
    ) &&
    loose.checks.every((check) => strict.checks.includes(check)) &&
    (strict.split || !loose.split) &&
    (strict.changeRecord || !loose.changeRecord)
  );
}

function openChoices(
  choices: readonly (readonly Bundle[])[],
  bundle: Bundle,
): readonly (readonly Bundle[])[] {
  const open = choices
    .filter((options) => !options.some((option) => bundleCovers(bundle, option)))
    .map((options) => [...options].sort(byWords));
  return open
    .filter(
      (one, at) =>
        !open.some(
          (other, place) =>
            place !== at &&
            choiceCovers(other, one) &&
            (!choiceCovers(one, other) || firstByWords([other, place], [one, at])),
        ),
    )
    .sort((a, b) => (choiceWords(a) < choiceWords(b) ? -1 : 1));
}

function firstByWords(
  [one, at]: readonly [readonly Bundle[], number],
  [other, place]: readonly [readonly Bundle[], number],
): boolean {
  const [words, others] = [choiceWords(one), choiceWords(other)];
  return words === others ? at < place : words < others;
}

// However the first is met, the second is met by it.
function choiceCovers(strict: readonly Bundle[], loose: readonly Bundle[]): boolean {
  return strict.every((option) => loose.some((other) => bundleCovers(option, other)));
}

function byWords(a: Bundle, b: Bundle): number {
  return bundleWords(a) < bundleWords(b) ? -1 : 1;
}

/** Whether demands ask at least as much as others in every respect. */
export function demandsCover(strict: Demands, loose: Demands): boolean {
  return (
    bundleCovers(strict, loose) &&
    rollouts.indexOf(strict.rollout) >= rollouts.indexOf(loose.rollout) &&
    loose.choices.every(
      (options) =>
        options.some((option) => bundleCovers(strict, option)) ||
        strict.choices.some((other) => choiceCovers(other, options)),
    )
  );
}

/** The most people any of the demands asks for. */
export function peopleNeeded({ approvals }: Bundle): number {
  return Math.max(0, ...approvals.map(({ count }) => count));
}

/** A bundle in words: `2 approvals, one of them from senior and expert; the check ci`. */
export function bundleWords(bundle: Bundle): string {
  const parts = [
    ...bundle.approvals.map(demandWords),
    ...bundle.checks.map((check) => `the check ${check}`),
    ...(bundle.split ? ['a split into smaller changes'] : []),
    ...(bundle.changeRecord ? ['a change record'] : []),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** One demand in words: `2 approvals from senior and expert`. */
function demandWords({ count, from }: ApprovalDemand): string {
  const people = `${count} approval${count === 1 ? '' : 's'}`;
  return from.words === anyone.words ? people : `${people} from ${from.words}`;
}

/** A choice in words: `a split into smaller changes or 2 approvals`. */
export function choiceWords(options: readonly Bundle[]): string {
  return options.map(bundleWords).join(' or ');
}

/** Everything asked, in words. */
export function demandsWords(demands: Demands): string {
  const parts = [
    ...(bundleWords(demands) === 'nothing' ? [] : [bundleWords(demands)]),
    ...demands.choices.map(choiceWords),
    ...(demands.rollout === 'none' ? [] : [`rollout ${demands.rollout}`]),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
