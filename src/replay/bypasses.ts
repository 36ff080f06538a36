import type { Gap } from '../change/change.ts';
import { looksLikeBot } from '../people/bots.ts';
import type { ChangeFact } from './fact.ts';
import type { Span } from './policies.ts';

/** A change that went round the way changes usually go here. */
export interface Bypass {
  readonly commit: string;
  readonly kind: 'direct-push' | 'self-merge' | 'unreviewed';
  readonly fact: ChangeFact;
  readonly says: string;
}

export interface Bypasses {
  /** How changes usually land: by merges, by squashed requests, by direct pushes, or in no usual way. */
  readonly norm: 'merges' | 'requests' | 'direct' | 'unclear';
  /** Newest last. */
  readonly bypasses: readonly Bypass[];
  /** Changes that were looked at. */
  readonly changes: number;
  readonly gaps: readonly Gap[];
}

/** With fewer changes than this there is no usual way yet. */
const fewestChanges = 20;
/** What so large a share of changes do is the usual way. */
const usualShare = 0.7;
/** The usual way is judged by so many changes before each, so that old habits do not accuse today. */
const changesLookedBack = 200;
/** Where so small a share of changes names a reviewer, a missing name means nothing. */
const leastNamed = 0.5;

/**
 * Which changes of a span went round review, as far as git alone can tell; a forge knows more. What was usual is seen
 * from the changes before each, also from those before the span.
 */
export function bypassesOf(
  facts: readonly ChangeFact[],
  [from, to]: Span = [0, facts.length],
): Bypasses {
  const habits = habitsOf(facts.slice(0, to));
  const bypasses = facts.slice(from, to).flatMap((fact, index) => {
    const habit = habits[from + index];
    if (habit === undefined || isRoutine(fact)) return [];
    const found = bypassOf(fact, habit);
    return found === null ? [] : [{ commit: fact.commit, fact, ...found }];
  });
  const last = habits.at(-1) ?? noHabit;
  return { norm: normOf(last), bypasses, changes: to - from, gaps: gapsOf(last) };
}

interface Habit {
  readonly changes: number;
  readonly merges: number;
  readonly squashes: number;
  readonly requested: number;
  readonly reviewed: number;
}

const noHabit: Habit = { changes: 0, merges: 0, squashes: 0, requested: 0, reviewed: 0 };

/** The habit before each change. */
function habitsOf(facts: readonly ChangeFact[]): readonly Habit[] {
  const habits: Habit[] = [];
  let habit = noHabit;
  facts.forEach((fact, index) => {
    habits.push(habit);
    habit = counted(habit, fact, 1);
    const left = facts[index - changesLookedBack];
    if (left !== undefined) habit = counted(habit, left, -1);
  });
  return [...habits, habit];
}

function counted(habit: Habit, fact: ChangeFact, by: 1 | -1): Habit {
  if (isRoutine(fact)) return habit;
  return {
    changes: habit.changes + by,
    merges: habit.merges + (fact.landing === 'merge' ? by : 0),
    squashes: habit.squashes + (fact.landing === 'squash' ? by : 0),
    requested: habit.requested + (fact.landing !== 'direct' ? by : 0),
    reviewed: habit.reviewed + (fact.reviewers.length > 0 ? by : 0),
  };
}

/** Releases and version bumps of automation are pushed directly everywhere. */
function isRoutine(fact: ChangeFact): boolean {
  return fact.traces.sort === 'release' || looksLikeBot(fact.author);
}

function bypassOf(fact: ChangeFact, habit: Habit): Pick<Bypass, 'kind' | 'says'> | null {
  if (habit.changes < fewestChanges) return null;
  if (fact.landing === 'direct') {
    if (habit.requested < usualShare * habit.changes) return null;
    const percent = Math.round((100 * habit.requested) / habit.changes);
    return {
      kind: 'direct-push',
      says: `pushed directly, while ${percent} % of the ${habit.changes} changes before came by a merge or a request`,
    };
  }
  if (fact.reviewers.length > 0) return null;
  if (fact.landing === 'merge' && isOwn(fact))
    return {
      kind: 'self-merge',
      says: `written and merged by ${fact.committer.name || 'the same person'}, no reviewer named`,
    };
  if (habit.reviewed >= leastNamed * habit.changes)
    return { kind: 'unreviewed', says: 'no reviewer named, while most changes before name one' };
  return null;
}

function isOwn({ author, committer }: ChangeFact): boolean {
  return author.email !== '' && author.email === committer.email;
}

function normOf({ changes, merges, squashes, requested }: Habit): Bypasses['norm'] {
  if (changes < fewestChanges) return 'unclear';
  if (merges >= usualShare * changes) return 'merges';
  if (squashes >= usualShare * changes || requested >= usualShare * changes) return 'requests';
  return changes - requested >= usualShare * changes ? 'direct' : 'unclear';
}

function gapsOf({ changes, squashes, reviewed }: Habit): readonly Gap[] {
  const forge = 'only a forge knows';
  const unknownMerger =
    squashes > 0
      ? [
          {
            what: 'who merged squashed requests',
            why: `the forge commits them in its own name; ${forge}`,
          },
        ]
      : [];
  const silent =
    changes > 0 && reviewed < leastNamed * changes
      ? [{ what: 'reviews', why: `most messages here name no reviewer; ${forge} who approved` }]
      : [];
  return [
    ...unknownMerger,
    ...silent,
    { what: 'rebased requests', why: `they look like direct pushes; ${forge} which they are` },
  ];
}
