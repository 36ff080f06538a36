import { isReleaseNote, subsystemOf } from '../change/past.ts';
import type { ChangeFact, Outcome } from './fact.ts';
import { watchedSpan } from './policies.ts';
import type { Span } from './policies.ts';
import { differenceOf, rateOf } from './report-rates.ts';
import type { Gap95, Rate } from './report-rates.ts';

/** Changes of one kind, by name. */
export interface Group extends Rate {
  readonly name: string;
}

/** One month of landing. */
export interface Month {
  /** `2026-03`. */
  readonly name: string;
  readonly all: Rate;
  readonly ai: Rate;
  readonly other: Rate;
}

/** A change that was taken back or repaired before it could do much. */
export interface NearMiss {
  readonly fact: ChangeFact;
  readonly outcome: Outcome;
  readonly hours: number;
}

/** What an operational review looks at: how changes turned out, over time and by kind. */
export interface Review {
  readonly all: Rate;
  readonly months: readonly Month[];
  readonly ai: Rate;
  readonly other: Rate;
  /** How much more often AI-assisted changes turned out bad, in points of 1; null when nothing is known. */
  readonly aiGap: Gap95 | null;
  readonly tools: readonly Group[];
  readonly areas: readonly Group[];
  readonly kinds: readonly Group[];
  /** Newest first. */
  readonly nearMisses: readonly NearMiss[];
}

const mostGroups = 12;
const hoursOfNearMiss = 24;
const secondsPerHour = 3600;

/** Sums up a span of history. */
export function reviewOf(
  facts: readonly ChangeFact[],
  outcomes: readonly Outcome[],
  span: Span,
): Review {
  const [from, watched] = watchedSpan(outcomes, span);
  const turns = facts.slice(from, span[1]).map((fact, at): Turn => ({
    fact,
    outcome: outcomes[from + at] ?? null,
    watched: from + at < watched,
  }));
  const ai = tallied(turns.filter(({ fact }) => isAssisted(fact)));
  const other = tallied(turns.filter(({ fact }) => !isAssisted(fact)));
  return {
    all: tallied(turns),
    months: monthsOf(turns),
    ai,
    other,
    aiGap: differenceOf(ai, other),
    tools: groupsOf(turns, ({ tools }) => tools.map(({ tool }) => tool)),
    areas: groupsOf(turns, ({ files }) => areasOf(files)),
    kinds: groupsOf(turns, ({ subject }) => [kindOf(subject)]),
    nearMisses: nearMissesIn(turns),
  };
}

interface Turn {
  readonly fact: ChangeFact;
  readonly outcome: Outcome | null;
  /** It landed long enough ago to be known for clean. */
  readonly watched: boolean;
}

/** Evidence speaks of an AI: it wrote, took part, or gave advice. */
export function isAssisted({ aiSeen, advised, lines }: ChangeFact): boolean {
  return aiSeen || advised || lines.ai + lines.mixed > 0;
}

function tallied(turns: readonly Turn[]): Rate {
  let [known, bad] = [0, 0];
  for (const { outcome, watched } of turns) {
    if (outcome === null || outcome.verdict === 'unknown' || !watched) continue;
    known += 1;
    if (outcome.verdict === 'bad') bad += 1;
  }
  return rateOf({ changes: turns.length, known, bad });
}

/** Parts of the repository a change touches; release notes are no part of it. */
export function areasOf(files: ChangeFact['files']): readonly string[] {
  return files
    .filter(({ path, generated }) => !generated && !isReleaseNote(path))
    .map(({ path }) => subsystemOf(path) || 'top folder');
}

function monthsOf(turns: readonly Turn[]): readonly Month[] {
  const months = new Map<string, Turn[]>();
  for (const turn of turns) {
    const name = new Date(turn.fact.landedAt * 1000).toISOString().slice(0, 7);
    const own = months.get(name) ?? [];
    own.push(turn);
    months.set(name, own);
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({
      name,
      all: tallied(own),
      ai: tallied(own.filter(({ fact }) => isAssisted(fact))),
      other: tallied(own.filter(({ fact }) => !isAssisted(fact))),
    }));
}

/** Groups with most changes first; a change may stand in several. */
function groupsOf(
  turns: readonly Turn[],
  namesOf: (fact: ChangeFact) => readonly string[],
): readonly Group[] {
  const groups = new Map<string, Turn[]>();
  for (const turn of turns)
    for (const name of new Set(namesOf(turn.fact))) {
      const own = groups.get(name) ?? [];
      own.push(turn);
      groups.set(name, own);
    }
  return [...groups]
    .map(([name, own]) => ({ name, ...tallied(own) }))
    .sort((a, b) => b.changes - a.changes || (a.name < b.name ? -1 : 1))
    .slice(0, mostGroups);
}

const kinds: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['revert', /^revert\b/i],
  ['fix', /^(?:bug)?fix(?:es|ed)?\b|^hotfix\b/i],
  ['feature', /^feat(?:ure)?\b|^add(?:s|ed)?\b|^support\b|^implement/i],
  ['refactoring', /^refactor|^clean ?up|^rename|^simplif|^move\b|^remove\b/i],
  ['documentation', /^docs?\b|\breadme\b|^document/i],
  ['tests', /^tests?\b/i],
  ['dependencies', /^bump\b|^deps?\b|^upgrade\b|^update dependenc|^(?:chore|build|fix)\(deps/i],
  ['build and CI', /^(?:build|ci)\b/i],
  ['performance', /^perf\b|^optimi[sz]e/i],
  ['chore', /^chore\b|^release\b|^version\b/i],
];

/** What a change says it is, by its first words. */
export function kindOf(subject: string): string {
  const told = subject.replace(/^merge [^:]{0,200}:? ?/i, '');
  const dependency = kinds.find(([name, pattern]) => name === 'dependencies' && pattern.test(told));
  const found = dependency ?? kinds.find(([, pattern]) => pattern.test(told));
  return found?.[0] ?? 'other';
}

function nearMissesIn(turns: readonly Turn[]): readonly NearMiss[] {
  return turns
    .flatMap(({ fact, outcome }) => {
      const at = outcome?.at ?? null;
      if (outcome === null || at === null) return [];
      const hours = Math.max(0, (at - fact.landedAt) / secondsPerHour);
      return hours <= hoursOfNearMiss && outcome.verdict === 'bad'
        ? [{ fact, outcome, hours }]
        : [];
    })
    .toReversed();
}
