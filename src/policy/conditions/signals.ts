import type { Atom } from '../condition.ts';
import { scalarsOf } from '../located.ts';
import type { LocatedEntry } from '../located.ts';
import { countPattern, keeps, rangeOf, readBound, readRisk, riskPattern } from '../phrases.ts';
import { listOrOne, phrase, word } from '../shape.ts';
import type { Subject, SubjectFinding, Truth, Unknown } from '../subject.ts';
import { isUnknown } from '../subject.ts';
import { anyOf, sure } from '../truth.ts';
import { starred } from './ai.ts';
import { atom, counted, single, unclear } from './reading.ts';
import type { ConditionKey, Made, Reading } from './reading.ts';
import { anyName } from './sizes.ts';

const severities = ['block', 'warn', 'note'] as const;

/** What Hallmonitor found out about the change. */
export const signalKeys: Readonly<Record<string, ConditionKey>> = {
  risk: {
    says: '`top 10%`: among the riskiest tenth of the last changes here. `> 0.3`: the calibrated score itself.',
    shape: phrase(riskPattern, 'top 10%'),
    read: readRiskKey,
  },
  tier: {
    says: 'Tier of the most critical service the change reaches; 1 is the most critical. `<= 2` is tier 1 or 2.',
    shape: phrase(countPattern, '<= 2', true),
    read: readTier,
  },
  finding: {
    says: 'A guard found something and nobody silenced it: its id, or `sql/*` for a whole shelf.',
    shape: anyName('sql/*'),
    read: readFinding,
  },
  severity: {
    says: 'A finding of at least this severity that nobody silenced.',
    shape: word(...severities),
    read: readSeverity,
  },
  findings: {
    says: 'Number of findings (severity block or warn) that nobody silenced; only `>` and `at least`.',
    shape: phrase(countPattern, '> 3', true),
    read: readFindings,
  },
  unknown: {
    says: 'A signal is missing: `authorship`, `author`, `risk`, `findings`, `files` or `services`. Can only ask for more.',
    shape: listOrOne(word('authorship', 'author', 'risk', 'findings', 'files', 'services'), 10),
    read: readUnknown,
  },
};

function readRiskKey(entry: LocatedEntry, reading: Reading): Atom | null {
  const value = single(entry);
  const wanted = value && readRisk(value.text);
  if (!value || !wanted) return null;
  if (wanted.kind === 'top') {
    if (wanted.percent === 0) return unclear(reading, value, 'no change is among the top 0%');
    const bound = { sign: '>=', value: 100 - wanted.percent } as const;
    return atom(entry, reading, {
      test: ({ riskPercentile: at }) => (isUnknown(at) ? 'unknown' : keeps(bound, at, at)),
      value: ({ riskPercentile: at }) =>
        isUnknown(at)
          ? `its rank is not known: ${at.unknown}`
          : `riskier than ${Math.floor(at)}% of the last changes`,
      claims: [{ kind: 'range', of: 'risk rank', from: bound.value, to: 100 }],
    });
  }
  const { bound } = wanted;
  const [from, to] = rangeOf(bound.sign, bound.value);
  if (from > 1 || to < 0) return unclear(reading, value, 'a risk score lies between 0 and 1');
  return atom(entry, reading, {
    test: ({ riskScore: at }) => (isUnknown(at) ? 'unknown' : keeps(bound, at, at)),
    value: ({ riskScore: at }) =>
      isUnknown(at) ? `not known: ${at.unknown}` : `it is ${at.toFixed(2)}`,
    claims: [{ kind: 'range', of: 'risk score', from: Math.max(0, from), to: Math.min(1, to) }],
  });
}

function readTier(entry: LocatedEntry, reading: Reading): Atom | null {
  const value = single(entry);
  const bound = value && readBound(value.text, countPattern);
  if (!value || !bound) return null;
  if (bound.sign === '>' || bound.sign === '>=')
    return unclear(reading, value, 'a tier is asked from the critical end: "1" or "<= 2"');
  return atom(entry, reading, {
    test: ({ services }): Truth => {
      if (isUnknown(services)) return 'unknown';
      return anyOf(
        services.map(({ tier }) => (tier === null ? 'unknown' : keeps(bound, tier, tier))),
      );
    },
    value: ({ services }) => tierWords(services),
    claims:
      bound.sign === '='
        ? []
        : [{ kind: 'range', of: 'tier', from: 0, to: rangeOf(bound.sign, bound.value)[1] }],
  });
}

