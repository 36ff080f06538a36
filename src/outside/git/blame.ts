import type { Origin } from '../../change/change.ts';
import { decodeText } from '../../change/decode.ts';
import { noBlame } from './problems.ts';
import { resolveCommit } from './refs.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';
import { unquote } from './unquote.ts';

/** Who brought in each line of a file as of a revision: runs of lines with their commit and place in it. */
export interface Blame {
  readonly revision: string;
  readonly origins: readonly Origin[];
  readonly lines: readonly string[];
}

/** Asks git who last changed each line of a file (path from the top of the repository). */
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
    // A configured list of commits to skip would put lines on others' names.
    '--ignore-revs-file=',
    commit,
    '--',
    path,
  ]);
  if (code !== 0) throw noBlame(path, revision, stderr);
  return { revision: commit, ...parseBlame(stdout) };
}

const tab = 0x09;
const newline = 0x0a;

/**
 * Reads `git blame --porcelain`: a head for each line, details once for each commit, then the line behind a tab.
 * Details are told from heads by where they stand, so that a name or subject can say anything.
 */
export function parseBlame(bytes: Uint8Array): Omit<Blame, 'revision'> {
  const lines: string[] = [];
  const origins: Origin[] = [];
  const paths = new Map<string, string>();
  let current: Head | null = null;
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    const row = bytes.subarray(start, end);
    start = end + 1;
    if (current === null) current = headIn(decodeText(row));
    else if (row[0] === tab) {
      lines.push(decodeText(row.subarray(1)));
      add(origins, current, paths.get(current.commit) ?? '');
      current = null;
    } else {
      const named = /^filename (.*)$/s.exec(decodeText(row))?.[1];
      if (named !== undefined) paths.set(current.commit, unquote(named));
    }
  }
  return { lines, origins };
}

interface Head {
  readonly commit: string;
  readonly from: number;
  readonly line: number;
}

function headIn(row: string): Head | null {
  const [, commit = '', from, line] = /^([0-9a-f]{40,64}) (\d+) (\d+)(?: \d+)?$/.exec(row) ?? [];
  return commit === '' ? null : { commit, from: Number(from), line: Number(line) };
}

function add(origins: Origin[], { commit, from, line }: Head, path: string): void {
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
