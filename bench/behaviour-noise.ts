import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { examine } from '../src/cli/behaviour.ts';
import { openRepository, readChange, resolveCommit } from '../src/outside/git/git.ts';
import { runGit } from '../src/outside/git/run.ts';

// Runs the changed pure functions of the last changes that landed in a repository, old and new, and counts how many
// could be run, how many differ, and of how many differences the change said nothing.
//   node bench/behaviour-noise.ts REPOSITORY --last 300 [--skip 0] [--out differences.jsonl]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    last: { type: 'string', default: '300' },
    skip: { type: 'string', default: '0' },
    out: { type: 'string' },
  },
});
process.argv[1] = join(import.meta.dirname, '..', 'src', 'cli', 'bin.ts');
const repository = await openRepository(positionals[0]);
const head = await resolveCommit(repository, 'HEAD');
const range = [`--max-count=${values.last}`, `--skip=${values.skip}`, head, '--'];
const { stdout } = await runGit(repository, ['rev-list', '--first-parent', ...range]);
const commits = stdout.toString('utf8').split('\n').filter(Boolean);
if (values.out !== undefined) rmSync(values.out, { force: true });

const tally = {
  changes: 0,
  failed: 0,
  changed: 0,
  examined: 0,
  warned: 0,
  noted: 0,
  unusual: 0,
  changesWarned: 0,
};
const reasons = new Map<string, number>();
const start = performance.now();
const quiet = { step: () => undefined, long: () => undefined, end: () => undefined };
for (const commit of commits) await ask(commit);
const sorted = [...reasons].sort(([, a], [, b]) => b - a).slice(0, 25);
const seconds = Math.round((performance.now() - start) / 1000);
const result = {
  repository: positionals[0],
  ...tally,
  seconds,
  notChecked: Object.fromEntries(sorted),
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);

async function ask(commit: string): Promise<void> {
  try {
    const change = await readChange(repository, { kind: 'commit', commit });
    const { changed, examined, differences, gaps } = await examine(repository, change, quiet);
    const warned = differences.filter(({ severity }) => severity === 'warn').length;
    tally.changes += 1;
    tally.changed += changed;
    tally.examined += examined.length;
    tally.warned += warned;
    tally.noted += differences.length - warned;
    tally.unusual += differences.filter(({ difference }) => difference.unusual).length;
    tally.changesWarned += Number(warned > 0);
    for (const { why } of gaps) {
      const kind = why.replaceAll(/\b[\w$./@-]*[A-Z_$./@][\w$./@-]*\b/g, '…').slice(0, 60);
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
    }
    const lines = [
      ...differences.map(
        ({ examination: { path, line, intent }, severity, message, difference }) => ({
          commit,
          severity,
          at: `${path}:${line}`,
          message,
          said: `${intent.said}: ${intent.why}`,
          unusual: difference.unusual,
        }),
      ),
      ...gaps.map((gap) => ({ commit, ...gap })),
    ];
    if (values.out !== undefined)
      appendFileSync(values.out, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  } catch (error) {
    tally.failed += 1;
    process.stderr.write(
      `${commit}: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
    );
  }
}
