import { relative, resolve, sep } from 'node:path';
import {
  openRepository,
  readBlame,
  readCommitsByIds,
  type Repository,
} from '../outside/git/git.ts';
import { readCommit } from '../provenance/commit-evidence.ts';
import type { AuthoredRun } from '../provenance/provenance.ts';
import { blame as attribute } from '../provenance/stats.ts';
import { notesOf } from './evidence.ts';
import { gapLines } from './findings-text.ts';
import { paintFor, type Paint } from './paint.ts';
import { plain } from './plain.ts';
import { printJson } from './print.ts';

export interface BlameOptions {
  readonly revision: string;
  readonly repo: string;
  readonly format: string;
}

/** `blame FILE`: who or what wrote each line, with the tool, model and commit behind it. */
export async function blame(file: string, options: BlameOptions): Promise<number> {
  const repository = await openRepository(options.repo);
  const path = inRepository(repository, file);
  const { revision, origins, lines } = await readBlame(repository, path, options.revision);
  const shas = [...new Set(origins.flatMap(({ commit }) => (commit === null ? [] : [commit])))];
  const commits = await readCommitsByIds(repository, shas);
  const noted = await notesOf(repository, commits);
  const evidence = [...commits.flatMap(readCommit), ...noted.evidence];
  const runs = attribute(origins, {
    commits,
    evidence,
    trust: { emails: [], wholeRepository: false },
  });
  const commitOf = new Map(
    origins.flatMap(({ from, to, commit }) =>
      Array.from({ length: to - from + 1 }, (_, at) => [from + at, commit] as const),
    ),
  );
  const commitAt = (line: number): string | null => commitOf.get(line) ?? null;
  if (options.format === 'json') {
    printJson({
      schema: 'hallmonitor/blame/v1',
      path,
      revision,
      lines: lines.length,
      runs: runs.flatMap((run) => byCommit(run, commitAt)),
      notChecked: noted.gaps,
    });
  } else {
    const paint = paintFor(process.stdout, process.env);
    const text = [
      ...blameLines({ runs, lines, commitAt, paint }),
      '',
      ...gapLines(noted.gaps, paint),
    ];
    process.stdout.write(`${text.join('\n').trimEnd()}\n`);
  }
  return 0;
}

/** A run of one author may come from several commits: cut where the commit changes. */
function byCommit(
  run: AuthoredRun,
  commitAt: (line: number) => string | null,
): readonly (AuthoredRun & { readonly commit: string | null })[] {
  const parts: (AuthoredRun & { readonly commit: string | null })[] = [];
  for (let line = run.from; line <= run.to; line += 1) {
    const commit = commitAt(line);
    const last = parts.at(-1);
    if (last?.commit === commit) parts[parts.length - 1] = { ...last, to: line };
    else parts.push({ ...run, from: line, to: line, commit });
  }
  return parts;
}

function inRepository(repository: Repository, file: string): string {
  if (repository.workTree === null) return file;
  const path = relative(repository.workTree, resolve(repository.workTree, file));
  const here = relative(repository.workTree, resolve(file));
  return (here.startsWith('..') ? path : here).split(sep).join('/');
}

interface Shown {
  readonly runs: readonly AuthoredRun[];
  readonly lines: readonly string[];
  readonly commitAt: (line: number) => string | null;
  readonly paint: Paint;
}

function blameLines({ runs, lines, commitAt, paint }: Shown): readonly string[] {
  const width = Math.max(7, ...runs.map((run) => nameOf(run).length));
  const digits = String(lines.length).length;
  return runs.flatMap((run) =>
    lines.slice(run.from - 1, run.to).map((line, at) => {
      const number = run.from + at;
      const head = `${(commitAt(number) ?? '').slice(0, 9).padEnd(9)} ${nameOf(run).padEnd(width)} ${String(number).padStart(digits)}`;
      return `${run.authorship === 'unknown' ? paint.dim(head) : head}  ${plain(line.replaceAll('\t', '    '))}`;
    }),
  );
}

function nameOf({ authorship, tool, model, disputed }: AuthoredRun): string {
  const by = tool === null ? '' : ` ${tool}${model === null ? '' : ` ${model}`}`;
  return plain(`${authorship}${by}${disputed ? ' (disputed)' : ''}`).slice(0, 44);
}
