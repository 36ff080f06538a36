import type { Atom } from '../condition.ts';
import type { LocatedEntry } from '../located.ts';
import { countPattern, keeps, rangeOf, readBound } from '../phrases.ts';
import { listOrOne, phrase } from '../shape.ts';
import type { Portion, Subject } from '../subject.ts';
import { linesOf } from '../subject.ts';
import { atom, counted, portionFor, single, unclear } from './reading.ts';
import type { ConditionKey, Reading } from './reading.ts';

const shape = phrase(countPattern, '> 400', true);

/** How big the change is. */
export const sizeKeys: Readonly<Record<string, ConditionKey>> = {
  lines: {
    says: 'Lines to review: added plus deleted. Generated, vendored and lock files do not count.',
    shape,
    read: sized('line', linesOf),
  },
  added: { says: 'Added lines to review.', shape, read: sized('added line', ({ added }) => added) },
  deleted: {
    says: 'Deleted lines to review.',
    shape,
    read: sized('deleted line', ({ deleted }) => deleted),
  },
  files: {
    says: 'Touched files, generated ones too.',
    shape,
    read: sized('file', ({ files }) => files),
  },
  commits: { says: 'Commits in the change.', shape, read: readCommits },
};

function sized(noun: string, of: (portion: Portion) => number): ConditionKey['read'] {
  return (entry, reading) => {
    const portion = portionFor(reading);
    return countAtom(entry, reading, { noun, count: (subject) => of(portion(subject)) });
  };
}

function readCommits(entry: LocatedEntry, reading: Reading): Atom | null {
  return countAtom(entry, reading, { noun: 'commit', count: ({ commits }) => commits });
}

interface Counted {
  readonly noun: string;
  readonly count: (subject: Subject) => number;
}

function countAtom(entry: LocatedEntry, reading: Reading, { noun, count }: Counted): Atom | null {
  const value = single(entry);
  const bound = value && readBound(value.text, countPattern);
  if (!value || !bound) return null;
  const [from, to] = rangeOf(bound.sign, bound.value);
  if (to < 0) return unclear(reading, value, `no change has fewer than 0 ${noun}s`);
  return atom(entry, reading, {
    // An incomplete list of files gives a lower limit only.
    test: (subject) =>
      keeps(bound, count(subject), subject.incomplete === null ? count(subject) : Infinity),
    value: (subject) =>
      `${subject.incomplete === null ? '' : 'at least '}${counted(count(subject), noun)}`,
    claims: [
      { kind: 'range', of: `${entry.key} ${reading.scope ?? ''}`, from: Math.max(0, from), to },
    ],
  });
}

/** A list of names or one name, where any of them will do. */
export function anyName(example: string): ConditionKey['shape'] {
  return listOrOne({ kind: 'text', example }, 100);
}
