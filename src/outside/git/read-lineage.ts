import type { Commit, FileChange, Gap, Origin } from '../../change/change.ts';
import type { LineageCommit, Step } from '../../change/lineage.ts';
import { originsInOne, traceLines } from '../../change/lineage.ts';
import { patchReader } from '../../change/patch.ts';
import type { Patch } from '../../change/patch.ts';
import type { Repository } from './repository.ts';
import { diffOptions, lineOptions, streamGit } from './run.ts';

/** Longer histories of a change are not traced line by line; its lines then have no commit. */
export const mostTracedCommits = 2000;

/** Longest output of one question that is read, in bytes. */
const mostBytes = 256 * 2 ** 20;

export interface Lineage {
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
  readonly gaps: readonly Gap[];
}

/**
 * Which commit of the change brought in each added line. With one commit there is nothing to ask; otherwise one or
 * two processes tell what every commit did against each of its parents. `commits`: parents before children.
 */
export async function readLineage(
  repository: Repository,
  files: readonly FileChange[],
  commits: readonly Commit[],
): Promise<Lineage> {
  const [only, second] = commits;
  const isPlain = second === undefined && (only?.parents.length ?? 0) < 2;
  if (isPlain || files.length === 0) {
    const sha = only?.sha ?? null;
    const origins = files.map((file) => [file.path, originsInOne(file, sha)] as const);
    return { origins: new Map(origins), gaps: [] };
  }
  if (commits.length > mostTracedCommits)
    return untraced(`the change has more than ${mostTracedCommits} commits`);
  const steps = await readSteps(repository, files, commits);
  if (typeof steps === 'string') return untraced(steps);
  return { origins: traceLines(files, steps), gaps: [] };
}

function untraced(why: string): Lineage {
  return { origins: new Map(), gaps: [{ what: 'which commit wrote which line', why }] };
}

interface Question {
  readonly sha: string;
  readonly parent: string | null;
  readonly ofMerge: boolean;
}

/** One question for each parent, because git shows a merge's differences without saying against which. */
async function readSteps(
  repository: Repository,
  files: readonly FileChange[],
  commits: readonly Commit[],
): Promise<readonly LineageCommit[] | string> {
  const questions = commits.flatMap(({ sha, parents }): Question[] =>
    parents.length === 0
      ? [{ sha, parent: null, ofMerge: false }]
      : parents.map((parent) => ({ sha, parent, ofMerge: parents.length > 1 })),
  );
  const patches = questions.some(({ ofMerge }) => ofMerge)
    ? await askAroundMerges(repository, files, questions)
    : await ask(repository, questions, lines([]));
  if (typeof patches === 'string') return patches;
  const steps = new Map<string, Step[]>(commits.map(({ sha }) => [sha, []]));
  for (const [index, { sha, parent }] of questions.entries())
    steps.get(sha)?.push({ parent, files: patches[index]?.files ?? [] });
  return commits.map(({ sha }) => ({ sha, steps: steps.get(sha) ?? [] }));
}

/**
 * A merge differs from a parent by all that the other side did, often thousands of files. So lines are asked for only
 * of the change's own files, under all names they had: those the commits gave them, and, only where a merge seems to
 * make one of them anew, those it had on the other side.
 */
async function askAroundMerges(
  repository: Repository,
  files: readonly FileChange[],
  questions: readonly Question[],
): Promise<readonly Patch[] | string> {
  const plain = await ask(
    repository,
    questions.filter(({ ofMerge }) => !ofMerge),
    names,
  );
  if (typeof plain === 'string') return plain;
  const paths = new Set(files.map(({ path }) => path));
  addOlderNames(paths, plain);
  const patches = await ask(repository, questions, lines([...paths]));
  if (typeof patches === 'string') return patches;
  const doubtful = questions.filter(
    ({ ofMerge }, index) => ofMerge && patches[index]?.files.some(({ letter }) => letter === 'A'),
  );
  const moves = await ask(repository, doubtful, names);
  if (typeof moves === 'string') return moves;
  const known = paths.size;
  addOlderNames(paths, [...plain, ...moves]);
  return paths.size === known ? patches : ask(repository, questions, lines([...paths]));
}

const names = [...diffOptions, '-M', '--'];

/** More paths, in characters, are not put on a command line; then everything is asked for. */
const longestPaths = 100_000;

function lines(paths: readonly string[]): readonly string[] {
  const length = paths.reduce((sum, path) => sum + path.length + 1, 0);
  return [...lineOptions, '-M', '--', ...(length > longestPaths ? [] : paths)];
}

function addOlderNames(paths: Set<string>, patches: readonly Patch[]): void {
  const moves = patches.flatMap((patch) => patch.files.filter(({ letter }) => letter === 'R'));
  for (let before = -1; before !== paths.size;) {
    before = paths.size;
    for (const { path, oldPath } of moves) if (paths.has(path)) paths.add(oldPath);
  }
}

/** The answers in the order of the questions, or why there are none. */
async function ask(
  { objects }: Repository,
  questions: readonly Question[],
  options: readonly string[],
): Promise<readonly Patch[] | string> {
  if (questions.length === 0) return [];
  const reader = patchReader({ text: false });
  let size = 0;
  const { code } = await streamGit(
    objects,
    ['diff-tree', '--stdin', '--always', '--root', '-r', '--raw', '-z', ...options],
    {
      input: questions
        .map(({ sha, parent }) => `${parent === null ? sha : `${sha} ${parent}`}\n`)
        .join(''),
      onChunk(chunk) {
        size += chunk.length;
        reader.push(chunk);
        return !reader.full() && size <= mostBytes;
      },
    },
  );
  if (code === null) return 'its commits change too much to be traced line by line';
  const { patches } = reader.end();
  const isWhole =
    code === 0 &&
    patches.length === questions.length &&
    patches.every(({ title }, index) => title === questions[index]?.sha);
  return isWhole ? patches : 'what its commits did could not be read; objects are missing here';
}
