import { appendFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Finding } from '../src/guards/finding.ts';
import { emptyBaseline } from '../src/guards/baseline.ts';
import { guards, inspect, languagesIn } from '../src/guards/guards.ts';
import {
  nearbyReader,
  openRepository,
  readChange,
  resolveCommit,
  searcher,
} from '../src/outside/git/git.ts';
import type { Repository } from '../src/outside/git/git.ts';
import { runGit } from '../src/outside/git/run.ts';
import { loadParsers } from '../src/outside/parsers/parsers.ts';

// Asks the guards, and nothing else, about the last changes that landed in a repository, and counts how many changes
// they would have stopped or held up. Reverts are left out: what was taken back was no ordinary change.
//   node bench/guard-noise.ts REPOSITORY --last 300 [--skip 0] [--guards id,id] [--out findings.jsonl]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    last: { type: 'string', default: '300' },
    skip: { type: 'string', default: '0' },
    guards: { type: 'string' },
    out: { type: 'string' },
  },
});
const wanted = values.guards?.split(',');
const asked = guards.filter(
  ({ id }) => wanted === undefined || wanted.some((one) => id.startsWith(one)),
);
const repository = await openRepository(positionals[0]);
const commits = await landed(repository, await resolveCommit(repository, 'HEAD'));
if (values.out !== undefined) rmSync(values.out, { force: true });

const tally = { changes: 0, files: 0, crashed: 0, gaps: 0 };
const changesWith = { block: 0, warn: 0, note: 0 };
const byGuard = new Map<string, number>();
const times: number[] = [];
for (const commit of commits) await ask(commit);
times.sort((a, b) => a - b);
const sorted = [...byGuard].sort(([a], [b]) => (a < b ? -1 : 1));
const result = {
  repository: positionals[0],
  ...tally,
  changesWith,
  changesByGuard: Object.fromEntries(sorted),
  medianMs: timeAt(0.5),
  p95Ms: timeAt(0.95),
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);

async function ask(commit: string): Promise<void> {
  try {
    const change = await readChange(repository, { kind: 'commit', commit });
    const paths = change.files.map(({ path }) => path);
    const parsers = await loadParsers(languagesIn(change));
    const readAfter = await nearbyReader(repository, change.head, paths);
    const start = performance.now();
    const search = searcher(repository, change.head);
    const looking = { parsers, readAfter, search, baseline: emptyBaseline, guards: asked };
    const { findings, gaps } = inspect(change, looking);
    times.push(performance.now() - start);
    tally.changes += 1;
    tally.files += change.files.length;
    tally.gaps += gaps.length;
    tally.crashed += gaps.filter(({ what }) => what.startsWith('guard ')).length;
    count(findings.filter(({ suppressed }) => suppressed === null));
    write(
      commit,
      findings,
      gaps.filter(({ what }) => what.startsWith('guard ')),
    );
  } catch (error) {
    tally.crashed += 1;
    process.stderr.write(`${commit}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function count(open: readonly Finding[]): void {
  for (const severity of ['block', 'warn', 'note'] as const)
    changesWith[severity] += Number(open.some((finding) => finding.severity === severity));
  const kinds = new Set(open.map(({ severity, guard }) => `${severity} ${guard}`));
  for (const kind of kinds) byGuard.set(kind, (byGuard.get(kind) ?? 0) + 1);
}

function write(commit: string, findings: readonly Finding[], gaps: readonly object[]): void {
  if (values.out === undefined) return;
  const lines = [...findings, ...gaps].map((one) => JSON.stringify({ commit, ...one }));
  appendFileSync(values.out, lines.map((line) => `${line}\n`).join(''));
}

async function landed(from: Repository, head: string): Promise<readonly string[]> {
  const range = [`--max-count=${values.last}`, `--skip=${values.skip}`, head, '--'];
  const filter = ['--invert-grep', '--grep=^Revert ', '--grep=^This reverts commit'];
  const { stdout } = await runGit(from, ['rev-list', '--first-parent', ...filter, ...range]);
  return stdout.toString('utf8').split('\n').filter(Boolean);
}

function timeAt(share: number): number {
  return Math.round(times[Math.floor(times.length * share)] ?? 0);
}
