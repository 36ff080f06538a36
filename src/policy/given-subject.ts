import type { Given, Missable } from './given.ts';
import type { Policy } from './policy.ts';
import { portionOf } from './areas.ts';
import type { MeasuredFile } from './areas.ts';
import { nothing } from './subject.ts';
import type { Portion, Someone, Subject, SubjectAi, SubjectReach } from './subject.ts';
import type { Who, WhoEntries } from './who.ts';

/**
 * Makes the change that a test describes. What it leaves out is known and harmless: ten lines added by a person above
 * all levels, in one file outside all areas, the least risky, on `main`, with no finding, service or label.
 */
export function givenSubject(given: Given, policy: Policy): Subject {
  const { numbers, names, unknown } = given;
  function missing(signal: Missable): boolean {
    return unknown.includes(signal);
  }
  const why = { unknown: 'the test says so' };
  const whole = wholeOf(given);
  return {
    whole,
    areas: areasOf(given, whole, policy),
    incomplete: missing('files') ? why.unknown : null,
    commits: numbers.commits ?? 1,
    ai: aiOf(given, missing('authorship') ? why.unknown : null),
    authors: missing('author') ? why : [authorOf(given, policy.who)],
    riskScore: missing('risk') ? why : (given.riskScore ?? 0),
    riskPercentile: missing('risk') ? why : given.riskTop === null ? 0 : 100 - given.riskTop,
    findings: findingsOf(given),
    unfound: missing('findings') ? why.unknown : null,
    services: missing('services') ? why : servicesOf(given),
    reached: missing('services') ? why : reachedOf(given),
    branch: names.branch[0] ?? 'main',
    labels: names.labels,
  };
}

function wholeOf(given: Given): Portion {
  const { numbers, paths } = given;
  const deleted = numbers.deleted ?? 0;
  const added = numbers.added ?? Math.max(0, (numbers.lines ?? 10) - deleted);
  const files = numbers.files ?? Math.max(1, paths.length);
  return { files, everything: files > 0, added, deleted, ...authorship(given, added) };
}

function authorship(given: Given, added: number): Pick<Portion, 'ai' | 'human' | 'unknown'> {
  if (given.unknown.includes('authorship') || given.ai === 'unknown')
    return { ai: 0, human: 0, unknown: added };
  const ai = given.aiShare === null ? aiLines(given, added) : (added * given.aiShare) / 100;
  return { ai, human: added - ai, unknown: 0 };
}

function aiLines({ ai, names }: Given, added: number): number {
  if (ai === 'mostly') return added;
  const some = ai === 'assisted' || (ai === null && names.tool.length + names.model.length > 0);
  return some ? Math.min(1, added) : 0;
}

function aiOf(given: Given, missing: string | null): SubjectAi {
  const { ai, aiShare, names } = given;
  const tools = names.tool.map((tool) => ({ tool, model: names.model[0] ?? null }));
  const models =
    tools.length > 0 ? [] : names.model.map((model) => ({ tool: 'an AI tool', model }));
  const used = [...tools, ...models];
  const seen =
    ai === 'assisted' ||
    ai === 'mostly' ||
    ai === 'advised' ||
    (aiShare ?? 0) > 0 ||
    used.length > 0;
  return {
    seen,
    linesDecide: ai !== 'unknown' && missing === null,
    advised: ai === 'advised',
    tools: used,
    evidence: [],
    missing,
  };
}

function areasOf(given: Given, whole: Portion, policy: Policy): ReadonlyMap<string, Portion> {
  const portions = new Map<string, Portion>();
  const files = given.paths.map(fileAt);
  for (const [name, area] of policy.areas) {
    const members = name.split(' + ');
    const inside = members.some((member) => given.only.includes(member));
    const touched = inside || members.some((member) => given.touches.includes(member));
    if (files.length > 0) portions.set(name, scaled(portionOf(files, area.matches), whole));
    else portions.set(name, touched ? { ...whole, everything: inside } : nothing);
  }
  return portions;
}

function fileAt(path: string): MeasuredFile {
  return { path, oldPath: path, added: 0, deleted: 0, ai: 0, human: 0, unknown: 0 };
}

// Named paths share the lines of the change: an area with one of them holds all lines, the strictest reading.
function scaled(portion: Portion, whole: Portion): Portion {
  return portion.files === 0
    ? portion
    : { ...whole, files: portion.files, everything: portion.everything };
}

function authorOf({ author }: Given, who: WhoEntries): Someone {
  const someone: Someone = {
    email: 'somebody@example.org',
    name: 'Somebody',
    ids: new Set(['somebody@example.org']),
    level: author.level ?? 99,
    teams: [],
    duties: [],
    unsure: null,
    knows: new Map([...who.keys()].map((name) => [name, 0])),
    owner: false,
  };
  return author.who ? dressed(someone, author.who, who) : someone;
}

/** Somebody who is of a kind: the first way to be it. */
function dressed(someone: Someone, { any }: Who, who: WhoEntries): Someone {
  const [names = []] = any;
  return names.reduce<Someone>((dressing, name) => {
    const entry = who.get(name);
    if (name === 'owner') return { ...dressing, owner: true };
    if (!entry) return { ...dressing, ids: new Set([...dressing.ids, name.toLowerCase()]) };
    return {
      ...dressing,
      level: entry.levels?.least ?? dressing.level,
      ids: new Set([
        ...dressing.ids,
        ...(entry.people ?? []).slice(0, 1).map((id) => id.toLowerCase()),
      ]),
      teams: [...dressing.teams, ...(entry.teams ?? [])],
      duties: [...dressing.duties, ...(entry.duties ?? [])],
      knows: entry.knows ? new Map([...dressing.knows, [name, 1]]) : dressing.knows,
    };
  }, someone);
}

function findingsOf({ findings, severity }: Given): Subject['findings'] {
  const guards = findings.length > 0 ? findings : severity === null ? [] : ['a/guard'];
  return guards.map((guard) => ({
    guard: guard.replace('*', 'any'),
    severity: severity ?? 'warn',
    fingerprint: '',
  }));
}

function servicesOf({ names, numbers }: Given): Subject['services'] {
  const tier = numbers.tier ?? null;
  if (names.services.length > 0) return names.services.map((name) => ({ name, tier }));
  return tier === null ? [] : [{ name: 'a service', tier }];
}

function reachedOf({ names, numbers }: Given): SubjectReach {
  const tier = numbers.reaches_tier ?? null;
  const services = tier === null ? [] : [{ name: 'a service', tier }];
  return { names: names.reaches, services, incomplete: null };
}
