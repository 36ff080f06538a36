import type { Severity } from '../guards/guard.ts';
import { globComplaint } from './areas.ts';
import { readPeople } from './attention.ts';
import { areasIn } from './conditions/reading.ts';
import type { Reading } from './conditions/reading.ts';
import { rollouts } from './demands.ts';
import type { RolloutStyle } from './demands.ts';
import { entriesOf, itemsOf, scalarsOf, under } from './located.ts';
import type { Located, LocatedScalar } from './located.ts';
import { kinds, missable, severities } from './given-shape.ts';
import { readBound, readLevels, readRisk, sharePattern } from './phrases.ts';
import type { Rule } from './policy.ts';
import { complain, complainUnknown, meant, short } from './problems.ts';
import type { Place } from './problems.ts';
import { isPersonal, readWho, undefinedNames, whoNames } from './who.ts';
import type { Who } from './who.ts';

export type Missable = (typeof missable)[number];

/** A change as a test describes it; null where it leaves the harmless value. */
export interface Given {
  readonly ai: (typeof kinds)[number] | null;
  /** 0 to 100. */
  readonly aiShare: number | null;
  readonly numbers: Readonly<
    Partial<
      Record<'lines' | 'added' | 'deleted' | 'files' | 'commits' | 'tier' | 'reaches_tier', number>
    >
  >;
  /** The change is among the riskiest so many percent; or the score itself. */
  readonly riskTop: number | null;
  readonly riskScore: number | null;
  readonly touches: readonly string[];
  readonly only: readonly string[];
  readonly paths: readonly string[];
  readonly author: { readonly level: number | null; readonly who: Who | null };
  readonly findings: readonly string[];
  readonly severity: Severity | null;
  readonly names: Readonly<
    Record<'services' | 'reaches' | 'labels' | 'tool' | 'model' | 'branch', readonly string[]>
  >;
  readonly unknown: readonly Missable[];
}

/** What a test expects; null where it does not care. */
export interface Expected {
  readonly approvals: number | null;
  readonly from: Who | null;
  readonly oneFrom: readonly Who[];
  readonly checks: readonly string[] | null;
  readonly split: boolean | null;
  readonly changeRecord: boolean | null;
  readonly rollout: RolloutStyle | null;
  /** Approvals that would do in place of a split. */
  readonly orApprovals: number | null;
  readonly rules: readonly string[] | null;
}

export interface PolicyTest {
  readonly at: Place;
  readonly name: string;
  readonly given: Given;
  readonly expect: Expected;
}

interface TestReading {
  readonly reading: Reading;
  readonly rules: readonly Rule[];
}

/** Reads `tests`. */
export function readTests(
  located: Located | null,
  { reading, rules }: TestReading,
): readonly PolicyTest[] {
  return itemsOf(located).map((item) => {
    const given = under(item, 'given');
    const expect = under(item, 'expect');
    return {
      at: item.at,
      name: scalarsOf(under(item, 'name'))[0]?.text ?? describe(given),
      given: readGiven(given, reading),
      expect: readExpected(expect, { reading, rules }),
    };
  });
}

function describe(given: Located | null): string {
  const words = entriesOf(given).map(
    ({ key, value }) =>
      `${key}: ${scalarsOf(value)
        .map(({ text }) => text)
        .join(', ')}`,
  );
  return words.length === 0 ? 'a harmless change' : short(words.join(', '));
}

function texts(located: Located | null, key: string): readonly string[] {
  return scalarsOf(under(located, key)).map(({ text }) => text);
}

