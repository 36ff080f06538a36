import { atomsOf } from './condition.ts';
import { scalarsOf, under } from './located.ts';
import type { Located } from './located.ts';
import type { Rule } from './policy.ts';
import { complain, meant, short } from './problems.ts';
import type { Complaints } from './problems.ts';
import { anyText, list, map } from './shape.ts';
import type { Shape } from './shape.ts';

/** What a good policy costs little of. */
const metrics = [
  'senior_minutes',
  'reviewer_minutes',
  'delay_hours',
  'incidents',
  'escalations',
] as const;

type Metric = (typeof metrics)[number];

/** What `policy optimize` works towards. */
export interface Goal {
  /** The sum to keep small: each metric with its price. */
  readonly minimize: readonly { readonly metric: Metric; readonly weight: number }[];
  /** Conditions whose thresholds it may move, in their own words. */
  readonly mayChange: readonly string[];
  readonly neverLoosen: readonly string[];
}

/** The section `goal`. */
export const goalShape: Shape = map({
  minimize: {
    says: `A sum of ${metrics.join(', ')}, each with its price.`,
    shape: anyText('senior_minutes * 2 + delay_hours * 15 + incidents'),
  },
  may_change: {
    says: 'Conditions whose thresholds may be moved, written as in the rules.',
    shape: list(anyText('risk: top 10%'), 50),
  },
  never_loosen: {
    says: 'Rules that no proposal and no `waives` may weaken.',
    shape: list(anyText('Tier-1 needs two people'), 300),
  },
});

/** Reads `goal`; null when there is none. */
export function readGoal(
  located: Located | null,
  rules: readonly Rule[],
  complaints: Complaints,
): Goal | null {
  if (located === null) return null;
  const names = rules.map(({ name }) => name);
  const neverLoosen = scalarsOf(under(located, 'never_loosen'));
  for (const { text, at } of neverLoosen) {
    if (!names.includes(text))
      complain(complaints, at, {
        message: `there is no rule "${short(text)}"`,
        suggestion: meant(text, names),
      });
  }
  const barred = new Set(neverLoosen.map(({ text }) => text));
  for (const rule of rules)
    for (const target of rule.waives)
      if (barred.has(target))
        complain(complaints, rule.at, {
          message: `the rule "${short(rule.name)}" waives "${short(target)}", which never_loosen protects`,
          suggestion: 'take it out of "waives" or out of "never_loosen"',
        });
  return {
    minimize: readSum(located, complaints),
    mayChange: readMayChange(located, rules, complaints),
    neverLoosen: [...barred],
  };
}

function readMayChange(
  located: Located,
  rules: readonly Rule[],
  complaints: Complaints,
): readonly string[] {
  const conditions = [
    ...new Set(
      rules.flatMap(({ when }) => (when ? atomsOf(when).map(({ atom }) => atom.words) : [])),
    ),
  ];
  const given = scalarsOf(under(located, 'may_change'));
  for (const { text, at } of given)
    if (!conditions.includes(text))
      complain(complaints, at, {
        message: `no rule has the condition "${short(text)}"`,
        suggestion: meant(text, conditions),
      });
  return given.map(({ text }) => text);
}

function readSum(located: Located, complaints: Complaints): Goal['minimize'] {
  const given = scalarsOf(under(located, 'minimize'))[0];
  if (!given) return [];
  return given.text.split('+').flatMap((term) => {
    const match =
      /^\s*(?:(\d{1,9}(?:\.\d{1,4})?)\s*\*\s*)?([a-z_]+)(?:\s*\*\s*(\d{1,9}(?:\.\d{1,4})?))?\s*$/.exec(
        term,
      );
    const metric = metrics.find((one) => one === match?.[2]);
    if (!match || !metric) {
      complain(complaints, given.at, {
        message: `"${short(term.trim())}" is no part of a sum`,
        suggestion: meant(match?.[2] ?? '', metrics) ?? 'write "senior_minutes * 2 + incidents"',
      });
      return [];
    }
    return [{ metric, weight: Number(match[1] ?? 1) * Number(match[3] ?? 1) }];
  });
}
