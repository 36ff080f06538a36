import type { Bundle } from '../policy/demands.ts';
import { anyone, fits } from '../policy/who.ts';
import type { Policy } from '../policy/policy.ts';
import type { Someone } from '../policy/subject.ts';
import type { Crowd } from './crowd.ts';
import type { Facts } from './facts.ts';
import type { AttentionNote, Debt } from './outcome.ts';
import { nameOf } from './reviews.ts';
import { deadline } from './working-hours.ts';

/** The emergency door: opened as the policy allows, tried in vain, or (null) left alone. */
export type Door =
  | { readonly kind: 'open'; readonly bundle: Bundle; readonly debt: Debt }
  | { readonly kind: 'shut'; readonly note: AttentionNote };

/** Judges whether the emergency door was opened by somebody who may, with everything it needs. */
export function doorOf(policy: Policy, facts: Facts, crowd: Crowd): Door | null {
  const { breakGlass: opened } = facts;
  if (!opened) return null;
  const someone = crowd.find(opened.by);
  const who = nameOf(someone);
  const { breakGlass } = policy;
  if (breakGlass === null) return shut(who, 'the policy has no emergency door');
  if (opened.at > facts.now) return shut(who, 'it claims to have been opened in the future');
  if (!breakGlass.who.some((kind) => isKind(someone, kind, policy)))
    return shut(who, `only ${breakGlass.who.join(' or ')} may open the emergency door`);
  const missing = breakGlass.needs.filter((need) => (opened.given[need] ?? '').trim() === '');
  if (missing.length > 0) return shut(who, `the emergency door needs ${missing.join(' and ')}`);
  const { allows, reviewAfter } = breakGlass;
  return {
    kind: 'open',
    bundle: {
      approvals: allows.approvals > 0 ? [{ count: allows.approvals, from: allows.from }] : [],
      checks: [],
      split: false,
      changeRecord: false,
    },
    debt: {
      by: who,
      given: opened.given,
      rules: [],
      from: (reviewAfter?.from ?? anyone).words,
      dueAt: reviewAfter ? deadline(opened.at, reviewAfter.within) : opened.at,
      ifMissed: reviewAfter?.ifMissed ?? '',
    },
  };
}

function isKind(someone: Someone, kind: string, { who }: Policy): boolean {
  if (who.has(kind) || kind.includes('@'))
    return fits(someone, { words: kind, any: [[kind]] }, who) === 'yes';
  return someone.duties.includes(kind);
}

function shut(who: string, why: string): Door {
  return {
    kind: 'shut',
    note: { kind: 'refused', who, says: `the emergency door stays shut for ${who}: ${why}` },
  };
}