function tierWords(services: Subject['services']): string {
  if (isUnknown(services)) return `not known: ${services.unknown}`;
  if (services.length === 0) return 'it reaches no service of the catalogue';
  return services
    .slice(0, 3)
    .map(({ name, tier }) => `${name} is ${tier === null ? 'of unknown tier' : `tier ${tier}`}`)
    .join(', ');
}

function readFinding(entry: LocatedEntry, reading: Reading): Atom | null {
  const wanted = scalarsOf(entry.value).map(({ text }) => starred(text));
  return atom(
    entry,
    reading,
    found(({ guard }) => wanted.some((is) => is(guard))),
  );
}

function readSeverity(entry: LocatedEntry, reading: Reading): Atom | null {
  const least = severities.findIndex((one) => one === single(entry)?.text);
  if (least < 0) return null;
  return atom(
    entry,
    reading,
    found(({ severity }) => severities.indexOf(severity) <= least),
  );
}

function found(wanted: (finding: SubjectFinding) => boolean): Made {
  return {
    test: ({ findings, unfound }) =>
      findings.some(wanted) ? 'yes' : unfound === null ? 'no' : 'unknown',
    value: ({ findings, unfound }) => {
      const seen = [...new Set(findings.filter(wanted).map(({ guard }) => guard))];
      if (seen.length > 0)
        return `${seen.slice(0, 3).join(', ')}${seen.length > 3 ? ', …' : ''} found something`;
      return unfound === null ? 'none found' : `not everything was checked: ${unfound}`;
    },
    evidence: ({ findings }) => findings.filter(wanted).map(({ fingerprint }) => fingerprint),
    onlyAsks: true,
  };
}

function readFindings(entry: LocatedEntry, reading: Reading): Atom | null {
  const value = single(entry);
  const bound = value && readBound(value.text, countPattern);
  if (!value || !bound) return null;
  if (bound.sign !== '>' && bound.sign !== '>=')
    return unclear(
      reading,
      value,
      'more findings must never ask for less: write "> 3" or "at least 3"',
    );
  return atom(entry, reading, {
    test: (subject) => {
      const count = serious(subject).length;
      return keeps(bound, count, subject.unfound === null ? count : Infinity);
    },
    value: (subject) => counted(serious(subject).length, 'finding'),
    evidence: (subject) => serious(subject).map(({ fingerprint }) => fingerprint),
    onlyAsks: true,
  });
}

function serious({ findings }: Subject): readonly SubjectFinding[] {
  return findings.filter(({ severity }) => severity !== 'note');
}

const missing: Readonly<Record<string, (subject: Subject) => string | null>> = {
  authorship: ({ ai, whole, incomplete }) =>
    ai.missing ??
    incomplete ??
    (whole.unknown > 0 ? `${counted(whole.unknown, 'line')} without a known author` : null),
  author: ({ authors }) => reason(authors),
  risk: ({ riskPercentile, riskScore }) => reason(riskScore) ?? reason(riskPercentile),
  findings: ({ unfound }) => unfound,
  files: ({ incomplete }) => incomplete,
  services: ({ services }) => reason(services),
};

function reason(value: unknown): string | null {
  return isUnknown(value) ? (value satisfies Unknown).unknown : null;
}

function readUnknown(entry: LocatedEntry, reading: Reading): Atom | null {
  const wanted = scalarsOf(entry.value).flatMap(({ text }) => missing[text] ?? []);
  if (wanted.length === 0) return null;
  return atom(entry, reading, {
    test: (subject) => sure(wanted.some((why) => why(subject) !== null)),
    value: (subject) =>
      wanted.flatMap((why) => why(subject) ?? []).join(', ') || 'nothing is missing',
    onlyAsks: true,
  });
}
