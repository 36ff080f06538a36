import { entriesOf, scalarsOf, under } from './located.ts';
import type { Located } from './located.ts';
import { durationPattern, readDuration } from './phrases.ts';
import type { Duration } from './phrases.ts';
import { complain, complainUnknown } from './problems.ts';
import type { Complaints, Place } from './problems.ts';
import { rollouts } from './demands.ts';
import type { RolloutStyle } from './demands.ts';
import { anyText, list, listOrOne, map, phrase } from './shape.ts';
import type { Shape } from './shape.ts';
import { anyone, readWho, undefinedNames, whoNames, whoPattern } from './who.ts';
import type { Who, WhoEntries } from './who.ts';

/** What a review must be like to count. */
export interface Attention {
  /** Faster than this many lines an hour is no review; null when speed is not judged. */
  readonly fastestLinesPerHour: number | null;
  /** What makes an approval stale. */
  readonly staleWhen: 'reviewed lines change' | 'anything is pushed' | 'never';
  readonly linesPerDay: number | null;
  readonly answerWithin: Duration | null;
}

/** Changes smaller than this many lines are read too quickly for speed to say anything. */
export const smallestTimedLines = 30;

/** The emergency door, and the debt it leaves. */
export interface BreakGlass {
  readonly at: Place;
  /** Names of `who`, or duties. */
  readonly who: readonly string[];
  readonly needs: readonly string[];
  readonly allows: {
    readonly approvals: number;
    readonly from: Who;
    readonly rollout: RolloutStyle;
  };
  readonly reviewAfter: {
    readonly within: Duration;
    readonly from: Who;
    readonly ifMissed: string;
  } | null;
}

const fastPattern = /^faster than (\d{1,6}) lines\/(?:hour|h)(?: since the last push)?$/;
const budgetPattern = /^(\d{1,6}) lines\/day(?: per person)?$/;
const stalePattern =
  /^(?:when a push changes reviewed lines(?: \(clean merges from [\w./-]+ do not count\))?|when anything is pushed|never)$/;
const allowsPattern =
  /^(\d{1,2}) approvals?(?: from ([A-Za-z@][\w.@+ -]*?))?(?:,\s*(none|canary|staged)(?: only)?)?$/;

/** The section `attention`. */
export const attentionShape: Shape = map({
  too_fast: {
    says: 'An approval faster than this for the size of the change does not count, and on tier 1 it blocks.',
    shape: phrase(fastPattern, 'faster than 1500 lines/hour since the last push'),
  },
  stale: {
    says: 'When an approval no longer counts.',
    shape: phrase(
      stalePattern,
      'when a push changes reviewed lines (clean merges from main do not count)',
    ),
  },
  reviewer_budget: {
    says: 'What one person can read in a day; past it the next one is asked.',
    shape: phrase(budgetPattern, '800 lines/day per person'),
  },
  answer_within: {
    says: 'After this the next candidate is asked too. Nothing is ever approved by waiting.',
    shape: phrase(durationPattern, '4 working hours'),
  },
});

/** The section `break_glass`. */
export const breakGlassShape: Shape = map(
  {
    who: {
      says: 'Who may open the door: names of `who`, or duties from people.yml.',
      shape: listOrOne(anyText('on-call'), 50),
    },
    needs: {
      says: 'What has to be given with it, such as `incident-id` and `reason`.',
      shape: list(phrase(/^[a-z][a-z0-9_-]{0,39}$/, 'incident-id'), 20),
    },
    allows: {
      says: 'What is asked in place of everything else.',
      shape: phrase(allowsPattern, '1 approval from anyone, canary only'),
    },
    review_after: {
      says: 'The debt the door leaves.',
      shape: map(
        {
          within: { says: 'Until when.', shape: phrase(durationPattern, '24 hours') },
          from: {
            says: 'Who has to review it then.',
            shape: phrase(whoPattern, 'senior and expert'),
          },
          if_missed: {
            says: 'What happens otherwise, in words.',
            shape: anyText("block this team's next tier-1 merge"),
          },
        },
        ['within', 'from'],
      ),
    },
  },
  ['who', 'needs', 'allows'],
);

/** Reads `attention`; what is not given is judged by the safe default. */
export function readAttention(located: Located | null): Attention {
  function text(key: string): string {
    return scalarsOf(under(located, key))[0]?.text ?? '';
  }
  const fast = fastPattern.exec(text('too_fast'));
  const budget = budgetPattern.exec(text('reviewer_budget'));
  const stale = text('stale');
  return {
    fastestLinesPerHour: fast ? Number(fast[1]) : null,
    staleWhen:
      stale === 'never'
        ? 'never'
        : stale === 'when anything is pushed'
          ? 'anything is pushed'
          : 'reviewed lines change',
    linesPerDay: budget ? Number(budget[1]) : null,
    answerWithin: readDuration(text('answer_within')),
  };
}

/** Reads `break_glass`; null when there is no such section. */
export function readBreakGlass(
  located: Located | null,
  who: WhoEntries,
  complaints: Complaints,
): BreakGlass | null {
  if (located === null || entriesOf(located).length === 0) return null;
  const allowed = scalarsOf(under(located, 'allows'))[0];
  const match = allowsPattern.exec(allowed?.text ?? '');
  const after = under(located, 'review_after');
  const within = readDuration(scalarsOf(under(after, 'within'))[0]?.text ?? '');
  const from = readPeople(under(after, 'from'), who, complaints);
  const allowedWho = match?.[2] === undefined ? anyone : readWho(match[2].trim());
  if (allowed && allowedWho) complainMissing(allowedWho, allowed.at, { who, complaints });
  else if (allowed && match)
    complain(complaints, allowed.at, {
      message: `"${match[2]}" names nobody`,
      suggestion: 'write "anyone"',
    });
  return {
    at: located.at,
    who: scalarsOf(under(located, 'who')).map(({ text }) => text),
    needs: scalarsOf(under(located, 'needs')).map(({ text }) => text),
    allows: {
      approvals: Number(match?.[1] ?? 1),
      from: allowedWho ?? anyone,
      rollout: rollouts.find((style) => style === match?.[3]) ?? 'none',
    },
    reviewAfter:
      after && within && from
        ? { within, from, ifMissed: scalarsOf(under(after, 'if_missed'))[0]?.text ?? '' }
        : null,
  };
}

/** Reads a kind of person and complains about names that are not defined. */
export function readPeople(
  located: Located | null,
  who: WhoEntries,
  complaints: Complaints,
): Who | null {
  const value = scalarsOf(located)[0];
  const people = value ? readWho(value.text) : null;
  if (!value || !people) return null;
  complainMissing(people, value.at, { who, complaints });
  return people;
}

function complainMissing(
  people: Who,
  at: Place,
  { who, complaints }: { readonly who: WhoEntries; readonly complaints: Complaints },
): void {
  for (const name of undefinedNames(people, who))
    complainUnknown(complaints, at, { what: 'the kind of person', name, known: whoNames(who) });
}
