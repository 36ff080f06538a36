import { entriesOf, scalarsOf, under } from './located.ts';
import type { Located, LocatedEntry } from './located.ts';
import {
  coveringPattern,
  durationPattern,
  historyPattern,
  levelPattern,
  readCovering,
  readDuration,
  readHistory,
  readLevels,
} from './phrases.ts';
import type { HistoryPhrase } from './phrases.ts';
import { complain, complainUnknown } from './problems.ts';
import type { Complaints } from './problems.ts';
import { anyText, listOrOne, map, named, phrase } from './shape.ts';
import type { Shape } from './shape.ts';
import { readWho, undefinedNames, whoNames, whoPattern } from './who.ts';
import type { KnowingFiles, WhoEntries, WhoEntry } from './who.ts';

const history = listOrOne(phrase(historyPattern, 'changed the file at least 1 time'), 2);

/** The section `who`. */
export const whoShape: Shape = named(
  map({
    level: {
      says: 'Level from people.yml: `L5+` is L5 and above, `L5` exactly that.',
      shape: phrase(levelPattern, 'L5+'),
    },
    any: { says: 'Has done one of these with the changed files.', shape: history },
    all: {
      says: 'The same for a single phrase; to ask for two, define two names and require "a and b".',
      shape: history,
    },
    within: {
      says: 'How far back that counts. Default: 12 months.',
      shape: phrase(durationPattern, '12 months'),
    },
    covering: {
      says: 'Share of the changed lines in files they know that way. Default: 50%.',
      shape: phrase(coveringPattern, '50% of changed lines'),
    },
    people: {
      says: 'These people: addresses, `@logins` or names.',
      shape: listOrOne(anyText('ann@example.org')),
    },
    teams: {
      says: 'Members of one of these teams, from people.yml.',
      shape: listOrOne(anyText('payments')),
    },
    duties: {
      says: 'Who has one of these duties, from people.yml.',
      shape: listOrOne(anyText('on-call')),
    },
    if_nobody: {
      says:
        'Who will do when nobody fits but those who may not approve. Without it such a change waits. ' +
        'Not used when it could not be found out who fits.',
      shape: phrase(whoPattern, 'expert'),
    },
  }),
  100,
);

/** Reads `who`. */
export function readWhoEntries(located: Located | null, complaints: Complaints): WhoEntries {
  const entries = new Map<string, WhoEntry>();
  for (const entry of entriesOf(located)) entries.set(entry.key, readEntry(entry, complaints));
  for (const entry of entriesOf(located)) checkFallback(entry, entries, complaints);
  return entries;
}

function readEntry({ key, at, value }: LocatedEntry, complaints: Complaints): WhoEntry {
  const fallback = scalarsOf(under(value, 'if_nobody'))[0];
  const defining = entriesOf(value).filter(
    (entry) => !['if_nobody', 'within', 'covering'].includes(entry.key),
  );
  if (value.kind === 'map' && defining.length === 0)
    complain(complaints, at, {
      message: `"${key}" says nothing about who it is`,
      suggestion:
        'give it a level, people, teams, duties or "any: [changed the file at least 1 time]"',
    });
  return {
    name: key,
    at,
    levels: readLevels(scalarsOf(under(value, 'level'))[0]?.text ?? ''),
    people: texts(value, 'people'),
    teams: texts(value, 'teams'),
    duties: texts(value, 'duties'),
    knows: readKnows(value, complaints),
    ifNobody: readWho(fallback?.text ?? ''),
  };
}

function texts(value: Located, key: string): readonly string[] | null {
  const found = under(value, key);
  return found === null ? null : scalarsOf(found).map(({ text }) => text);
}

function readKnows(value: Located, complaints: Complaints): KnowingFiles | null {
  const asked = under(value, 'any') ?? under(value, 'all');
  const phrases = scalarsOf(asked).flatMap(({ text }) => readHistory(text) ?? []);
  const within = scalarsOf(under(value, 'within'))[0];
  const covering = scalarsOf(under(value, 'covering'))[0];
  if (asked === null) {
    for (const lone of [within, covering])
      if (lone)
        complain(complaints, lone.at, {
          message: 'this belongs to "any", which is missing',
          suggestion: 'add any: [ "changed the file at least 1 time" ]',
        });
    return null;
  }
  checkPhrases(value, { asked, phrases }, complaints);
  const share = covering ? readCovering(covering.text) : 0.5;
  if (covering && (share === null || share === 0))
    complain(complaints, covering.at, { message: 'the share must lie between 1% and 100%' });
  const duration = within ? readDuration(within.text) : null;
  if (within && duration?.hours === 0)
    complain(complaints, within.at, { message: 'the time must not be zero' });
  function times(did: HistoryPhrase['did']): number | null {
    return phrases.find((phrase) => phrase.did === did)?.times ?? null;
  }
  return {
    changedAtLeast: times('changed'),
    reviewedAtLeast: times('reviewed'),
    withinDays: Math.max(1, Math.round((duration?.hours ?? 365.25 * 24) / 24)),
    covering: share ?? 0.5,
  };
}

interface Phrases {
  readonly asked: Located;
  readonly phrases: readonly HistoryPhrase[];
}

function checkPhrases(value: Located, { asked, phrases }: Phrases, complaints: Complaints): void {
  const all = under(value, 'all');
  if (under(value, 'any') && all)
    complain(complaints, all.at, {
      message: 'either "any" or "all" defines who knows the files, not both',
    });
  else if (all && phrases.length > 1)
    complain(complaints, all.at, {
      message: '"all" takes one phrase',
      suggestion:
        'define two names, such as changer and reviewer, and require "changer and reviewer"',
    });
  if (new Set(phrases.map(({ did }) => did)).size < phrases.length)
    complain(complaints, asked.at, {
      message: 'the same phrase stands here twice',
      suggestion: 'keep one of them',
    });
  if (phrases.some(({ times }) => times === 0))
    complain(complaints, asked.at, {
      message: '"at least 0 times" is true of everybody',
      suggestion: 'write 1 or more',
    });
}

function checkFallback(
  { key, value }: LocatedEntry,
  entries: WhoEntries,
  complaints: Complaints,
): void {
  const given = scalarsOf(under(value, 'if_nobody'))[0];
  const fallback = entries.get(key)?.ifNobody;
  if (!given || !fallback) return;
  for (const name of undefinedNames(fallback, entries))
    complainUnknown(complaints, given.at, {
      what: 'the kind of person',
      name,
      known: whoNames(entries),
    });
  if (leadsBack(key, fallback.any.flat(), entries))
    complain(complaints, given.at, {
      message: `"${key}" falls back to itself`,
      suggestion: 'end with "anyone"',
    });
}

function leadsBack(start: string, names: readonly string[], entries: WhoEntries): boolean {
  const seen = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === start) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(entries.get(name)?.ifNobody?.any.flat() ?? []));
  }
  return false;
}
