import { grouped } from '../../change/numbers.ts';
import type { Atom } from '../condition.ts';
import { scalarsOf } from '../located.ts';
import type { LocatedEntry } from '../located.ts';
import { keeps, rangeOf, readBound, sharePattern } from '../phrases.ts';
import { phrase, word } from '../shape.ts';
import type { Portion, Subject, Truth } from '../subject.ts';
import { sure } from '../truth.ts';
import { atom, portionFor, single, unclear } from './reading.ts';
import type { ConditionKey, Reading } from './reading.ts';
import { anyName } from './sizes.ts';

const answers = ['assisted', 'mostly', 'none', 'advised', 'unknown'] as const;

/** Who wrote it: people, AI, or nobody can tell. */
export const aiKeys: Readonly<Record<string, ConditionKey>> = {
  ai: {
    says:
      '`assisted`: any evidence of AI, advice included, and whatever has no known author. `mostly`: more than half ' +
      'of the added lines. `none`: people wrote all of it. `advised`: a person followed advice. `unknown`: some ' +
      'lines have no known author.',
    shape: word(...answers),
    read: readAi,
  },
  ai_share: {
    says: 'Share of the added lines that AI wrote, alone or with a person. Lines without a known author may be either.',
    shape: phrase(sharePattern, '> 50%'),
    read: readShare,
  },
  tool: {
    says: 'AI tool that wrote some of it, such as `claude-code`. `*` stands for any characters.',
    shape: anyName('claude-code'),
    read: named('tool'),
  },
  model: {
    says: 'Model that wrote some of it. `*` stands for any characters.',
    shape: anyName('gpt-*'),
    read: named('model'),
  },
};

function readAi(entry: LocatedEntry, reading: Reading): Atom | null {
  const value = single(entry);
  const answer = answers.find((one) => one === value?.text);
  if (!value || !answer) return null;
  const portion = portionFor(reading);
  const inArea = reading.scope !== null;
  const claim = {
    assisted: ['ai'],
    mostly: ['ai'],
    none: ['people'],
    advised: ['ai'],
    unknown: ['ai', 'people'],
  };
  return atom(entry, reading, {
    test: (subject) => aiTruth(answer, subject, { portion: portion(subject), inArea }),
    value: (subject) => authorsOf(portion(subject), subject, inArea),
    evidence: ({ ai }) => (answer === 'none' ? [] : ai.evidence),
    claims: [{ kind: 'oneOf', of: `author kind ${reading.scope ?? ''}`, words: claim[answer] }],
    onlyAsks: answer === 'unknown',
  });
}

interface Part {
  readonly portion: Portion;
  readonly inArea: boolean;
}

function aiTruth(answer: (typeof answers)[number], subject: Subject, part: Part): Truth {
  const { portion } = part;
  if (subject.ai.missing !== null) return 'unknown';
  switch (answer) {
    case 'assisted':
      return assisted(subject, part);
    case 'none': {
      const truth = assisted(subject, part);
      return truth === 'unknown' ? 'unknown' : sure(truth === 'no');
    }
    case 'mostly':
      return keeps({ sign: '>', value: 50 }, ...shareOf(portion, subject));
    case 'advised':
      if (subject.ai.advised) return 'yes';
      return open(portion, subject) ? 'unknown' : 'no';
    case 'unknown':
      return sure(open(portion, subject));
  }
}

function assisted(subject: Subject, { portion, inArea }: Part): Truth {
  if (portion.ai > 0) return 'yes';
  if (inArea && portion.files === 0) return subject.incomplete === null ? 'no' : 'unknown';
  // Advice and evidence without lines belong to the change; whether to this area, nobody can tell.
  if (subject.ai.seen && !inArea) return 'yes';
  if (subject.ai.advised) return 'unknown';
  if (subject.incomplete !== null) return 'unknown';
  return open(portion, subject) ? 'unknown' : 'no';
}

/** Some of it has no known author: lines without evidence, or a change without lines and without a known author. */
function open(portion: Portion, { ai, incomplete }: Subject): boolean {
  return portion.unknown > 0 || incomplete !== null || (portion.added === 0 && !ai.linesDecide);
}

