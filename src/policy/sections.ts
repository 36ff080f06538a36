import type { Trust } from '../provenance/provenance.ts';
import { globComplaint, matcherOf } from './areas.ts';
import { attentionShape, breakGlassShape, readAttention, readBreakGlass } from './attention.ts';
import { checkShape } from './check-shape.ts';
import type { Reading } from './conditions/reading.ts';
import { goalShape, readGoal } from './goal.ts';
import { readTests } from './given.ts';
import { testsShape } from './given-shape.ts';
import { entriesOf, scalarsOf, under } from './located.ts';
import type { Located } from './located.ts';
import type { Area, Mode, Policy } from './policy.ts';
import { complain } from './problems.ts';
import type { Complaints, Place } from './problems.ts';
import { readRules, rulesShape } from './read-rules.ts';
import { readWhoEntries, whoShape } from './read-who.ts';
import { anyText, flag, listOrOne, map, named, phrase, whole, word } from './shape.ts';
import type { Shape } from './shape.ts';

const modes = ['observe', 'warn', 'enforce'] as const;

/** The whole policy file. */
export const policyShape: Shape = map(
  {
    version: { says: 'Version of this language: 1.', shape: whole(1, 1) },
    mode: {
      says: '`observe` only tells, `warn` tells loudly, `enforce` stops. Left out: observe.',
      shape: word(...modes),
    },
    agents: {
      says:
        'The same for what a coding agent proposes, in its hook: `enforce` refuses what would break something ' +
        'before it is written. Left out: enforce.',
      shape: word(...modes),
    },
    who: { says: 'Kinds of people that rules ask for, by name.', shape: whoShape },
    areas: {
      says: 'Parts of the repository, by name, as path patterns; `!pattern` takes files out again.',
      shape: named(listOrOne(anyText('services/checkout/**'))),
    },
    rules: {
      says: 'Every matching rule applies and the strictest wins; only `waives` asks for less.',
      shape: rulesShape,
    },
    attention: { says: 'Whether it was really reviewed.', shape: attentionShape },
    break_glass: { says: 'The emergency door.', shape: breakGlassShape },
    humans: {
      says: 'Whose lines count as written by a person when nothing says who wrote them.',
      shape: map({
        people: {
          says: 'Addresses of people who do not use AI here, or always declare it.',
          shape: listOrOne(phrase(/^[^\s@]+@[^\s@]+$/, 'ann@example.org')),
        },
        whole_repository: { says: 'True when that holds for everybody here.', shape: flag },
      }),
    },
    if_unknown: {
      says: 'A missing signal or a crashed check never lowers a requirement. There is no other choice.',
      shape: word('ask for more'),
    },
    tests: { says: 'Examples of changes and what they must owe.', shape: testsShape },
    goal: { says: 'What `policy optimize` may change, and towards what.', shape: goalShape },
  },
  ['version', 'rules'],
);

/** Reads all sections; what it gives is usable only when nothing was complained about. */
export function readSections(located: Located, complaints: Complaints): Policy {
  checkShape(located, policyShape, complaints);
  const who = readWhoEntries(under(located, 'who'), complaints);
  const namedAreas = readAreas(under(located, 'areas'), complaints);
  const reading: Reading = {
    complaints,
    who,
    areas: namedAreas.map(({ name }) => name),
    inline: new Set(),
    unions: new Map(),
    scope: null,
  };
  const rules = readRules(under(located, 'rules'), reading);
  const tests = readTests(under(located, 'tests'), { reading, rules });
  return {
    file: complaints.file,
    mode: readMode(located, 'mode') ?? 'observe',
    agents: readMode(located, 'agents') ?? 'enforce',
    who,
    areas: allAreas(namedAreas, reading),
    namedAreas: reading.areas,
    rules,
    attention: readAttention(under(located, 'attention')),
    breakGlass: readBreakGlass(under(located, 'break_glass'), who, complaints),
    trust: readTrust(under(located, 'humans')),
    tests,
    goal: readGoal(under(located, 'goal'), rules, complaints),
  };
}

function readMode(located: Located, key: 'mode' | 'agents'): Mode | null {
  const text = scalarsOf(under(located, key))[0]?.text;
  return modes.find((mode) => mode === text) ?? null;
}

function readAreas(located: Located | null, complaints: Complaints): readonly Area[] {
  return entriesOf(located).map(({ key, at, value }) => {
    const patterns = scalarsOf(value);
    for (const pattern of patterns) {
      const message = globComplaint(pattern.text);
      if (message !== null) complain(complaints, pattern.at, { message });
    }
    const usable = patterns.map(({ text }) => text).filter((text) => globComplaint(text) === null);
    if (usable.length > 0 && usable.every((text) => text.startsWith('!')))
      complain(complaints, at, {
        message: `the area "${key}" only takes files out`,
        suggestion: 'name what it contains first, such as "**"',
      });
    return { name: key, at, patterns: usable, matches: matcherOf(usable) };
  });
}

function allAreas(areas: readonly Area[], { inline, unions }: Reading): ReadonlyMap<string, Area> {
  const all = new Map(areas.map((area) => [area.name, area]));
  const nowhere: Place = { line: 1, column: 1 };
  for (const pattern of inline)
    all.set(pattern, {
      name: pattern,
      at: nowhere,
      patterns: [pattern],
      matches: matcherOf([pattern]),
    });
  for (const [name, members] of unions) {
    const parts = members.flatMap((member) => all.get(member) ?? []);
    all.set(name, {
      name,
      at: nowhere,
      patterns: parts.flatMap(({ patterns }) => patterns),
      matches: (path) => parts.some(({ matches }) => matches(path)),
    });
  }
  return all;
}

function readTrust(located: Located | null): Trust {
  const whole = under(located, 'whole_repository');
  return {
    emails: scalarsOf(under(located, 'people')).map(({ text }) => text.toLowerCase()),
    wholeRepository: whole?.kind === 'scalar' && whole.value === true,
  };
}
