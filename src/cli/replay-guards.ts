import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { baselinePath, readBaseline } from '../guards/baseline.ts';
import { inspect, languagesIn } from '../guards/guards.ts';
import {
  type GuardFindings,
  nearbyReader,
  openRepository,
  readChange,
  readFilesAt,
  type Repository,
} from '../outside/git/git.ts';
import { loadParsers } from '../outside/parsers/parsers.ts';
import type { FactFinding } from '../replay/fact.ts';

/** Findings kept of one change; a change with more is told by these. */
const mostFindings = 100;
/** Changes of more files are imports and reformats, and would take as long as all others. */
const mostFiles = 500;

/** So many answers are given on together: a run that is ended loses no more. */
const answersTogether = 100;

export interface AskOptions {
  readonly jobs: number;
  readonly onDone: () => void;
  readonly onAnswers: (answers: GuardFindings) => void;
}

/** Asks the guards about changes that landed, each as `check COMMIT` would, in several processes at once. */
export async function askGuards(
  repository: Repository,
  commits: readonly string[],
  { jobs, onDone, onAnswers }: AskOptions,
): Promise<void> {
  const script = process.argv[1];
  let waiting: GuardFindings = new Map();
  function answer(commit: string, findings: readonly FactFinding[] | null): void {
    waiting.set(commit, findings);
    onDone();
    if (waiting.size >= answersTogether) giveOn();
  }
  function giveOn(): void {
    onAnswers(waiting);
    waiting = new Map();
  }
  if (jobs < 2 || script === undefined || commits.length < fewestForProcesses)
    for (const commit of commits) answer(commit, await findingsOf(repository, commit));
  else await askElsewhere({ script, repository, commits, jobs, answer });
  giveOn();
}

interface Asking {
  readonly script: string;
  readonly repository: Repository;
  readonly commits: readonly string[];
  readonly answer: (commit: string, findings: readonly FactFinding[] | null) => void;
}

async function askElsewhere({
  jobs,
  commits,
  ...asking
}: Asking & { readonly jobs: number }): Promise<void> {
  // Dealt out in turn: large changes come in bunches.
  const hands = Array.from({ length: jobs }, (_, hand) =>
    commits.filter((__, index) => index % jobs === hand),
  );
  await Promise.all(hands.map((hand) => askOne({ ...asking, commits: hand })));
}

/** Starting a process costs as much as asking about so many changes. */
const fewestForProcesses = 20;

function askOne({ script, repository, commits, answer }: Asking): Promise<void> {
  return new Promise((resolve) => {
    const args = [script, 'replay-guards', '--repo', repository.cwd];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [commit, findings] = answerIn(line);
      if (commit !== null) answer(commit, findings);
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
