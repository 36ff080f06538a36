import { planMutants, type Mutant } from '../behaviour/mutants.ts';
import type { Change, Gap } from '../change/change.ts';
import { UserError } from '../change/problems.ts';
import type { Language } from '../guards/guard.ts';
import { openRepository, readChange, readFilesAt, type Repository } from '../outside/git/git.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import type { RunnerName } from '../outside/tests/runners.ts';
import { attribute, type Provenance } from '../provenance/provenance.ts';
import { gatherEvidence, tracesPath } from './evidence.ts';
import { mutantsJson, mutantsText } from './mutants-output.ts';
import { tryMutants } from './mutants-trial.ts';
import { paintFor } from './paint.ts';
import { printJson } from './print.ts';
import { progressOn } from './progress.ts';
import { wholeNumber } from './replay-history.ts';

export interface MutantsOptions {
  readonly repo: string;
  readonly budget: string;
  readonly max: string;
  readonly format: string;
}

/** What became of a mutant: a test failed, none did, it did not end, no test comes there, or there was no time. */
export type Fate = 'killed' | 'survived' | 'timed-out' | 'not-covered' | 'not-run';

export interface TriedMutant {
  readonly mutant: Mutant;
  readonly fate: Fate;
  readonly runner: RunnerName | null;
}

export interface UsedRunner {
  readonly name: RunnerName;
  readonly folder: string;
  /** How long the tests take without a mutant. */
  readonly ms: number;
}

/** What `mutants` found out. */
export interface MutantsReport {
  readonly change: Change;
  readonly tried: readonly TriedMutant[];
  readonly runners: readonly UsedRunner[];
  readonly gaps: readonly Gap[];
}

/** `mutants`: makes changed lines wrong, one after the other, and asks the project's tests; exit 1 when none noticed. */
export async function mutants(range: string | undefined, options: MutantsOptions): Promise<number> {
  const most = wholeNumber(options.max, '--max', [1, 10_000]) ?? 50;
  const budgetMs = readBudget(options.budget);
  const repository = await openRepository(options.repo);
  const change = await readChange(
    repository,
    range === undefined ? { kind: 'default' } : { kind: 'typed', text: range },
  );
  const parsers = await loadParsers(languages);
  const provenance = await provenanceOf(repository, change);
  const planned = planMutants(change, { parse: parsers.tree, provenance, most });
  const progress = progressOn(process.stderr);
  const trial = await tryMutants(planned, { repository, change, budgetMs, progress });
  const report = { change, ...trial, gaps: [...change.gaps, ...trial.gaps] };
  if (options.format === 'json') printJson(mutantsJson(report, performance.now()));
  else process.stdout.write(mutantsText(report, paintFor(process.stdout, process.env)));
  return report.tried.some(({ fate }) => fate === 'survived') ? 1 : 0;
}

const languages: readonly Language[] = ['typescript', 'tsx', 'javascript', 'python'];

async function provenanceOf(repository: Repository, change: Change): Promise<Provenance> {
  const traces = await readFilesAt(repository, change.base, [tracesPath]);
  const { evidence } = await gatherEvidence(repository, change, traces.get(tracesPath) ?? null);
  return attribute(change, { evidence, trust: { emails: [], wholeRepository: false } });
}

/** Reads `90s`, `5m` or `1h`. */
export function readBudget(text: string): number {
  const match = /^(\d{1,5})(s|m|h)$/.exec(text);
  const unit = { s: 1_000, m: 60_000, h: 3_600_000 }[match?.[2] ?? ''];
  if (match === null || unit === undefined || Number(match[1]) === 0)
    throw new UserError(`--budget is "${text}"`, 'Give a time such as 90s, 5m or 1h.');
  return Number(match[1]) * unit;
}
