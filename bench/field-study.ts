import { appendFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judgeChange } from '../src/cli/facts.ts';
import { openRepository, readCommits, resolveCommit } from '../src/outside/git/git.ts';
import { runGit } from '../src/outside/git/run.ts';

// Judges the last changes that landed in a repository, one by one, as `check COMMIT` would, and counts what was
// found on changes that were never reverted. This is how docs/field-notes.md was measured:
//   node bench/field-study.ts REPOSITORY --last 200 --out findings.jsonl
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    last: { type: 'string', default: '200' },
    skip: { type: 'string', default: '0' },
    out: { type: 'string' },
    cache: { type: 'string' },
  },
});
const repository = await openRepository(positionals[0]);
const head = await resolveCommit(repository, 'HEAD');
const reverted = await revertedCommits(head);
const changes = await landed(Number(values.last), Number(values.skip));
if (values.out !== undefined) rmSync(values.out, { force: true });

const tally = {
  changes: 0,
  reverted: 0,
  files: 0,
  lines: 0,
  block: 0,
  warn: 0,
  note: 0,
  gaps: 0,
  crashed: 0,
};
const withSeverity = { block: 0, warn: 0 };
const byGuard = new Map<string, number>();
const times: number[] = [];
for (const commit of changes) {
  const start = performance.now();
  try {
    const judgement = await judgeChange(
      repository,
      { kind: 'commit', commit },
      values.cache === undefined ? {} : { cache: values.cache },
    );
    times.push(performance.now() - start);
    const open = judgement.findings.filter(({ suppressed }) => suppressed === null);
    const bad = reverted.has(commit);
    tally.changes += 1;
    tally.reverted += Number(bad);
    tally.files += judgement.change.files.length;
    tally.lines += judgement.change.files.reduce((sum, file) => sum + file.added + file.deleted, 0);
    tally.gaps += judgement.gaps.length;
    for (const { severity, guard } of open) {
      tally[severity] += 1;
      byGuard.set(`${severity} ${guard}`, (byGuard.get(`${severity} ${guard}`) ?? 0) + 1);
    }
    for (const severity of ['block', 'warn'] as const) {
      if (!bad && open.some((finding) => finding.severity === severity))
        withSeverity[severity] += 1;
    }
    if (values.out !== undefined) {
      const lines = open.map((finding) => JSON.stringify({ commit, reverted: bad, ...finding }));
      const gaps = judgement.gaps.map((gap) => JSON.stringify({ commit, gap }));
      appendFileSync(values.out, [...lines, ...gaps].map((line) => `${line}\n`).join(''));
    }
  } catch (error) {
    tally.crashed += 1;
    process.stderr.write(
      `${commit}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
}
times.sort((a, b) => a - b);
const at = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? 0);
process.stdout.write(
  `${JSON.stringify(
    {
      repository: positionals[0],
      ...tally,
      changesWithBlock: withSeverity.block,
      changesWithWarn: withSeverity.warn,
      medianMs: at(0.5),
      p95Ms: at(0.95),
      byGuard: Object.fromEntries([...byGuard].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    null,
    2,
  )}\n`,
);

async function landed(last: number, skip: number): Promise<readonly string[]> {
  const { stdout } = await runGit(repository, [
    'rev-list',
    '--first-parent',
    `--max-count=${last}`,
    `--skip=${skip}`,
    head,
    '--',
  ]);
  // Oldest first, so that what is known of the past grows with each one.
  return stdout.toString('utf8').split('\n').filter(Boolean).reverse();
}

/** Commits that a later one says it reverts. */
async function revertedCommits(include: string): Promise<ReadonlySet<string>> {
  const { commits } = await readCommits(repository, { include, exclude: [] });
  const found = commits.flatMap(({ message }) =>
    [...message.matchAll(/This reverts commit ([0-9a-f]{40})/g)].map((match) => match[1] ?? ''),
  );
  return new Set(found);
}
