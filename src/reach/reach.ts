import type { Change, FileChange, Gap } from '../change/change.ts';
import { isProductionPath } from '../guards/language.ts';
import { servicesOf } from '../risk/services.ts';
import type { Catalogue, NamedEntry } from '../risk/services.ts';
import { entriesIn } from './entries.ts';
import { familyOf } from './families.ts';
import type { Family } from './families.ts';

/** Where somebody or something comes in: a page, a route, a job, a command, or what the catalogue calls one. */
export interface EntryPoint {
  readonly kind: 'named' | 'page' | 'route' | 'job' | 'command';
  /** `POST /api/pay`, `checkout button`. */
  readonly name: string;
}

/** A line that mentions something, as a search of the tree after the change finds it. */
export interface Mention {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

/** What the world gives to follow a change upwards. */
export interface Tree {
  /** All lines with one of these texts, in files that end like this; null when nobody could find them all. */
  readonly mentions: (
    texts: readonly string[],
    endings: readonly string[],
  ) => Promise<readonly Mention[] | null>;
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;
}

/** A way from a changed line to an entry point. */
export interface Way {
  readonly entry: EntryPoint;
  /** The changed file first, the file of the entry point last. */
  readonly files: readonly string[];
  /** First changed line of the first file, 1-based. */
  readonly line: number;
  readonly services: readonly { readonly name: string; readonly tier: number | null }[];
}

/** What a change reaches through those who use it. */
export interface Reach {
  /** Most critical first, then the shortest. */
  readonly ways: readonly Way[];
  /** Every service that one of the ways ends in or passes, most critical first. */
  readonly services: readonly { readonly name: string; readonly tier: number | null }[];
  readonly gaps: readonly Gap[];
}

/** Steps from user to user; beyond them everything uses everything. */
export const mostSteps = 5;
/** Files followed in one change, and files whose users are asked for in one step. */
const mostFiles = 300;
const widestStep = 50;
/** Ways that are kept. */
const mostWays = 50;

interface Visit {
  readonly path: string;
  /** The file that this one uses; null for a changed file. */
  readonly uses: Visit | null;
  readonly line: number;
}

/** Follows the users of changed files, and theirs, up to pages, routes, jobs and commands. */
export async function findReach(change: Change, tree: Tree, catalogue: Catalogue): Promise<Reach> {
  const seen = new Map<string, Visit>();
  const ways: Way[] = [];
  const starts = startsOf(change);
  const gaps: Gap[] =
    starts.length > widestStep
      ? [gap(`only ${widestStep} of ${starts.length} changed files are followed`)]
      : [];
  let step: readonly Visit[] = starts.slice(0, widestStep);
  for (let depth = 0; depth <= mostSteps && step.length > 0; depth += 1) {
    for (const visit of step) seen.set(visit.path, visit);
    const texts = await tree.read(step.map(({ path }) => path));
    for (const visit of step) ways.push(...waysFrom(visit, texts.get(visit.path) ?? '', catalogue));
    const next = await usersOf(step, texts, tree);
    if (next === null) {
      gaps.push(gap('the tree could not be searched to its end'));
      break;
    }
    step = next.filter(({ path }) => !seen.has(path));
    if (depth === mostSteps && step.length > 0)
      gaps.push(gap(`users more than ${mostSteps} steps away are left out`));
    if (seen.size + step.length > mostFiles || step.length > widestStep) {
      gaps.push(gap(`more than ${mostFiles} files use it; users of those are left out`));
      step = step.slice(0, Math.min(widestStep, Math.max(0, mostFiles - seen.size)));
    }
  }
  return { ...ordered(ways, [...seen.values()], catalogue), gaps: gaps.slice(0, 1) };
}

function startsOf({ files }: Change): readonly Visit[] {
  return files
    .filter((file) => isFollowed(file))
    .map((file) => ({ path: file.path, uses: null, line: firstLine(file) }));
}

function isFollowed({ path, content, generated, status }: FileChange): boolean {
  const isHere = content === 'text' && status !== 'deleted' && generated === null;
  return isHere && familyOf(path) !== null && isProductionPath(path);
}

function firstLine({ hunks }: FileChange): number {
  return Math.max(1, hunks[0]?.newStart ?? 1);
}

async function usersOf(
  step: readonly Visit[],
  texts: ReadonlyMap<string, string | null>,
  tree: Tree,
): Promise<readonly Visit[] | null> {
  const users = new Map<string, Visit>();
  const families = Map.groupBy(step, ({ path }) => familyOf(path));
  for (const [family, visits] of families) {
    if (family === null) continue;
    const asked = visits.map((visit) => ({
      visit,
      target: family.target(visit.path, texts.get(visit.path) ?? ''),
    }));
    const words = [...new Set(asked.flatMap(({ target }) => target.mentions))];
    if (words.length === 0) continue;
    const mentions = await tree.mentions(words, family.endings);
    if (mentions === null) return null;
    for (const { visit, target } of asked)
      for (const mention of mentions)
        if (isUser(mention, visit, { family, users }) && target.isMeantBy(mention))
          users.set(mention.path, { path: mention.path, uses: visit, line: mention.line });
  }
  return [...users.values()];
}

interface Finding {
  readonly family: Family;
  readonly users: ReadonlyMap<string, Visit>;
}

function isUser(mention: Mention, visit: Visit, { users }: Finding): boolean {
  return mention.path !== visit.path && !users.has(mention.path) && isProductionPath(mention.path);
}

function waysFrom(visit: Visit, text: string, catalogue: Catalogue): readonly Way[] {
  const files: string[] = [];
  let first = visit;
  for (let at: Visit | null = visit; at !== null; at = at.uses) {
    files.unshift(at.path);
    first = at;
  }
  const services = serviceNames([visit.path], catalogue);
  const named = namedEntries(visit.path, catalogue);
  // What people have a name for needs no second one.
  const entries = named.length > 0 ? named : entriesIn(visit.path, text, visit.uses?.path ?? null);
  return entries.map((entry) => ({
    entry,
    files,
    line: first.line,
    services,
  }));
}

function namedEntries(path: string, { entries }: Catalogue): readonly EntryPoint[] {
  return (entries ?? [])
    .filter((entry: NamedEntry) => entry.matches(path))
    .map(({ name }) => ({ kind: 'named', name }));
}

function serviceNames(paths: readonly string[], catalogue: Catalogue): Reach['services'] {
  const files = paths.map((path) => ({ path, oldPath: path }));
  return servicesOf({ files }, catalogue).map(({ name, tier }) => ({ name, tier }));
}

const kinds: Readonly<{ [kind in EntryPoint['kind']]: number }> = {
  named: 0,
  route: 1,
  page: 1,
  job: 2,
  command: 3,
};

function ordered(
  ways: readonly Way[],
  seen: readonly Visit[],
  catalogue: Catalogue,
): Pick<Reach, 'ways' | 'services'> {
  const sorted = [...ways].sort(
    (a, b) =>
      tierOf(a) - tierOf(b) ||
      kinds[a.entry.kind] - kinds[b.entry.kind] ||
      a.files.length - b.files.length ||
      (a.entry.name < b.entry.name ? -1 : 1),
  );
  const once = new Map(
    sorted.toReversed().map((way) => [`${way.entry.kind} ${way.entry.name}`, way]),
  );
  const kept = sorted.filter((way) => once.get(`${way.entry.kind} ${way.entry.name}`) === way);
  const services = serviceNames(
    seen.map(({ path }) => path),
    catalogue,
  );
  return { ways: kept.slice(0, mostWays), services };
}

function tierOf({ services }: Way): number {
  return Math.min(...services.map(({ tier }) => tier ?? 99), 99);
}

function gap(why: string): Gap {
  return { what: 'what the change reaches', why };
}
