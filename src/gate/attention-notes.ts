import { deadline } from './working-hours.ts';
import type { Obligation } from './gate.ts';
import type { Bench } from './obligations.ts';
import type { AttentionNote } from './outcome.ts';
import { nameOf } from './reviews.ts';

/** What people should know about the reviews: what does not count, who has too much, what is overdue. */
export function attentionNotes(
  bench: Bench,
  owed: readonly Obligation[],
  before: readonly AttentionNote[],
): readonly AttentionNote[] {
  return [...before, ...bench.reviews.notes, ...overloaded(bench, owed), ...overdue(bench, owed)];
}

function overloaded(
  { ranked, policy }: Bench,
  owed: readonly Obligation[],
): readonly AttentionNote[] {
  if (!owed.some(({ kind }) => kind === 'approval')) return [];
  const most = policy.attention.linesPerDay ?? 0;
  return ranked
    .filter((one) => one.overloaded)
    .slice(0, 5)
    .map(({ someone }) => {
      const who = nameOf(someone);
      const says = `${who} has been given ${most} lines or more today; ask the next one`;
      return { kind: 'overloaded', who, says };
    });
}

/** Waiting never approves anything; past the deadline the next candidate is asked too. */
function overdue({ policy, facts }: Bench, owed: readonly Obligation[]): readonly AttentionNote[] {
  const { answerWithin } = policy.attention;
  const open = owed.find(({ kind }) => kind === 'approval');
  if (answerWithin === null || facts.askedAt === undefined || !open) return [];
  if (facts.now <= deadline(facts.askedAt, answerWithin)) return [];
  const [, next] = open.candidates;
  return [
    {
      kind: 'overdue',
      who: next ?? '',
      says: `no answer in time; ${next === undefined ? 'nobody else is known to ask' : `ask ${next} too`}`,
    },
  ];
}
