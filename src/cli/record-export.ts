import { writeAgentTrace } from '../capture/agent-trace-record.ts';
import { writeGitAiNote } from '../capture/git-ai-note.ts';
import { coverageOf, type Landed } from '../capture/landed.ts';
import { linesOf } from '../change/diff.ts';
import type { Commit } from '../change/change.ts';
import {
  openRepository,
  readCommits,
  readFilesAt,
  resolveCommit,
  type Repository,
} from '../outside/git/git.ts';
import { landedOf } from './capture-sources.ts';
import { plain } from './plain.ts';
import { printJson } from './print.ts';
import { version } from './version.ts';

/** `record export`: who wrote the lines of commits, as another program reads it. */
export async function exportRecord(
  range: string | undefined,
  { repo, format }: { readonly repo: string; readonly format: string },
): Promise<number> {
  const repository = await openRepository(repo);
  const commits = await commitsOf(repository, range);
  const landed = await landedOf(
    repository,
    commits.map(({ sha }) => sha),
  );
  const known = commits.flatMap((commit) => {
    const found = landed.get(commit.sha);
    return found === undefined ? [] : [{ commit, landed: found }];
  });
  const without = commits.length - known.length;
  if (without > 0)
    process.stderr.write(
      `${without} of ${commits.length} commits have no record of who wrote them\n`,
    );
  if (format === 'json')
    printJson({
      schema: 'hallmonitor/record-export/v1',
      commits: known.map((one) => asJson(one.landed)),
    });
  else if (format === 'git-ai') printGitAi(known.map((one) => one.landed));
  else for (const one of known) await printTrace(repository, one);
  return 0;
}

async function commitsOf(
  repository: Repository,
  range: string | undefined,
): Promise<readonly Commit[]> {
  const [base, head] = range?.includes('..') ? range.split(/\.{2,3}/) : [undefined, range];
  const include = await resolveCommit(repository, head || 'HEAD');
  if (base === undefined)
    return (await readCommits(repository, { include, exclude: [], alone: true })).commits;
  const exclude = [await resolveCommit(repository, base || 'HEAD')];
  return (await readCommits(repository, { include, exclude })).commits;
}

function asJson(landed: Landed): object {
  const { commit, patchId, files, sessions } = landed;
  return {
    commit,
    patchId,
    coverage: coverageOf(landed),
    sessions,
    files: files.map(({ path, runs }) => ({
      path,
      runs: runs.map(({ from, to, author, via }) => ({ from, to, author, via })),
    })),
  };
}

function printGitAi(list: readonly Landed[]): void {
  for (const landed of list) {
    const { text, problems } = writeGitAiNote(landed, { version: version(), human: null });
    for (const problem of problems) process.stderr.write(`${plain(problem)}\n`);
    process.stdout.write(list.length === 1 ? `${text}\n` : `commit ${landed.commit}\n${text}\n\n`);
  }
}

async function printTrace(
  repository: Repository,
  { commit, landed }: { readonly commit: Commit; readonly landed: Landed },
): Promise<void> {
  const paths = landed.files.map(({ path }) => path);
  const texts = await readFilesAt(repository, commit.sha, paths);
  const record = writeAgentTrace(landed, {
    version: version(),
    at: new Date(commit.committedAt * 1000),
    linesAt: (path) => {
      const text = texts.get(path) ?? null;
      return text === null ? null : linesOf(text);
    },
  });
  process.stdout.write(`${JSON.stringify(record)}\n`);
}
