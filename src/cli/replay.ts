import { UserError } from '../change/problems.ts';
import { countOutcomes, guardLifts, resultOf, usualCatch } from '../replay/policies-result.ts';
import type {
  CatchChance,
  GuardLift,
  OutcomeCounts,
  PolicyResult,
} from '../replay/policies-result.ts';
import { usualPace, type Pace } from '../replay/cost.ts';
import { riskFigures, type RiskFigures } from '../replay/report-risk.ts';
import { paintFor } from './paint.ts';
import { printJson, readNamed } from './print.ts';
import { gatherHistory, wholeNumber } from './replay-history.ts';
import type { History, HistoryOptions } from './replay-history.ts';
import { replayJson, repositoriesJson } from './replay-json.ts';
import type { ReplayJson, RepositoryRow } from './replay-json.ts';
import { candidatesFor } from './replay-policies.ts';
import { repositoriesText, replayText } from './replay-text.ts';

export interface ReplayOptions extends HistoryOptions {
  readonly policy: readonly string[];
  readonly repos?: string;
  readonly catch?: string;
  readonly readingSpeed?: string;
  readonly html?: string;
  readonly format: string;
}

/** What a replay of one repository came to. */
export interface Replay {
  readonly history: History;
  readonly chance: CatchChance;
  readonly pace: Pace;
  readonly counts: OutcomeCounts;
  readonly risk: RiskFigures;
  readonly guards: readonly GuardLift[];
  readonly results: readonly PolicyResult[];
  readonly timings: { readonly policiesMs: number; readonly totalMs: number };
}

/** More repositories than these are not replayed in one run. */
const mostRepositories = 10_000;

/** `replay`: what policies would have held over a repository's history, and at what cost. */
export async function replay(options: ReplayOptions): Promise<number> {
  const paint = paintFor(process.stdout, process.env);
  if (options.repos === undefined) {
    const result = await replayOne(options);
    if (options.html !== undefined) {
      const { writeReport } = await import('./report.ts');
      await writeReport(options.html, result);
    }
    if (options.format === 'json') printJson(replayJson(result));
    else process.stdout.write(replayText(result, paint));
    return 0;
  }
  const rows: RepositoryRow[] = [];
  for (const folder of await repositoriesIn(options.repos))
    rows.push({ folder, result: await tried(folder, options) });
  if (options.format === 'json') printJson(repositoriesJson(rows));
  else process.stdout.write(repositoriesText(rows, paint));
  return rows.some(({ result }) => result instanceof Error) ? 1 : 0;
}

/** Replays one repository. */
export async function replayOne(options: ReplayOptions): Promise<Replay> {
  const start = performance.now();
  const chance = readCatch(options.catch);
  const pace = {
    ...usualPace,
    linesPerHour:
      wholeNumber(options.readingSpeed, '--reading-speed', [10, 10_000]) ?? usualPace.linesPerHour,
  };
  const history = await gatherHistory(options);
  const { ground, outcomes, span } = history;
  const trial = { ground, outcomes, span, chance, pace };
  const candidates = await candidatesFor(options.policy, history.house);
  const policiesStart = performance.now();
  const results = candidates.map((candidate) => resultOf(candidate, trial));
  const end = performance.now();
  return {
    history,
    chance,
    pace,
    counts: countOutcomes(outcomes, span),
    risk: riskFigures(ground, outcomes, span),
    guards: guardLifts(trial),
    results,
    timings: { policiesMs: end - policiesStart, totalMs: end - start },
  };
}

/**
 * One repository that cannot be read must not cost the answer about the others. Only the figures are kept: thousands of
 * histories would not fit into memory.
 */
async function tried(folder: string, options: ReplayOptions): Promise<ReplayJson | Error> {
  try {
    return replayJson(await replayOne({ ...options, repo: folder }));
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

async function repositoriesIn(path: string): Promise<readonly string[]> {
  const folders = (await readNamed(path))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (folders.length > 0 && folders.length <= mostRepositories) return folders;
  throw new UserError(
    `${path} names ${folders.length} repositories`,
    `Give the folder of one repository a line, ${mostRepositories} at most.`,
  );
}

/** Reads `0.3-0.6` or `0.5`. */
export function readCatch(text: string | undefined): CatchChance {
  if (text === undefined) return usualCatch;
  const match = /^(0(?:\.\d{1,4})?|1(?:\.0{1,4})?)(?:-(0(?:\.\d{1,4})?|1(?:\.0{1,4})?))?$/.exec(
    text,
  );
  const low = Number(match?.[1] ?? Number.NaN);
  const high = Number(match?.[2] ?? match?.[1] ?? Number.NaN);
  if (low <= high) return [low, high];
  throw new UserError(`--catch is "${text}"`, 'Give a chance or a range of it, such as 0.3-0.7.');
}