/** Reads `given`. */
function readGiven(located: Located | null, reading: Reading): Given {
  function first(key: string): string {
    return texts(located, key)[0] ?? '';
  }
  const risk = readRisk(first('risk'));
  const score = scalarsOf(under(located, 'risk'))[0]?.value;
  const numbers = ['lines', 'added', 'deleted', 'files', 'commits', 'tier', 'reaches_tier'].flatMap(
    (key) => {
      const value = scalarsOf(under(located, key))[0]?.value;
      return typeof value === 'number' ? [[key, value]] : [];
    },
  );
  function areas(key: string): readonly string[] {
    const value = under(located, key);
    return value ? areasIn(value, reading) : [];
  }
  checkPaths(located, reading);
  return {
    ai: kinds.find((kind) => kind === first('ai')) ?? null,
    aiShare: readBound(first('ai_share'), sharePattern)?.value ?? null,
    numbers: Object.fromEntries(numbers),
    riskTop: risk?.kind === 'top' ? risk.percent : null,
    riskScore: risk?.kind === 'score' ? risk.bound.value : typeof score === 'number' ? score : null,
    touches: areas('touches'),
    only: areas('only'),
    paths: texts(located, 'paths'),
    author: readAuthor(scalarsOf(under(located, 'author'))[0] ?? null, reading),
    findings: texts(located, 'finding'),
    severity: severities.find((severity) => severity === first('severity')) ?? null,
    names: {
      services: texts(located, 'services'),
      reaches: texts(located, 'reaches'),
      labels: texts(located, 'labels'),
      tool: texts(located, 'tool'),
      model: texts(located, 'model'),
      branch: texts(located, 'branch'),
    },
    unknown: missable.filter((signal) => texts(located, 'unknown').includes(signal)),
  };
}

function checkPaths(located: Located | null, { complaints }: Reading): void {
  const paths = scalarsOf(under(located, 'paths'));
  for (const { text, at } of paths)
    if (globComplaint(text) !== null || /[*?{]/.test(text))
      complain(complaints, at, { message: `"${short(text)}" is not the path of a file` });
  for (const key of ['touches', 'only']) {
    const other = under(located, key);
    if (other && paths.length > 0)
      complain(complaints, other.at, { message: `"paths" already says what "${key}" would say` });
  }
}

function readAuthor(value: LocatedScalar | null, { who, complaints }: Reading): Given['author'] {
  if (value === null) return { level: null, who: null };
  const relative = /^(below|at least)\s+(.+)$/.exec(value.text);
  const levels =
    readLevels(relative?.[2] ?? value.text) ?? who.get(relative?.[2] ?? '')?.levels ?? null;
  if (levels !== null)
    return { level: relative?.[1] === 'below' ? levels.least - 1 : levels.least, who: null };
  const kind = relative ? null : readWho(value.text);
  if (kind === null) {
    complain(complaints, value.at, {
      message: `"${short(value.text)}" is neither a level nor a kind of person with a level`,
      suggestion: 'write "L3"',
    });
    return { level: null, who: null };
  }
  const missing = undefinedNames(kind, who).filter((name) => !isPersonal(name));
  for (const name of missing)
    complainUnknown(complaints, value.at, {
      what: 'the kind of person',
      name,
      known: whoNames(who),
    });
  return { level: null, who: kind };
}

function readExpected(located: Located | null, { reading, rules }: TestReading): Expected {
  const { who, complaints } = reading;
  function value(key: string): LocatedScalar['value'] {
    return scalarsOf(under(located, key))[0]?.value ?? null;
  }
  const known = rules.map(({ name }) => name);
  for (const { text, at } of scalarsOf(under(located, 'rules')))
    if (!known.includes(text))
      complain(complaints, at, {
        message: `there is no rule "${short(text)}"`,
        suggestion: meant(text, known),
      });
  const approvals = value('approvals');
  const or = scalarsOf(under(under(located, 'or'), 'approvals'))[0]?.value;
  const split = value('split');
  const record = value('change_record');
  return {
    approvals: typeof approvals === 'number' ? approvals : null,
    from: readPeople(under(located, 'from'), who, complaints),
    oneFrom: itemsOf(under(located, 'one_from')).flatMap(
      (item) => readPeople(item, who, complaints) ?? [],
    ),
    checks: under(located, 'checks') ? texts(located, 'checks') : null,
    split: typeof split === 'boolean' ? split : null,
    changeRecord: typeof record === 'boolean' ? record : null,
    rollout: rollouts.find((style) => style === value('rollout')) ?? null,
    orApprovals: typeof or === 'number' ? or : null,
    rules: under(located, 'rules') ? texts(located, 'rules') : null,
  };
}
