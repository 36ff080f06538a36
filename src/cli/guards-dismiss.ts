import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../change/problems.ts';
import { addToBaseline, baselinePath } from '../guards/baseline.ts';
import { openRepository } from '../outside/git/git.ts';
import { judgeAsked } from './check.ts';
import { count } from './plain.ts';
import { placeInside } from './stay-inside.ts';

export interface DismissOptions {
  readonly reason: string;
  readonly range?: string;
  readonly repo: string;
}

/** Shorter beginnings of a fingerprint might mean several. */
const shortest = 8;

/** `guards dismiss`: writes findings into the baseline, which counts once it has landed on the target branch. */
export async function dismissFindings(
  fingerprints: readonly string[],
  options: DismissOptions,
): Promise<number> {
  const { workTree } = await openRepository(options.repo);
  if (workTree === null)
    throw new UserError('a bare repository has no files to write', 'Run this in a work tree.');
  const { findings } = await judgeAsked(options.range, { repo: options.repo, format: 'text' });
  const chosen = fingerprints.map((asked) => {
    const fits = findings.filter(({ fingerprint }) => fingerprint.startsWith(asked));
    const [one, second] = fits;
    if (asked.length < shortest || one === undefined || second !== undefined)
      throw new UserError(
        `${asked} names ${one === undefined ? 'no finding' : 'more than one finding'} of ${options.range ?? 'what this branch adds, or else the last commit'}`,
        'hallmonitor check --format json prints their fingerprints; name the change they are in with --range.',
      );
    return one;
  });
  const path = placeInside(workTree, baselinePath);
  const text = addToBaseline(readOld(path), chosen, options.reason);
  if (text === null)
    throw new UserError(
      `${baselinePath} could not be understood, so nothing was added`,
      'Repair it first.',
    );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(
    `Added ${count(chosen.length, 'finding')} to ${baselinePath}. It counts once that file has landed on the target branch.\n`,
  );
  return 0;
}

function readOld(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
