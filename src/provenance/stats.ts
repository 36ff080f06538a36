import type { Commit, Origin, Person } from '../change/change.ts';
import { authoredRuns, pieces, witnessOf } from './attribute.ts';
import { decide } from './decide.ts';
import { indexEvidence } from './evidence-index.ts';
import type { EvidenceIndex } from './evidence-index.ts';
import type { AttributeOptions, Authorship, AuthoredRun, Evidence } from './provenance.ts';

/** Lines by answer. */
export type LineCounts = Readonly<Record<Authorship, number>>;

/** One commit of a range with how many lines it added where; generated files are left out by the caller. */
export interface CountedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Person;
  /** Unix seconds. */
  readonly at: number;
  readonly files: readonly { readonly path: string; readonly added: number }[];
}

/** Lines and commits of one tool, author, folder or stretch of time. */
export interface StatsRow {
  /** Tool, `tool model`, `Name <address>`, folder, or the first day (`2026-03-02`) of the week or month. */
  readonly name: string;
  readonly commits: number;
  readonly lines: LineCounts;
}

export interface Stats {
  readonly commits: number;
  readonly lines: LineCounts;
  readonly landed: LandedCoverage;
  /** Most lines first; time in order. Tools and models hold only what an AI wrote or took part in. */
  readonly tools: readonly StatsRow[];
  readonly models: readonly StatsRow[];
  readonly authors: readonly StatsRow[];
  readonly folders: readonly StatsRow[];
  readonly time: readonly StatsRow[];
}

/** Of the lines an AI wrote or took part in, how many are known one by one; the rest is known by the commit alone. */
export interface LandedCoverage {
  readonly aiLines: number;
  readonly withLineEvidence: number;
  /** 0 to 1; null where no line is an AI's. */
  readonly share: number | null;
}

export interface StatsOptions {
  readonly evidence: readonly Evidence[];
  readonly every: 'week' | 'month';
  /** How many leading folders a row keeps: 1 gives `src`, 2 gives `src/gate`. */
  readonly folderDepth: number;
}

/** Adds up who wrote what over a range of commits: by tool, model, author, folder and over time. */
export function stats(
  commits: readonly CountedCommit[],
  { evidence, every, folderDepth }: StatsOptions,
): Stats {
  const index = indexEvidence(evidence, commits);
  const counted = commits.flatMap((commit) =>
    commit.files.flatMap((file) =>
      portions(index, commit.sha, file).map((portion) => ({ ...portion, commit, path: file.path })),
    ),
  );
  const byAi = counted.filter(({ authorship }) => authorship === 'ai' || authorship === 'mixed');
  return {
    commits: commits.length,
    lines: sum(counted),
    landed: landedCoverage(byAi),
    tools: rows(byAi, ({ tool }) => tool ?? 'unnamed'),
    models: rows(
      byAi.filter(({ model }) => model !== null),
      ({ tool, model }) => `${tool ?? 'unnamed'} ${model ?? ''}`,
    ),
    authors: rows(
      counted,
      ({ commit: { author } }) => `${author.name} <${author.email.toLowerCase()}>`,
    ),
    folders: rows(counted, ({ path }) => folderOf(path, folderDepth)),
    time: rows(counted, ({ commit }) => firstDay(commit.at, every)).toSorted((one, other) =>
      one.name < other.name ? -1 : 1,
    ),
  };
}

function landedCoverage(byAi: readonly Portion[]): LandedCoverage {
  const aiLines = byAi.reduce((all, { lines }) => all + lines, 0);
  const withLineEvidence = byAi
    .filter(({ lineByLine }) => lineByLine)
    .reduce((all, { lines }) => all + lines, 0);
  return { aiLines, withLineEvidence, share: aiLines === 0 ? null : withLineEvidence / aiLines };
}

/** Who wrote each line of a file, from where blame says the lines came from; runs in order. */
export function blame(
  origins: readonly Origin[],
  { commits, ...options }: AttributeOptions & { readonly commits: readonly Commit[] },
): readonly AuthoredRun[] {
  const lines = origins.map(({ from, to }) => [from, to] as const);
  return authoredRuns(
    lines.toSorted((one, other) => one[0] - other[0]),
    origins,
    witnessOf(commits, options),
  );
}

interface Portion {
  readonly authorship: Authorship;
  readonly tool: string | null;
  readonly model: string | null;
  readonly lines: number;
  /** By evidence about these very lines, and not only about their commit. */
  readonly lineByLine: boolean;
}

interface CountedPortion extends Portion {
  readonly commit: CountedCommit;
  readonly path: string;
}

/**
 * Which lines a commit added is not known here, only how many: so the lines that notes speak about count as far as
 * the total goes, and the rest follows what is known of the commit.
 */
function portions(
  index: EvidenceIndex,
  sha: string,
  { path, added }: { readonly path: string; readonly added: number },
): readonly Portion[] {
  const general = index.ofCommit(sha);
  const found: Portion[] = [];
  let left = added;
  for (const piece of pieces([1, Number.MAX_SAFE_INTEGER - 1], index.ofLines(sha, path))) {
    if (piece.evidence.length === 0 || left === 0) continue;
    const lines = Math.min(left, piece.to - piece.from + 1);
    found.push({ ...decide([...piece.evidence, ...general]), lines, lineByLine: saysWho(piece) });
    left -= lines;
  }
  return left > 0 ? [...found, { ...decide(general), lines: left, lineByLine: false }] : found;
}

/** A note that could not be understood speaks about lines without saying who wrote them. */
function saysWho({ evidence }: { readonly evidence: readonly Evidence[] }): boolean {
  return evidence.some(({ claim }) => claim !== 'unknown');
}

function rows(
  portions: readonly CountedPortion[],
  nameOf: (portion: CountedPortion) => string,
): readonly StatsRow[] {
  const groups = new Map<string, CountedPortion[]>();
  for (const portion of portions) {
    const name = nameOf(portion);
    const group = groups.get(name);
    if (group) group.push(portion);
    else groups.set(name, [portion]);
  }
  return [...groups]
    .map(([name, group]) => ({
      name,
      commits: new Set(group.map(({ commit }) => commit.sha)).size,
      lines: sum(group),
    }))
    .sort(
      (one, other) => total(other.lines) - total(one.lines) || (one.name < other.name ? -1 : 1),
    );
}

function sum(portions: readonly Portion[]): LineCounts {
  const lines = { ai: 0, mixed: 0, human: 0, unknown: 0 };
  for (const { authorship, lines: count } of portions) lines[authorship] += count;
  return lines;
}

function total({ ai, mixed, human, unknown }: LineCounts): number {
  return ai + mixed + human + unknown;
}

function folderOf(path: string, depth: number): string {
  const folders = path.split('/').slice(0, -1).slice(0, depth);
  return folders.length === 0 ? '.' : folders.join('/');
}

/** The Monday of the week, or the first of the month, in UTC. */
function firstDay(at: number, every: 'week' | 'month'): string {
  const date = new Date(at * 1000);
  if (Number.isNaN(date.getTime())) return 'unknown';
  if (every === 'month') return `${date.toISOString().slice(0, 7)}-01`;
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return new Date((at - sinceMonday * 86_400) * 1000).toISOString().slice(0, 10);
}
