import { grouped } from '../change/numbers.ts';
import { reviewableLines } from '../change/change.ts';
import { smallestTimedLines } from '../policy/attention.ts';
import type { Policy } from '../policy/policy.ts';
import { isUnknown } from '../policy/subject.ts';
import type { Someone } from '../policy/subject.ts';
import type { Crowd } from './crowd.ts';
import type { Facts } from './facts.ts';
import type { Approval } from './gate.ts';
import type { AttentionNote } from './outcome.ts';
import { incompleteness } from './subject.ts';

/** Approvals, weighed. */
export interface Reviews {
  /** People whose approval counts, each once. */
  readonly counted: readonly Someone[];
  readonly notes: readonly AttentionNote[];
  /** Somebody approved faster than anybody can read. */
  readonly tooFast: boolean;
}

interface Weighed {
  readonly someone: Someone;
  readonly note: AttentionNote | null;
}

/** Says which approvals count, and of the others why not. Several approvals of one person are one. */
export function weighReviews(policy: Policy, facts: Facts, crowd: Crowd): Reviews {
  const weighed = (facts.approvals ?? []).map((approval) =>
    weigh(approval, { policy, facts, crowd }),
  );
  const counted: Someone[] = [];
  for (const { someone, note } of weighed)
    if (note === null && !counted.some((other) => isSame(other, someone))) counted.push(someone);
  // A later, careful approval makes up for a hasty one by the same person.
  const open = weighed.filter(({ someone }) => !counted.some((other) => isSame(other, someone)));
  const notes = open.flatMap(({ note }) => note ?? []);
  return { counted, notes, tooFast: notes.some(({ kind }) => kind === 'too-fast') };
}

/** Whether two are one person: they share an address or a login. */
export function isSame(one: Someone, other: Someone): boolean {
  return [...one.ids].some((id) => id.includes('@') && other.ids.has(id));
}

interface Weighing {
  readonly policy: Policy;
  readonly facts: Facts;
  readonly crowd: Crowd;
}

function weigh(approval: Approval, weighing: Weighing): Weighed {
  const someone = weighing.crowd.find(approval.by);
  const who = nameOf(someone);
  const barred = weighing.crowd.barred(someone);
  if (barred !== null)
    return {
      someone,
      note: {
        kind: 'not-counted',
        who,
        says: `${who}'s approval does not count: ${who} ${barred}`,
      },
    };
  // Without people.yml two names may be one person, or the author's.
  const unread = unreadRoster(weighing.facts);
  if (unread !== null)
    return {
      someone,
      note: {
        kind: 'not-counted',
        who,
        says: `${who}'s approval does not count: who that is could not be found out: ${unread}`,
      },
    };
  const stale = staleness(approval, weighing);
  if (stale !== null)
    return { someone, note: { kind: 'stale', who, says: `${who}'s approval is stale: ${stale}` } };
  const hasty = haste(approval, weighing);
  if (hasty !== null)
    return {
      someone,
      note: { kind: 'too-fast', who, says: `${who}'s approval does not count yet: ${hasty}` },
    };
  return { someone, note: null };
}

function unreadRoster({ roster }: Facts): string | null {
  return isUnknown(roster) ? roster.unknown : null;
}

function staleness({ revision }: Approval, { policy, facts }: Weighing): string | null {
  const { staleWhen } = policy.attention;
  if (staleWhen === 'never' || revision === facts.change.head) return null;
  if (staleWhen === 'anything is pushed') return 'something was pushed after it';
  const changed = facts.changedSince?.get(revision);
  if (changed === undefined)
    return 'whether the lines it was about have changed since is not known';
  return changed ? 'a later push changed lines that were reviewed' : null;
}

function haste({ at }: Approval, { policy, facts }: Weighing): string | null {
  const fastest = policy.attention.fastestLinesPerHour;
  const lines = reviewableLines(facts.change);
  if (fastest === null) return null;
  const cut = incompleteness(facts);
  if (cut !== null) return `how much there was to read is not known: ${cut}`;
  if (lines < smallestTimedLines) return null;
  if (facts.pushedAt === undefined)
    return 'when the last push was is not known, so neither is whether there was time to read';
  const seconds = at - facts.pushedAt;
  if (lines * 3600 <= fastest * seconds) return null;
  const least = Math.ceil((lines * 60) / fastest);
  return `${grouped(lines)} lines in ${spell(seconds)} is too fast to have read them; it takes ${least} min at least`;
}

function spell(seconds: number): string {
  if (seconds <= 0) return 'no time';
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** What to call somebody on screen. */
export function nameOf({ name, email }: Someone): string {
  if (name === '') return email;
  // Where history knows nobody's name, the address stands for it and need not be said twice.
  return name === '' || name.includes('@') ? email : `${name} <${email}>`;
}
