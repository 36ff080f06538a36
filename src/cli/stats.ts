import { grouped } from '../change/numbers.ts';
import { classify } from '../change/classify.ts';
import type { Commit, Gap } from '../change/change.ts';
import {
  countCommits,
  openRepository,
  readCommits,
  resolveCommit,
  type CommitReading,
  type Repository,
} from '../outside/git/git.ts';
import { readCommit } from '../provenance/commit-evidence.ts';
import {
  stats as addUp,
  type CountedCommit,
  type LineCounts,
  type Stats,
  type StatsRow,
} from '../provenance/stats.ts';
import { notesOf } from './evidence.ts';
import { gapLines } from './findings-text.ts';
import { paintFor, type Paint } from './paint.ts';
import { count, plain } from './plain.ts';
import { printJson } from './print.ts';
import { progressOn } from './progress.ts';

/** Without a range, so many of the last commits are counted. */
const usualCommits = 1_000;
/** A span longer than this (days) is told by month, a shorter one by week. */
const weeklyDays = 120;
/** Rows of a table that are shown; `--format json` has them all. */
const maxRows = 10;

/** `stats [RANGE]`: share of AI-written lines by tool, model, author, folder and over time. */
export async function stats(
  range: string | undefined,
  { repo, format }: { readonly repo: string; readonly format: string },
): Promise<number> {
  const repository = await openRepository(repo);
  const progress = progressOn(process.stderr);
  progress.step('reading commits');
  const { commits, missing } = await commitsOf(repository, range);
  progress.step('counting lines of', commits.length);
  const [{ counted, gaps }, noted] = await Promise.all([
    countedCommits(repository, commits),
    notesOf(repository, commits),
  ]);
  progress.end();
  const evidence = [...commits.flatMap(readCommit), ...noted.evidence];
  const result = addUp(counted, { evidence, every: everyOf(counted), folderDepth: 1 });
  const older = missing === null ? [] : [{ what: 'older commits', why: missing }];
  const unseen = [...older, ...gaps, ...noted.gaps];
  if (format === 'json') {
    printJson({ schema: 'hallmonitor/stats/v1', ...result, notChecked: unseen });
  } else {
    const paint = paintFor(process.stdout, process.env);
    process.stdout.write(`${statsText(result, unseen, paint).join('\n').trimEnd()}\n`);
  }
  return 0;
}

async function commitsOf(
  repository: Repository,
  range: string | undefined,
): Promise<CommitReading> {
  const [base, head] = range?.includes('..') ? range.split(/\.{2,3}/) : [undefined, range];
  const include = await resolveCommit(repository, head || 'HEAD');
  const exclude = base === undefined ? [] : [await resolveCommit(repository, base || 'HEAD')];
  const { commits, missing } = await readCommits(repository, { include, exclude });
  if (range !== undefined || commits.length < usualCommits) return { commits, missing };
  return { commits: commits.slice(-usualCommits), missing: null };
}

async function countedCommits(
  repository: Repository,
  commits: readonly Commit[],
): Promise<{ readonly counted: readonly CountedCommit[]; readonly gaps: readonly Gap[] }> {
  const read = await countCommits(repository, commits);
  const lines = new Map(read.commits.map(({ sha, files }) => [sha, files]));
  const counted = commits
    .filter(({ sha }) => lines.has(sha))
    .map(({ sha, parents, author, authoredAt }) => ({
      sha,
      parents,
      author,
      at: authoredAt,
      files: (lines.get(sha) ?? []).filter(({ path }) => forPeople(path)),
    }));
  const why = 'contents are missing from this clone';
  const gaps = read.failed.length === 0 ? [] : [{ what: count(read.failed.length, 'commit'), why }];
  return { counted, gaps };
}

function forPeople(path: string): boolean {
  return classify({ path, before: null, after: null, attributes: null }) === null;
}

function everyOf(commits: readonly CountedCommit[]): 'week' | 'month' {
  const times = commits.map(({ at }) => at);
  const days = (Math.max(...times, 0) - Math.min(...times, Number.MAX_SAFE_INTEGER)) / 86_400;
  return days > weeklyDays ? 'month' : 'week';
}

function statsText(result: Stats, gaps: readonly Gap[], paint: Paint): readonly string[] {
  const total = sum(result.lines);
  return [
    `${count(result.commits, 'commit')}, ${count(total, 'added line')}: ${shares(result.lines)}`,
    ...landedLines(result),
    '',
    ...table('Tools', result.tools, paint),
    ...table('Models', result.models, paint),
    ...table('Authors', result.authors, paint),
    ...table('Folders', result.folders, paint),
    ...table('Over time', result.time.slice(-maxRows), paint),
    ...(result.lines.unknown > 0
      ? [paint.dim('Unknown is an answer of its own: no evidence is not evidence of a person.'), '']
      : []),
    ...gapLines(gaps, paint),
  ];
}

/** How much of the evidence survived until here: squashes, rebases and lost notes leave only what commits say. */
function landedLines({ landed }: Stats): readonly string[] {
  if (landed.share === null) return [];
  const percent = Math.floor(100 * landed.share);
  return [
    `Landed coverage: ${percent} % (${grouped(landed.withLineEvidence)} of ${count(landed.aiLines, 'AI line')} known line by line)`,
  ];
}

function table(title: string, rows: readonly StatsRow[], paint: Paint): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, maxRows);
  const names = shown.map(({ name }) => clip(plain(name)));
  const width = Math.max(...names.map((name) => name.length));
  const rest = rows.length - shown.length;
  return [
    paint.bold(title),
    ...shown.map(
      ({ lines, commits }, at) =>
        `  ${(names[at] ?? '').padEnd(width)}  ${grouped(sum(lines)).padStart(9)} lines ${String(commits).padStart(5)} commits  ${shares(lines)}`,
    ),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
    '',
  ];
}

function clip(name: string): string {
  return name.length > 36 ? `${name.slice(0, 35)}…` : name;
}

function shares(lines: LineCounts): string {
  const total = sum(lines);
  if (total === 0) return 'nothing added';
  const named = { AI: lines.ai, mixed: lines.mixed, human: lines.human, unknown: lines.unknown };
  return Object.entries(named)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${name} ${Math.round((100 * number) / total)} %`)
    .join(', ');
}

function sum({ ai, mixed, human, unknown }: LineCounts): number {
  return ai + mixed + human + unknown;
}
