import type { Atom, Claim } from '../condition.ts';
import { scalarsOf } from '../located.ts';
import type { LocatedEntry, LocatedScalar } from '../located.ts';
import { readLevels } from '../phrases.ts';
import type { Levels } from '../phrases.ts';
import { complain, complainUnknown } from '../problems.ts';
import { listOrOne, phrase } from '../shape.ts';
import type { Someone, Subject, Truth } from '../subject.ts';
import { isUnknown } from '../subject.ts';
import { anyOf } from '../truth.ts';
import { fits, readWho, undefinedNames, whoNames, withinLevels } from '../who.ts';
import { atom, unclear } from './reading.ts';
import type { ConditionKey, Made, Reading } from './reading.ts';

const authorPattern =
  /^(?:(?:below|at least)\s+)?[A-Za-z@][\w.@+-]*(?:\s+(?:and|or)\s+[A-Za-z@][\w.@+-]*){0,9}$/;

/** Who made the change. */
export const authorKeys: Readonly<Record<string, ConditionKey>> = {
  author: {
    says:
      'Who wrote it: a name of `who`, `below` or `at least` such a name or a level, an address, or an `@login`. ' +
      'When the change has several authors and not all fit, the answer is unknown.',
    shape: listOrOne(phrase(authorPattern, 'below senior'), 100),
    read: readAuthor,
  },
};

type Test = (someone: Someone) => Truth;

function readAuthor(entry: LocatedEntry, reading: Reading): Atom | null {
  const tests = scalarsOf(entry.value).map((value) => readOne(value, reading));
  const usable = tests.filter((test) => test !== null);
  if (usable.length === 0 || usable.length < tests.length) return null;
  return atom(entry, reading, authored(usable, levelClaims(entry, reading)));
}

function readOne(value: LocatedScalar, reading: Reading): Test | null {
  const relative = /^(below|at least)\s+(.+)$/.exec(value.text);
  if (relative)
    return readRelative(value, reading, {
      below: relative[1] === 'below',
      than: relative[2] ?? '',
    });
  const who = readWho(value.text);
  if (who === null) return null;
  const missing = undefinedNames(who, reading.who);
  for (const name of missing)
    complainUnknown(reading.complaints, value.at, {
      what: 'the kind of author',
      name,
      known: whoNames(reading.who),
    });
  return missing.length > 0 ? null : (someone) => fits(someone, who, reading.who);
}

function readRelative(
  value: LocatedScalar,
  reading: Reading,
  { below, than }: { readonly below: boolean; readonly than: string },
): Test | null {
  const levels = readLevels(than) ?? reading.who.get(than)?.levels ?? null;
  if (levels !== null) return levelTest(levels, below);
  if (reading.who.has(than))
    return unclear(
      reading,
      value,
      `"${than}" has no level, so nobody can be below it or at least it`,
    );
  complain(reading.complaints, value.at, {
    message: `"${than}" is neither a level nor a kind of person with a level`,
    suggestion: 'write "below L5", or define it under "who" with a level',
  });
  return null;
}

function levelTest({ least }: Levels, below: boolean): Test {
  const range = below ? { least: 0, most: least - 1 } : { least, most: Infinity };
  return (someone) => withinLevels(someone, range);
}

function authored(tests: readonly Test[], claims: readonly Claim[]): Made {
  return {
    test: (subject) => {
      if (isUnknown(subject.authors) || subject.authors.length === 0) return 'unknown';
      const answers = subject.authors.map((someone) => anyOf(tests.map((test) => test(someone))));
      const [first = 'unknown'] = answers;
      // Of several authors some fit and some do not: either answer could loosen something, so it is neither.
      return answers.every((answer) => answer === first) ? first : 'unknown';
    },
    value: (subject) => authorWords(subject),
    claims,
  };
}

function authorWords({ authors }: Subject): string {
  if (isUnknown(authors)) return `the author is not known: ${authors.unknown}`;
  if (authors.length === 0) return 'the author is not known';
  const words = authors.slice(0, 3).map(({ name, email, level }) => {
    const called = name === '' ? email : name;
    return isUnknown(level) ? `${called}'s level is not known` : `${called} is L${level}`;
  });
  return `${words.join(', ')}${authors.length > 3 ? ', …' : ''}`;
}

function levelClaims({ value }: LocatedEntry, { who }: Reading): readonly Claim[] {
  if (value.kind !== 'scalar') return [];
  const relative = /^(below|at least)\s+(.+)$/.exec(value.text);
  const name = relative?.[2] ?? value.text;
  const levels = readLevels(value.text) ?? readLevels(name) ?? who.get(name)?.levels ?? null;
  if (levels === null) return [];
  const of = 'author level';
  if (relative?.[1] === 'below' && readLevels(value.text) === null)
    return [{ kind: 'range', of, from: 0, to: levels.least - 1 }];
  return [{ kind: 'range', of, from: levels.least, to: relative ? Infinity : levels.most }];
}
