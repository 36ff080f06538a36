import { atomsOf, touchedAreas, valuesOf } from './condition.ts';
import { starred } from './conditions/ai.ts';
import { clashIn, waysOf } from './contradictions.ts';
import { looseWaivers } from './lint-waivers.ts';
import { peopleProblems } from './lint-people.ts';
import type { LintPeople } from './lint-people.ts';
import { shadowedRules } from './lint-shadows.ts';
import type { Policy } from './policy.ts';
import { meant } from './problems.ts';
import type { Place, Problem } from './problems.ts';
import { testPolicy } from './test-policy.ts';

/** What lives around a policy, as far as it is known; what is left out is not looked at. */
export interface LintAround {
  /** Ids of all guards. */
  readonly guards?: readonly string[];
  /** Members of people.yml; empty when there is no such file. */
  readonly members?: readonly LintPeople[];
  /** Files of the repository. */
  readonly paths?: readonly string[];
}

/** One remark before it knows its file. */
export interface Remark {
  readonly at: Place;
  readonly message: string;
  readonly suggestion?: string;
  readonly level?: Problem['level'];
}

/** What deserves a look in a policy that can be read: tests that fail are errors, the rest are warnings. */
export function lintPolicy(policy: Policy, around: LintAround = {}): readonly Problem[] {
  const remarks: readonly Remark[] = [
    ...failingTests(policy),
    ...deadAlternatives(policy),
    ...shadowedRules(policy),
    ...looseWaivers(policy),
    ...unguardedSelf(policy),
    ...lastingApprovals(policy),
    ...unusedNames(policy),
    ...(around.members ? peopleProblems(policy, around.members) : []),
    ...(around.guards ? unknownGuards(policy, around.guards) : []),
    ...(around.paths ? emptyAreas(policy, around.paths) : []),
  ];
  return remarks
    .map(({ at, message, suggestion = null, level = 'warning' }) => ({
      level,
      file: policy.file,
      line: at.line,
      column: at.column,
      message,
      suggestion,
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function failingTests(policy: Policy): readonly Remark[] {
  return testPolicy(policy)
    .filter(({ passed }) => !passed)
    .map(({ at, name, misses }) => ({
      at,
      level: 'error',
      message: `the test "${name}" fails: ${misses.map(({ what, expected, got }) => `${what} should be ${expected} and is ${got}`).join(', ')}`,
    }));
}

function deadAlternatives({ rules }: Policy): readonly Remark[] {
  return rules.flatMap(({ name, when }) => {
    const ways = (when && waysOf(when)) ?? [];
    return ways.flatMap((way) => {
      const clash = clashIn(way);
      const at = way[0]?.atom.at;
      return clash === null || !at
        ? []
        : [{ at, message: `one alternative of the rule "${name}" can never hold: ${clash}` }];
    });
  });
}

function unguardedSelf({ rules, areas }: Policy): readonly Remark[] {
  const guarding = rules.some(
    ({ asks, when }) =>
      asks !== null &&
      when !== null &&
      touchedAreas(atomsOf(when)).some((area) =>
        areas.get(area)?.matches('.hallmonitor/policy.yml'),
      ),
  );
  const [first] = rules;
  return guarding || !first
    ? []
    : [
        {
          at: first.at,
          message: 'no rule asks for more when the policy itself is changed',
          suggestion: 'add ".hallmonitor/**" to an area that a rule guards with "touches"',
        },
      ];
}

function lastingApprovals({ attention, rules }: Policy): readonly Remark[] {
  const [first] = rules;
  return attention.staleWhen === 'never' && first
    ? [
        {
          at: first.at,
          message: 'an approval stays valid whatever is pushed after it (attention: stale: never)',
          suggestion: 'write "when a push changes reviewed lines"',
        },
      ]
    : [];
}

function unusedNames({ who, areas, namedAreas, rules, breakGlass }: Policy): readonly Remark[] {
  const atoms = rules.flatMap(({ when }) => (when ? atomsOf(when) : []));
  const words = atoms.flatMap(({ atom }) =>
    [...atom.words.matchAll(/[\w.-]+/g)].map(([word]) => word),
  );
  const bundles = rules.flatMap(({ asks }) => asks?.options ?? []);
  const asked = bundles.flatMap(({ approvals }) =>
    approvals.flatMap(({ from }) => from.any.flat()),
  );
  const elsewhere = [
    ...[...who.values()].flatMap(({ ifNobody }) => ifNobody?.any.flat() ?? []),
    ...(breakGlass?.who ?? []),
    ...(breakGlass?.allows.from.any.flat() ?? []),
    ...(breakGlass?.reviewAfter?.from.any.flat() ?? []),
  ];
  const used = new Set([...words, ...asked, ...elsewhere]);
  return [
    ...[...who.values()]
      .filter(({ name }) => !used.has(name))
      .map(({ name, at }) => ({ at, message: `nothing asks for "${name}"` })),
    ...namedAreas
      .filter((name) => !used.has(name))
      .flatMap((name) => {
        const at = areas.get(name)?.at;
        return at ? [{ at, message: `no rule speaks of the area "${name}"` }] : [];
      }),
  ];
}

function unknownGuards({ rules }: Policy, guards: readonly string[]): readonly Remark[] {
  return rules
    .flatMap(({ when }) => (when ? atomsOf(when) : []))
    .filter(({ atom }) => atom.key === 'finding')
    .flatMap(({ atom }) =>
      valuesOf(atom)
        .filter((name) => !guards.some((guard) => starred(name)(guard)))
        .map((name) => ({
          at: atom.at,
          message: `there is no guard "${name}"`,
          suggestion: meant(name, guards) ?? 'run "hallmonitor guards"',
        })),
    );
}

function emptyAreas({ areas, namedAreas }: Policy, paths: readonly string[]): readonly Remark[] {
  return namedAreas.flatMap((name) => {
    const area = areas.get(name);
    return area && !paths.some((path) => area.matches(path))
      ? [{ at: area.at, message: `no file of the repository lies in the area "${name}"` }]
      : [];
  });
}
