import { guards } from '../guards/guards.ts';
import type { Judgement } from '../judge.ts';
import { openRepository, type ChangeRequest } from '../outside/git/git.ts';
import { UserError } from '../change/problems.ts';
import { judgeChange } from './facts.ts';
import { findingsSarif } from './findings-sarif.ts';
import { judgementJson } from './judgement-json.ts';
import { judgementMarkdown } from './judgement-markdown.ts';
import { judgementText } from './judgement-text.ts';
import { paintFor } from './paint.ts';
import { printJson, readNamed } from './print.ts';
import { progressOn } from './progress.ts';
import { registryWish } from './registry-answers.ts';
import { version } from './version.ts';

export interface CheckOptions {
  readonly staged?: boolean;
  readonly worktree?: boolean;
  readonly repo: string;
  readonly policy?: string;
  readonly cache?: string;
  /** Which registries may be asked; true for all. */
  readonly registry?: string | true;
  readonly format: string;
}

/** `check`: judges one change; exit 0 when it may land, 1 when it may not yet. */
export async function check(range: string | undefined, options: CheckOptions): Promise<number> {
  const judgement = await judgeAsked(range, options);
  const totalMs = performance.now();
  if (options.format === 'json') {
    printJson(judgementJson(judgement, totalMs));
  } else if (options.format === 'sarif') {
    const { findings, gaps, change } = judgement;
    printJson(findingsSarif({ findings, gaps, guards, version: version(), revision: change.head }));
  } else if (options.format === 'markdown') {
    process.stdout.write(judgementMarkdown(judgement));
  } else {
    process.stdout.write(judgementText(judgement, paintFor(process.stdout, process.env)));
  }
  return exitCode(judgement);
}

/** Judges what the command line asks for. */
export async function judgeAsked(
  range: string | undefined,
  options: CheckOptions,
): Promise<Judgement> {
  const request = requestOf(range, options);
  const repository = await openRepository(options.repo);
  const progress = progressOn(process.stderr);
  const policy =
    options.policy === undefined
      ? {}
      : { policy: { path: options.policy, text: await readNamed(options.policy) } };
  const cache = options.cache === undefined ? {} : { cache: options.cache };
  const registry = registryWish(options.registry);
  return judgeChange(repository, request, { ...policy, ...cache, registry, progress });
}

function exitCode({ decision }: Judgement): number {
  return decision.verdict !== 'land' && decision.enforced ? 1 : 0;
}

function requestOf(range: string | undefined, { staged, worktree }: CheckOptions): ChangeRequest {
  if ([range !== undefined, staged === true, worktree === true].filter(Boolean).length > 1) {
    throw new UserError(
      'a range, --staged and --worktree exclude each other',
      'Name one of them; without any, the branch is judged.',
    );
  }
  if (staged === true) return { kind: 'staged' };
  if (worktree === true) return { kind: 'worktree' };
  return range === undefined ? { kind: 'default' } : { kind: 'typed', text: range };
}
