import type { Origin } from '../../change/change.ts';
import { UserError } from '../../change/problems.ts';
import { resolveCommit } from './refs.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** Who brought in each line of a file as of a revision: runs of lines with their commit and place in it. */
export interface Blame {
  readonly revision: string;
  readonly origins: readonly Origin[];
  readonly lines: readonly string[];
}

/** Asks git for the blame of one file. Its author is whatever commit last changed the line. */
export async function readBlame(
  repository: Repository,
  path: string,
  revision: string,
): Promise<Blame> {
  const commit = await resolveCommit(repository, revision);
  const { stdout, stderr, code } = await runGit(repository, [
    'blame',
    '--porcelain',
    '--no-textconv',
    '--encoding=UTF-8',
    commit,
    '--',
    path,
  ]);
  if (code !== 0) throw noBlame(path, revision, stderr);
  return { revision: commit, ...parseBlame(stdout.toString('utf8')) };
}

function noBlame(path: string, revision: string, said: string): UserError {
  const reason = said.split('\n')[0]?.replace(/^fatal: /, '') ?? '';
  return new UserError(
    `git gives no blame for ${path} at ${revision}: ${reason}`,
    'Name a file that this revision has, relative to the current folder.',
  );
}

/** Reads `git blame --porcelain`: a head per line, details once per commit, then the line behind a tab. */
export function parseBlame(text: string): Omit<Blame, 'revision'> {
  const lines: string[] = [];
  const origins: Origin[] = [];
  const paths = new Map<string, string>();
  let current = { commit: '', from: 0, line: 0 };
  for (const row of text.split('\n')) {
    if (row.startsWith('\t')) {
      lines.push(row.slice(1));
      add(origins, { ...current, path: paths.get(current.commit) ?? '' });
      continue;
    }
    const head = /^([0-9a-f]{40,64}) (\d+) (\d+)(?: \d+)?$/.exec(row);
    if (head) {
      current = { commit: head[1] ?? '', from: Number(head[2]), line: Number(head[3]) };
    } else if (row.startsWith('filename ')) {
      paths.set(current.commit, row.slice('filename '.length));
    }
  }
  return { lines, origins };
}

interface BlamedLine {
  readonly commit: string;
  readonly from: number;
  readonly line: number;
  readonly path: string;
}

function add(origins: Origin[], { commit, from, line, path }: BlamedLine): void {
  const last = origins.at(-1);
  const goesOn =
    last !== undefined &&
    last.commit === commit &&
    last.commitPath === path &&
    last.to + 1 === line &&
    last.commitFrom + (last.to - last.from) + 1 === from;
  if (goesOn) origins[origins.length - 1] = { ...last, to: line };
  else origins.push({ from: line, to: line, commit, commitPath: path, commitFrom: from });
}
