import { choiceWords, demandsWords, peopleNeeded } from './demands.ts';
import type { Demands } from './demands.ts';
import { askingOf, evaluate } from './evaluate.ts';
import type { Match } from './evaluate.ts';
import type { Expected, PolicyTest } from './given.ts';
import { givenSubject } from './given-subject.ts';
import type { Policy } from './policy.ts';
import type { Place } from './problems.ts';
import { isWithin } from './who.ts';
import type { Who } from './who.ts';

/** One thing a test expected otherwise. */
interface Miss {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** What came of one test of a policy. */
export interface TestResult {
  readonly name: string;
  readonly at: Place;
  readonly passed: boolean;
  readonly misses: readonly Miss[];
  /** Everything the change owes, in words. */
  readonly owes: string;
  /** Rules that applied and were not waived. */
  readonly rules: readonly string[];
}

/** Runs the tests that a policy brings along. */
export function testPolicy(policy: Policy): readonly TestResult[] {
  return policy.tests.map((test) => runTest(policy, test));
}

function runTest(policy: Policy, { at, name, given, expect }: PolicyTest): TestResult {
  const { matches, demands } = evaluate(policy, givenSubject(given, policy));
  const rules = matches.filter(stands).map(({ rule }) => rule.name);
  const misses = missesOf(expect, demands, rules);
  return { name, at, passed: misses.length === 0, misses, owes: demandsWords(demands), rules };
}

function stands(match: Match): boolean {
  return askingOf(match).length > 0 || (match.rule.asks === null && match.truth === 'yes');
}

function missesOf(expect: Expected, demands: Demands, rules: readonly string[]): readonly Miss[] {
  const asksSplit =
    demands.split || demands.choices.some((options) => options.some(({ split }) => split));
  return [
    ...miss('approvals', expect.approvals, peopleNeeded(demands)),
    ...peopleMisses(expect, demands),
    ...miss(
      'checks',
      expect.checks && [...expect.checks].sort().join(', '),
      demands.checks.join(', '),
    ),
    ...miss('split', expect.split, asksSplit),
    ...choiceMisses(expect, demands),
    ...miss('change_record', expect.changeRecord, demands.changeRecord),
    ...miss('rollout', expect.rollout, demands.rollout),
    ...miss(
      'rules',
      expect.rules && [...expect.rules].sort().join(', '),
      [...rules].sort().join(', '),
    ),
  ];
}

function miss(
  what: string,
  expected: string | number | boolean | null,
  got: string | number | boolean,
): readonly Miss[] {
  if (expected === null || expected === got) return [];
  return [{ what, expected: said(expected), got: said(got) }];
}

function said(value: string | number | boolean): string {
  return value === '' ? 'none' : String(value);
}

// Exactly the strictest kinds: a test that says "expert" fails when the policy asks for "senior and expert".
function peopleMisses({ from, oneFrom, approvals }: Expected, demands: Demands): readonly Miss[] {
  const asked = demands.approvals.filter(({ from: kind }) => kind.words !== '');
  const got =
    asked.map(({ count, from: kind }) => `${count} from ${kind.words}`).join(', ') || 'anyone';
  const needed = approvals ?? peopleNeeded(demands);
  const fromMiss =
    from === null || demands.approvals.some((one) => same(one.from, from) && one.count >= needed)
      ? []
      : [{ what: 'from', expected: `${needed} from ${from.words || 'anyone'}`, got }];
  const oneMisses = oneFrom.filter((kind) => !asked.some((one) => same(one.from, kind)));
  return [
    ...fromMiss,
    ...oneMisses.map((kind) => ({ what: 'one_from', expected: kind.words || 'anyone', got })),
  ];
}

function same(a: Who, b: Who): boolean {
  return isWithin(a, b) && isWithin(b, a);
}

function choiceMisses({ orApprovals }: Expected, { choices }: Demands): readonly Miss[] {
  if (orApprovals === null) return [];
  const offered = choices.some(
    (options) =>
      options.some(({ split }) => split) &&
      options.some((option) => !option.split && peopleNeeded(option) === orApprovals),
  );
  const got = choices.map(choiceWords).join(', ') || 'no choice';
  return offered
    ? []
    : [{ what: 'or', expected: `${orApprovals} approvals in place of a split`, got }];
}

/** A failed test as lines for a person: what was expected and found, and which rules spoke. */
export function failureLines({ name, at, misses, owes, rules }: TestResult): readonly string[] {
  return [
    `line ${at.line}: ${name}`,
    ...misses.map(({ what, expected, got }) => `  ${what}: expected ${expected}, got ${got}`),
    `  in all it owes: ${owes}`,
    rules.length === 0
      ? '  no rule applied'
      : `  rules that applied: ${rules.map((rule) => `"${rule}"`).join(', ')}`,
  ];
}
