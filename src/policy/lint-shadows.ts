import type { Claim, Condition } from './condition.ts';
import { waysOf } from './contradictions.ts';
import type { Way } from './contradictions.ts';
import { demandsCover, joinDemands } from './demands.ts';
import type { Remark } from './lint.ts';
import type { Policy, Rule } from './policy.ts';

/** Rules that never ask for anything another rule does not already ask. */
export function shadowedRules({ rules }: Policy): readonly Remark[] {
  const waived = new Set(rules.flatMap(({ waives }) => waives));
  return rules.flatMap((rule, at) => {
    const cover = rules.find(
      (other, place) =>
        other !== rule &&
        // A rule that can be waived does not replace one that cannot.
        (!waived.has(other.name) || waived.has(rule.name)) &&
        covers(other, rule) &&
        (!covers(rule, other) || place < at),
    );
    return cover
      ? [
          {
            at: rule.at,
            message: `the rule "${rule.name}" adds nothing to "${cover.name}", which asks as much whenever it applies`,
            suggestion: 'remove it, or ask for more',
          },
        ]
      : [];
  });
}

function covers(strict: Rule, loose: Rule): boolean {
  if (!strict.asks || !loose.asks || loose.waives.length > 0) return false;
  return (
    implies(loose.when, strict.when) &&
    demandsCover(joinDemands([strict.asks]), joinDemands([loose.asks]))
  );
}

/** Whether the second condition certainly holds whenever the first does. Only what is plain to see. */
function implies(one: Condition | null, other: Condition | null): boolean {
  if (other === null) return true;
  if (one === null) return false;
  const ways = waysOf(one);
  const others = waysOf(other);
  if (ways === null || others === null) return false;
  return ways.every((way) => others.some((wide) => wide.every((literal) => has(way, literal))));
}

function has(way: Way, wanted: Way[number]): boolean {
  return way.some(
    ({ atom, negated }) =>
      negated === wanted.negated &&
      (atom.words === wanted.atom.words || (!negated && within(atom.claims, wanted.atom.claims))),
  );
}

function within(narrow: readonly Claim[], wide: readonly Claim[]): boolean {
  const [one, ...more] = narrow;
  const [other, ...others] = wide;
  if (one?.kind !== 'range' || other?.kind !== 'range') return false;
  if (more.length > 0 || others.length > 0 || one.of !== other.of) return false;
  return other.from <= one.from && one.to <= other.to;
}
