import { atomsOf, touchedAreas, valuesOf } from './condition.ts';
import { waysOf } from './contradictions.ts';
import type { Way } from './contradictions.ts';
import { demandsCover, joinDemands } from './demands.ts';
import type { Remark } from './lint.ts';
import type { Policy, Rule } from './policy.ts';

/** Waivers that also ask for less where an area is guarded by other rules. */
export function looseWaivers(policy: Policy): readonly Remark[] {
  const guarded = [
    ...new Set(
      policy.rules.flatMap(({ asks, when }) => (asks && when ? touchedAreas(atomsOf(when)) : [])),
    ),
  ];
  return policy.rules.flatMap((waiver) =>
    waiver.waives.flatMap((name) => {
      const target = policy.rules.find((rule) => rule.name === name);
      return target ? guarded.flatMap((area) => remarkOn(policy, { waiver, target, area })) : [];
    }),
  );
}

interface Loosening {
  readonly waiver: Rule;
  readonly target: Rule;
  readonly area: string;
}

function remarkOn(policy: Policy, { waiver, target, area }: Loosening): readonly Remark[] {
  if (target.asks === null) return [];
  const aboutArea = target.when !== null && touchedAreas(atomsOf(target.when)).includes(area);
  const stillAsked = policy.rules.some(
    (rule) =>
      rule.asks &&
      !waiver.waives.includes(rule.name) &&
      appliesIn(rule, area) &&
      asMuch(rule, target),
  );
  if (!aboutArea && stillAsked) return [];
  const ways = waiver.when === null ? [[]] : (waysOf(waiver.when) ?? [[]]);
  const samples = ways.map((way) => sampleIn(policy, way, area)).filter((path) => path !== null);
  const [path] = samples;
  if (path === undefined) return [];
  return [
    {
      at: waiver.at,
      message: `"${waiver.name}" waives "${target.name}" even where the guarded area "${area}" is touched, for example by ${path}`,
      suggestion: `add "not: { touches: ${area} }" to its condition`,
    },
  ];
}

/** Whether a rule applies to every change that touches the area. */
function appliesIn({ when }: Rule, area: string): boolean {
  if (when === null) return true;
  const ways = waysOf(when) ?? [];
  return ways.some((way) => way.length === 1 && touchedAreas(way).includes(area));
}

function asMuch(rule: Rule, target: Rule): boolean {
  return (
    rule.asks !== null &&
    target.asks !== null &&
    demandsCover(joinDemands([rule.asks]), joinDemands([target.asks]))
  );
}

/** A path in the area that a change could touch while the waiver's way holds; null when none was found. */
function sampleIn(policy: Policy, way: Way, area: string): string | null {
  const excluded = way
    .filter(({ atom, negated }) => atom.key === 'touches' && negated)
    .flatMap(({ atom }) => valuesOf(atom));
  if (excluded.includes(area)) return null;
  const limits = way
    .filter(({ atom, negated }) => atom.key === 'only' && !negated)
    .map(({ atom }) => valuesOf(atom));
  const inArea = policy.areas.get(area);
  if (!inArea) return null;
  const others = limits.flat().flatMap((name) => policy.areas.get(name)?.patterns ?? []);
  const paths = inArea.patterns.flatMap((pattern) => [
    ...pathsOf(pattern, 'x'),
    ...others.flatMap((other) => mixed(pattern, other)),
  ]);
  const fitting = paths.find(
    (path) =>
      inArea.matches(path) &&
      limits.every((names) => names.some((name) => policy.areas.get(name)?.matches(path))) &&
      !excluded.some((name) => policy.areas.get(name)?.matches(path)),
  );
  return fitting ?? null;
}

/** Paths that a pattern matches, with a given name for the last star. */
function pathsOf(pattern: string, name: string): readonly string[] {
  const filled = pattern.replace(/\{([^,{}]*)[^{}]*\}/g, '$1');
  const deep = filled.replace(/\*\*$/, name).replaceAll('**', 'any').replaceAll('*', name);
  return [deep, filled.replaceAll('**/', '').replace(/\*\*$/, name).replaceAll('*', name)];
}

/** Paths that may lie in both: the one's folders with the other's file name. */
function mixed(one: string, other: string): readonly string[] {
  const name = other.split('/').at(-1)?.replaceAll('*', 'x') ?? 'x';
  const folder = other.includes('/')
    ? other.slice(0, other.lastIndexOf('/')).replaceAll('**', 'any')
    : '';
  return [
    ...pathsOf(one, name),
    ...pathsOf(one, 'x').map((path) => (folder === '' ? path : `${folder}/${path}`)),
    ...pathsOf(other, 'x'),
  ];
}
