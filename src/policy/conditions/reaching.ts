import type { Atom } from '../condition.ts';
import { scalarsOf } from '../located.ts';
import type { LocatedEntry } from '../located.ts';
import { countPattern, keeps, rangeOf, readBound } from '../phrases.ts';
import { phrase } from '../shape.ts';
import type { Subject, SubjectReach, Truth, Unknown } from '../subject.ts';
import { isUnknown } from '../subject.ts';
import { anyOf, sure } from '../truth.ts';
import { starred } from './ai.ts';
import { atom, single, unclear } from './reading.ts';
import type { ConditionKey, Reading } from './reading.ts';
import { anyName } from './sizes.ts';

/** What a change reaches through the code that uses it, however far the file is from there. */
export const reachingKeys: Readonly<Record<string, ConditionKey>> = {
  reaches: {
    says:
      'Something the change reaches through those who use it: a service, or an entry point such as ' +
      '`checkout button` or `POST /api/pay`. `*` stands for any characters.',
    shape: anyName('checkout'),
    read: readReaches,
  },
  reaches_tier: {
    says: 'Tier of the most critical service reached in that way. `<= 2` is tier 1 or 2.',
    shape: phrase(countPattern, '<= 2', true),
    read: readReachesTier,
  },
};

const notFollowed: Unknown = { unknown: 'who uses the changed code was not followed' };

function readReaches(entry: LocatedEntry, reading: Reading): Atom | null {
  const wanted = scalarsOf(entry.value).map(({ text }) => starred(text));
  const found = ({ names }: SubjectReach): readonly string[] =>
    names.filter((name) => wanted.some((is) => is(name)));
  return atom(entry, reading, {
    test: ({ reached = notFollowed }): Truth => {
      if (isUnknown(reached)) return 'unknown';
      if (found(reached).length > 0) return 'yes';
      return reached.incomplete === null ? 'no' : 'unknown';
    },
    value: ({ reached = notFollowed }) =>
      isUnknown(reached) ? `not known: ${reached.unknown}` : words(found(reached), reached),
  });
}

function readReachesTier(entry: LocatedEntry, reading: Reading): Atom | null {
  const value = single(entry);
  const bound = value && readBound(value.text, countPattern);
  if (!value || !bound) return null;
  if (bound.sign === '>' || bound.sign === '>=')
    return unclear(reading, value, 'a tier is asked from the critical end: "1" or "<= 2"');
  return atom(entry, reading, {
    test: ({ reached = notFollowed }: Subject): Truth => {
      if (isUnknown(reached)) return 'unknown';
      const known = reached.services.map(({ tier }): Truth =>
        tier === null ? 'unknown' : keeps(bound, tier, tier),
      );
      return anyOf([...known, reached.incomplete === null ? sure(false) : 'unknown']);
    },
    value: ({ reached = notFollowed }) =>
      isUnknown(reached)
        ? `not known: ${reached.unknown}`
        : words(
            reached.services.map(
              ({ name, tier }) => `${name}${tier === null ? '' : ` (tier ${tier})`}`,
            ),
            reached,
          ),
    claims:
      bound.sign === '='
        ? []
        : [{ kind: 'range', of: 'tier reached', from: 0, to: rangeOf(bound.sign, bound.value)[1] }],
  });
}

function words(names: readonly string[], { incomplete }: SubjectReach): string {
  if (names.length > 0) return `it reaches ${names.slice(0, 3).join(', ')}`;
  return incomplete === null ? 'it reaches none of them' : `not all users are known: ${incomplete}`;
}
