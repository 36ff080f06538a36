import { atomsOf, both, either, opposite } from '../condition.ts';
import type { Condition } from '../condition.ts';
import { entriesOf, itemsOf } from '../located.ts';
import type { Located, LocatedEntry } from '../located.ts';
import { complain } from '../problems.ts';
import type { Keys, Shape } from '../shape.ts';
import { list, map } from '../shape.ts';
import { aiKeys } from './ai.ts';
import { authorKeys } from './authors.ts';
import { placeKeys } from './places.ts';
import { reachingKeys } from './reaching.ts';
import { areasIn, scoped } from './reading.ts';
import type { ConditionKey, Reading } from './reading.ts';
import { signalKeys } from './signals.ts';
import { sizeKeys } from './sizes.ts';

/** Every key that asks something about a change. */
const conditionKeys: Readonly<Record<string, ConditionKey>> = {
  ...aiKeys,
  ...sizeKeys,
  ...placeKeys,
  ...authorKeys,
  ...signalKeys,
  ...reachingKeys,
};

/** A condition as it stands under `when`. */
export const conditionShape: Shape = {
  kind: 'ref',
  name: 'condition',
  shape: () => inside,
};

const joins: Keys = {
  any: { says: 'At least one of these conditions holds.', shape: list(conditionShape, 50) },
  all: { says: 'All of these conditions hold.', shape: list(conditionShape, 50) },
  not: { says: 'This condition does not hold.', shape: conditionShape },
  in: {
    says: 'Limits `ai`, `ai_share`, `lines`, `files`, `added` and `deleted` beside it to the files of one area.',
    shape: { kind: 'text', example: 'tier-1' },
  },
};

const inside: Shape = map({ ...conditionKeys, ...joins });

/** Compiles the map under `when`; all its keys must hold. Null after a complaint. */
export function readCondition(located: Located, reading: Reading): Condition | null {
  const entries = entriesOf(located);
  if (located.kind === 'map' && entries.length === 0)
    complain(reading.complaints, located.at, {
      message: 'the condition is empty',
      suggestion: 'leave "when" out to ask always',
    });
  const here = scopedReading(entries, reading);
  const parts = entries
    .filter(({ key }) => key !== 'in')
    .map((entry) => readEntry(entry, entry.key in joins ? { ...here, scope: null } : here));
  const usable = parts.filter((part) => part !== null);
  return usable.length === 0 || usable.length < parts.length ? null : both(usable, located.at);
}

function scopedReading(entries: readonly LocatedEntry[], reading: Reading): Reading {
  const limit = entries.find(({ key }) => key === 'in');
  if (!limit) return { ...reading, scope: null };
  if (!entries.some(({ key }) => scoped.has(key)))
    complain(reading.complaints, limit.at, {
      message: '"in" limits nothing here',
      suggestion: `put it beside ${[...scoped].join(', ')}`,
    });
  const [area = null] = areasIn(limit.value, reading);
  return { ...reading, scope: area };
}

function readEntry(entry: LocatedEntry, reading: Reading): Condition | null {
  const { key, at, value } = entry;
  if (key === 'not') {
    const of = readCondition(value, reading);
    return of && opposite(of, at);
  }
  if (key !== 'any' && key !== 'all')
    return Object.hasOwn(conditionKeys, key)
      ? (conditionKeys[key]?.read(entry, reading) ?? null)
      : null;
  const parts = itemsOf(value).map((item) => readCondition(item, reading));
  const usable = parts.filter((part) => part !== null);
  if (usable.length === 0 || usable.length < parts.length) return null;
  return key === 'any' ? either(usable, at) : both(usable, at);
}

/** Complains about conditions under which more findings, or a missing signal, would loosen something. */
export function checkDirection(
  condition: Condition,
  { waives, asks }: { readonly waives: boolean; readonly asks: boolean },
  reading: Reading,
): void {
  for (const { atom, negated } of atomsOf(condition)) {
    if (!atom.onlyAsks) continue;
    if ((asks && negated) || (waives && !negated))
      complain(reading.complaints, atom.at, {
        message: `"${atom.words}" would loosen the policy here: a finding or a missing signal may only ask for more`,
        suggestion: waives
          ? 'put it under "not", or take it out'
          : 'take the "not" away, or turn the rule round',
      });
  }
}
