import {
  judgeDifference,
  planBehaviour,
  type Examination,
  type Sighted,
} from '../behaviour/behaviour.ts';
import type { Change, Gap } from '../change/change.ts';
import { UserError } from '../change/problems.ts';
import type { Language } from '../guards/guard.ts';
import { languageOf } from '../guards/language.ts';
import {
  nearbyReader,
  openRepository,
  readChange,
  type ChangeRequest,
  type Repository,
} from '../outside/git/git.ts';
import { isolatedProcess } from '../outside/isolate/isolated-process.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import type { Answer, Question } from './behaviour-isolate.ts';
import { behaviourJson, behaviourText } from './behaviour-output.ts';
import { paintFor } from './paint.ts';
import { printJson } from './print.ts';
import { progressOn, type Progress } from './progress.ts';

export interface BehaviourOptions {
  readonly staged?: boolean;
  readonly worktree?: boolean;
  readonly repo: string;
  readonly format: string;
}

/** What `behaviour` found out. */
export interface BehaviourReport {
  readonly change: Change;
  /** Functions whose code changed. */
  readonly changed: number;
  readonly examined: readonly Examined[];
  readonly differences: readonly Sighted[];
  readonly gaps: readonly Gap[];
}

export interface Examined {
  readonly examination: Examination;
  readonly inputs: number;
}

/** `behaviour`: runs changed pure functions, old and new, on the same inputs; exit 1 when one differs unannounced. */
export async function behaviour(
  range: string | undefined,
  options: BehaviourOptions,
): Promise<number> {
  const repository = await openRepository(options.repo);
  const change = await readChange(repository, requestOf(range, options));
  const report = await examine(repository, change, progressOn(process.stderr));
  if (options.format === 'json') printJson(behaviourJson(report, performance.now()));
  else process.stdout.write(behaviourText(report, paintFor(process.stdout, process.env)));
  return report.differences.some(({ severity }) => severity === 'warn') ? 1 : 0;
}

function requestOf(
  range: string | undefined,
  { staged, worktree }: BehaviourOptions,
): ChangeRequest {
  if ([range !== undefined, staged === true, worktree === true].filter(Boolean).length > 1) {
    throw new UserError(
      'a range, --staged and --worktree exclude each other',
      'Name one of them; without any, the branch is examined.',
    );
  }
  if (staged === true) return { kind: 'staged' };
  if (worktree === true) return { kind: 'worktree' };
  return range === undefined ? { kind: 'default' } : { kind: 'typed', text: range };
}

/** Examines the changed functions of one change. */
export async function examine(
  repository: Repository,
  change: Change,
  progress: Progress,
): Promise<BehaviourReport> {
  progress.step('reading the changed functions');
  const ground = await groundOf(repository, change);
  const { changed, examinations, gaps } = planBehaviour(change, ground);
  const report = { examined: [] as Examined[], differences: [] as Sighted[], gaps: [...gaps] };
  const isolated = isolatedProcess(process.argv[1] ?? '', 'behaviour-isolate');
  try {
    for (const [index, examination] of examinations.entries()) {
      progress.step('running changed functions', index, examinations.length);
      const answer = await ask(isolated.ask, examination);
      if ('why' in answer) {
        report.gaps.push({ what: `${examination.path}: ${examination.name}`, why: answer.why });
        continue;
      }
      const { difference, inputs } = answer.search;
      report.examined.push({ examination, inputs });
      if (difference !== null) report.differences.push(judgeDifference(examination, difference));
    }
  } finally {
    isolated.end();
    progress.end();
  }
  return { change, changed, ...report, gaps: [...change.gaps, ...report.gaps] };
}

async function ask(
  put: (question: string) => Promise<string | null>,
  { oldCode, freshCode, comparison }: Examination,
): Promise<Answer> {
  const question: Question = { oldCode, freshCode, comparison };
  const answer = await put(JSON.stringify(question));
  return answer === null
    ? { why: 'running it took too long, or more memory than it may have' }
    : (JSON.parse(answer) as Answer);
}

async function groundOf(
  repository: Repository,
  change: Change,
): Promise<Parameters<typeof planBehaviour>[1]> {
  const scripts: readonly Language[] = ['typescript', 'tsx', 'javascript'];
  const parsers = await loadParsers(scripts);
  const [readBefore, readAfter] = await Promise.all([
    change.base === null
      ? () => null
      : nearbyReader(
          repository,
          change.base,
          change.files.map(({ oldPath }) => oldPath),
        ),
    nearbyReader(
      repository,
      change.head,
      change.files.map(({ path }) => path),
    ),
  ]);
  const known = {
    before: new Map(change.files.map((file) => [file.oldPath, file.before])),
    after: new Map(change.files.map((file) => [file.path, file.after])),
  };
  function filesOf(
    texts: ReadonlyMap<string, string | null>,
    read: (path: string) => string | null,
  ): Parameters<typeof planBehaviour>[1]['before'] {
    return {
      read: (path) => (texts.has(path) ? (texts.get(path) ?? null) : read(path)),
      parse: (path, text) => parsers.tree(languageOf(path), text),
    };
  }
  return { before: filesOf(known.before, readBefore), after: filesOf(known.after, readAfter) };
}
