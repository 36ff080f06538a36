import { atomsOf } from '../policy/condition.ts';
import type { Policy } from '../policy/policy.ts';
import { nothing } from '../policy/subject.ts';
import type { Portion, Subject, SubjectAi } from '../policy/subject.ts';
import { servicesOf } from '../risk/services.ts';
import type { ChangeFact, FactFile } from './fact.ts';
import type { Ground } from './policies-ground.ts';
import { someoneMaker } from './policies-someone.ts';
import { remembered } from './remembered.ts';

/** Everything a policy may ask about each change of a history, as it was known the day the change landed. */
export function subjectsFor(policy: Policy, ground: Ground): (index: number) => Subject {
  const portions = portionsFor(policy);
  const authors = authorsFor(policy, ground);
  const services = servicesFor(ground);
  const { facts, ranks, house } = ground;
  const branch = house.branch ?? { unknown: 'nobody said where it should land' };
  const labels = { unknown: 'git keeps no labels' };
  const early = { unknown: 'there were too few earlier changes to compare with' };
  const uncounted = { unknown: 'its lines could not be counted' };
  return (index) => {
    const fact = facts[index];
    if (fact === undefined) throw new Error(`there is no change ${index}`);
    const trusted = isTrusted(fact, policy);
    return {
      ...portions(fact, trusted),
      incomplete: null,
      commits: 1,
      ai: aiOf(fact, trusted),
      authors: authors(index),
      riskScore: ranks.scores[index] ?? uncounted,
      riskPercentile: ranks.percentiles[index] ?? early,
      findings: findingsOf(fact),
      unfound: fact.findings === null && ground.guardsAsked ? 'guards were not asked' : null,
      services: services(fact),
      branch,
      labels,
    };
  };
}

/** Whose lines count as written by a person where nothing says who wrote them. */
function isTrusted({ author }: ChangeFact, { trust }: Policy): boolean {
  return trust.wholeRepository || trust.emails.includes(author.email.toLowerCase());
}

function aiOf(fact: ChangeFact, trusted: boolean): SubjectAi {
  const { lines, aiSeen, advised, tools } = fact;
  const seen = aiSeen || advised || lines.ai + lines.mixed > 0;
  return {
    seen,
    linesDecide: trusted || seen || lines.human > 0,
    advised,
    tools,
    evidence: [],
    missing: null,
  };
}

function findingsOf({ findings }: ChangeFact): Subject['findings'] {
  return (findings ?? []).map(({ guard, severity }) => ({ guard, severity, fingerprint: '' }));
}

type Portions = (fact: ChangeFact, trusted: boolean) => Pick<Subject, 'whole' | 'areas'>;

/** Measures changes against the areas of a policy; whether a path lies in an area is asked once. */
function portionsFor(policy: Policy): Portions {
  const areas = [...policy.areas.values()];
  const untouched = new Map(areas.map(({ name }) => [name, nothing]));
  const placesOf = remembered((path) =>
    areas.flatMap(({ matches }, at) => (matches(path) ? [at] : [])),
  );
  return (fact, trusted) => {
    const whole = wholeOf(fact, trusted);
    const touched = new Set<number>();
    const places = areas.length === 0 ? [] : fact.files.map((file) => within(file, placesOf));
    for (const { now, was } of places) {
      for (const at of now) touched.add(at);
      if (was !== now) for (const at of was) touched.add(at);
    }
    if (touched.size === 0) return { whole, areas: untouched };
    const measured = new Map<string, Portion>();
    for (const [at, { name }] of areas.entries())
      measured.set(name, touched.has(at) ? portionAt(at, { fact, places, whole }) : nothing);
    return { whole, areas: measured };
  };
}

/** Numbers of the areas a file lies in, and lay in before. */
interface Within {
  readonly now: readonly number[];
  readonly was: readonly number[];
}

function within(
  { path, oldPath }: FactFile,
  placesOf: (path: string) => readonly number[],
): Within {
  const now = placesOf(path);
  return { now, was: oldPath === path ? now : placesOf(oldPath) };
}

function wholeOf({ files, lines }: ChangeFact, trusted: boolean): Portion {
  let [added, deleted] = [0, 0];
  for (const file of files)
    if (!file.generated) {
      added += file.added;
      deleted += file.deleted;
    }
  const ai = Math.min(added, lines.ai + lines.mixed);
  const human = Math.min(added - ai, lines.human + (trusted ? lines.unknown : 0));
  return {
    files: files.length,
    everything: files.length > 0,
    added,
    deleted,
    ai,
    human,
    unknown: added - ai - human,
  };
}

interface Measuring {
  readonly fact: ChangeFact;
  readonly places: readonly Within[];
  readonly whole: Portion;
}

/**
 * What of a change lies in one area. Facts say who wrote the lines of the change, not of each file: where that is
 * one answer it is the answer for the area too, otherwise nobody knows.
 */
function portionAt(at: number, { fact, places, whole }: Measuring): Portion {
  let [files, both, added, deleted] = [0, 0, 0, 0];
  for (const [index, file] of fact.files.entries()) {
    const { now, was } = places[index] ?? { now: [], was: [] };
    const isIn = now.includes(at);
    const wasIn = was === now ? isIn : was.includes(at);
    if (!isIn && !wasIn) continue;
    files += 1;
    if (isIn && wasIn) both += 1;
    if (file.generated) continue;
    added += file.added;
    deleted += file.deleted;
  }
  const everything = both === fact.files.length;
  if (added === whole.added) return { ...whole, files, everything, deleted };
  const ai = whole.ai === whole.added ? added : 0;
  const human = whole.human === whole.added ? added : 0;
  return { files, everything, added, deleted, ai, human, unknown: added - ai - human };
}

function authorsFor(policy: Policy, ground: Ground): (index: number) => Subject['authors'] {
  const asked = policy.rules.some(
    ({ when }) => when !== null && atomsOf(when).some(({ atom }) => atom.key === 'author'),
  );
  const nobody = { unknown: 'no person is named as author' };
  // Most policies never ask, and then nobody has to be dressed up a hundred thousand times.
  if (!asked) return () => nobody;
  const make = someoneMaker(policy, ground);
  return (index) => {
    const author = ground.cast.authors[index] ?? -1;
    return author < 0 ? nobody : [make(author, index)];
  };
}

function servicesFor({ house }: Ground): (fact: ChangeFact) => Subject['services'] {
  const { catalogue } = house;
  if (catalogue.services.length === 0) return () => [];
  const at = remembered((path) =>
    servicesOf({ files: [{ path, oldPath: path }] }, catalogue).map(({ name, tier }) => ({
      name,
      tier,
    })),
  );
  return ({ files }) => {
    const found = files.flatMap(({ path, oldPath }) => [
      ...at(path),
      ...(oldPath === path ? [] : at(oldPath)),
    ]);
    return [...new Map(found.map((service) => [service.name, service])).values()];
  };
}
