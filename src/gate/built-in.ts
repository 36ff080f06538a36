import type { Asking, Bundle } from '../policy/demands.ts';
import { anyone } from '../policy/who.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Facts } from './facts.ts';
import type { Obligation } from './gate.ts';
import { plain } from './obligations.ts';

/** Name under which `if_unknown` speaks. */
export const unknownRule = 'if_unknown: ask for more';

/** Name under which findings that stop a change speak. */
const findingRule = 'A finding that blocks must be fixed or silenced with a reason';

/** Name under which a change that silences a guard is asked about it. */
const silenceRule = 'A finding silenced by the change itself needs a second pair of eyes';

const onePerson: Bundle = {
  approvals: [{ count: 1, from: anyone }],
  checks: [],
  split: false,
  changeRecord: false,
};

const oneLook: Asking = { options: [onePerson], rollout: 'none' };

/** Something asked besides the rules of the policy. */
export interface BuiltInAsking {
  readonly rule: string;
  readonly asking: Asking;
  readonly why: string;
  readonly evidence: readonly string[];
}

/** What is asked besides the rules: somebody looks at what guards could not see, and at what the change silenced. */
export function askedBesides(facts: Facts): readonly BuiltInAsking[] {
  return [...askedForGaps(facts), ...askedForSilence(facts)];
}

function askedForGaps({ inspection }: Facts): readonly BuiltInAsking[] {
  if (isUnknown(inspection) || inspection.gaps.length === 0) return [];
  const [first] = inspection.gaps;
  const count = inspection.gaps.length;
  const why = `${count === 1 ? 'one thing was' : `${count} things were`} not checked, so a person has to look (${first?.what}: ${first?.why})`;
  return [{ rule: unknownRule, asking: oneLook, why, evidence: [] }];
}

// The reason may be a good one, but whoever gives it cannot also be the one to accept it.
function askedForSilence({ inspection }: Facts): readonly BuiltInAsking[] {
  if (isUnknown(inspection)) return [];
  const silenced = inspection.findings.filter(
    ({ severity, suppressed }) => severity === 'block' && suppressed?.addedHere === true,
  );
  const [first] = silenced;
  if (first === undefined) return [];
  const why = `the change silences ${silenced.length === 1 ? 'a finding' : `${silenced.length} findings`} that would stop it (${first.guard}: ${first.suppressed?.reason})`;
  const evidence = silenced.map(({ fingerprint }) => fingerprint);
  return [{ rule: silenceRule, asking: oneLook, why, evidence }];
}

/**
 * Guards that crashed, or the lot of them. No approval makes up for a check that did not run; only the check itself
 * does, or a passed result by its name from whoever may report results.
 */
export function crashedChecks({ inspection, checks = [] }: Facts): readonly Obligation[] {
  const crashed = isUnknown(inspection)
    ? [{ what: 'guards', why: inspection.unknown }]
    : inspection.gaps.filter(({ what }) => what.startsWith('guard '));
  return crashed
    .filter(({ what }) => !checks.some(({ name, state }) => name === what && state === 'passed'))
    .map(({ what, why }) => ({
      ...plain('check', what, { rule: unknownRule, why, evidence: [] }),
      state: 'unknown' as const,
    }));
}

// A list longer than this is not read; the verdict counts all of them.
const mostListed = 50;

/** Findings that stop the change, worst places first as the guards gave them. */
export function blockingFindings({ inspection }: Facts): readonly Obligation[] {
  if (isUnknown(inspection)) return [];
  return inspection.findings
    .filter(({ severity, suppressed }) => severity === 'block' && suppressed === null)
    .slice(0, mostListed)
    .map(({ guard, path, line, message, fix, fingerprint }) =>
      plain('finding', `${guard} in ${path}:${line}`, {
        rule: findingRule,
        why: `${message}. ${fix}`,
        evidence: [fingerprint],
      }),
    );
}
