import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { baselinePath, readBaseline } from '../guards/baseline.ts';
import { inspect, languagesIn } from '../guards/guards.ts';
import {
  nearbyReader,
  openRepository,
  readChange,
  readFilesAt,
  type Repository,
} from '../outside/git/git.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import type { FactFinding } from '../replay/fact.ts';

/** What guards said about changes, by commit; null where they could not be asked. */
export type GuardFindings = Map<string, readonly FactFinding[] | null>;

/** Findings kept of one change; a change with more is told by these. */
const mostFindings = 100;
/** Changes of more files are imports and reformats, and would take as long as all others. */
const mostFiles = 500;

/** Asks the guards about changes that landed, each as `check COMMIT` would, in several processes at once. */
export async function askGuards(
  repository: Repository,
  commits: readonly string[],
  { jobs, onDone }: { readonly jobs: number; readonly onDone: () => void },
): Promise<GuardFindings> {
  const script = process.argv[1];
  const found: GuardFindings = new Map();
  if (jobs < 2 || script === undefined || commits.length < fewestForProcesses) {
    for (const commit of commits) {
      found.set(commit, await findingsOf(repository, commit));
      onDone();
    }
    return found;
  }
  // Dealt out in turn: large changes come in bunches.
  const hands = Array.from({ length: jobs }, (_, hand) =>
    commits.filter((__, index) => index % jobs === hand),
  );
  await Promise.all(
    hands.map((hand) => askElsewhere({ script, repository, commits: hand, found, onDone })),
  );
  return found;
}

/** Starting a process costs as much as asking about so many changes. */
const fewestForProcesses = 20;

interface Errand {
  readonly script: string;
  readonly repository: Repository;
  readonly commits: readonly string[];
  readonly found: GuardFindings;
  readonly onDone: () => void;
}

function askElsewhere({ script, repository, commits, found, onDone }: Errand): Promise<void> {
  return new Promise((resolve) => {
    const args = [script, 'replay-guards', '--repo', repository.cwd];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [commit, findings] = answerIn(line);
      if (commit === null) return;
      found.set(commit, findings);
      onDone();
    });
    // Whatever ends it early: the changes it did not answer about stay unasked.
    child.on('error', () => resolve());
    lines.on('close', () => resolve());
    child.stdin.on('error', () => undefined);
    child.stdin.end(commits.map((commit) => `${commit}\n`).join(''));
  });
}

function answerIn(line: string): readonly [string | null, readonly FactFinding[] | null] {
  try {
    const answer = JSON.parse(line) as { commit: string; findings: FactFinding[] | null };
    return [answer.commit, answer.findings];
  } catch {
    return [null, null]; // the process was ended in the middle of a line
  }
}

/** `replay-guards`: takes commits from standard input, a line each, and answers with what the guards say. */
export async function replayGuards({ repo }: { readonly repo: string }): Promise<number> {
  const repository = await openRepository(repo);
  for await (const commit of createInterface({ input: process.stdin })) {
    if (!/^[0-9a-f]{40,64}$/.test(commit)) continue;
    const findings = await findingsOf(repository, commit);
    process.stdout.write(`${JSON.stringify({ commit, findings })}\n`);
  }
  return 0;
}

async function findingsOf(
  repository: Repository,
  commit: string,
): Promise<readonly FactFinding[] | null> {
  try {
    const change = await readChange(repository, { kind: 'commit', commit });
    if (change.files.length > mostFiles) return null;
    const paths = change.files.map(({ path }) => path);
    const [parsers, readAfter, house] = await Promise.all([
      loadParsers(languagesIn(change)),
      nearbyReader(repository, change.head, paths),
      readFilesAt(repository, change.base, [baselinePath]),
    ]);
    const baseline = readBaseline(house.get(baselinePath) ?? null);
    const { findings } = inspect(change, { parsers, readAfter, baseline });
    return findings
      .slice(0, mostFindings)
      .map(({ guard, severity, path }) => ({ guard, severity, path }));
  } catch {
    return null; // contents are missing, or git refuses: the guards were not asked
  }
}