function authorsOf(portion: Portion, subject: Subject, inArea: boolean): string {
  if (subject.ai.missing !== null) return `who wrote it is not known: ${subject.ai.missing}`;
  const tools = [...new Set(subject.ai.tools.map(({ tool }) => tool))].slice(0, 3).join(', ');
  const by = tools === '' || inArea ? '' : ` (${tools})`;
  const added = grouped(portion.added);
  if (portion.ai > 0) return `AI had a hand in ${grouped(portion.ai)} of ${added} added lines${by}`;
  if (subject.ai.advised) return 'a person followed advice of an AI';
  if (subject.ai.seen && !inArea) return `there is evidence of AI${by}`;
  if (portion.unknown > 0)
    return `nobody knows who wrote ${grouped(portion.unknown)} of ${added} added lines`;
  if (portion.added === 0)
    return open(portion, subject) ? 'nobody knows who made it' : 'it adds no lines';
  return 'people wrote all of it';
}

function readShare(entry: LocatedEntry, reading: Reading): Atom | null {
  const value = single(entry);
  const bound = value && readBound(value.text, sharePattern);
  if (!value || !bound) return null;
  const [from, to] = rangeOf(bound.sign, bound.value);
  if (from > 100 || to < 0) return unclear(reading, value, 'a share lies between 0% and 100%');
  const portion = portionFor(reading);
  const people =
    from <= 0
      ? []
      : [{ kind: 'oneOf', of: `author kind ${reading.scope ?? ''}`, words: ['ai'] } as const];
  return atom(entry, reading, {
    test: (subject) => keeps(bound, ...shareOf(portion(subject), subject)),
    value: (subject) => shareWords(portion(subject), subject),
    evidence: ({ ai }) => ai.evidence,
    claims: [
      {
        kind: 'range',
        of: `ai_share ${reading.scope ?? ''}`,
        from: Math.max(0, from),
        to: Math.min(100, to),
      },
      ...people,
    ],
  });
}

/** The least and the most the AI share can be, in percent. */
function shareOf({ ai, unknown, added }: Portion, subject: Subject): readonly [number, number] {
  if (subject.ai.missing !== null || subject.incomplete !== null) return [0, 100];
  if (added === 0) return subject.ai.linesDecide || subject.ai.seen ? [0, 0] : [0, 100];
  return [(100 * ai) / added, (100 * (ai + unknown)) / added];
}

function shareWords(portion: Portion, subject: Subject): string {
  const [low, high] = shareOf(portion, subject).map(Math.round);
  if (low === high) return `AI wrote ${low}% of the added lines`;
  return `AI wrote ${low}% to ${high}% of the added lines, nobody knows more exactly`;
}

function named(what: 'tool' | 'model'): ConditionKey['read'] {
  return (entry, reading) => {
    const wanted = scalarsOf(entry.value).map(({ text }) => starred(text));
    if (wanted.length === 0) return null;
    return atom(entry, reading, {
      test: (subject) => {
        if (namesOf(subject, what).some((name) => wanted.some((is) => is(name)))) return 'yes';
        const settled = subject.ai.missing === null && !open(subject.whole, subject);
        // A tool that is known without its model leaves the model open.
        const vague = what === 'model' && subject.ai.tools.some(({ model }) => model === null);
        return settled && !vague && !subject.ai.advised ? 'no' : 'unknown';
      },
      value: (subject) => {
        const names = namesOf(subject, what);
        return names.length === 0 ? `no ${what} is known` : `written with ${names.join(', ')}`;
      },
      evidence: ({ ai }) => ai.evidence,
      claims: [{ kind: 'oneOf', of: 'author kind ', words: ['ai'] }],
    });
  };
}

function namesOf({ ai }: Subject, what: 'tool' | 'model'): readonly string[] {
  return [...new Set(ai.tools.map((used) => used[what]).filter((name) => name !== null))];
}

/** Compares with a name in which `*` stands for any characters, without a regular expression to exhaust. */
export function starred(pattern: string): (name: string) => boolean {
  const [first = '', ...parts] = pattern.toLowerCase().split('*');
  if (parts.length === 0) return (name) => name.toLowerCase() === first;
  const last = parts.pop() ?? '';
  return (name) => {
    const text = name.toLowerCase();
    if (!text.startsWith(first) || text.length < first.length + last.length) return false;
    let from = first.length;
    for (const part of parts) {
      const found = text.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return from + last.length <= text.length && text.endsWith(last);
  };
}
