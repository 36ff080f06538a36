import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

// A repository made of nothing but a number: the same each time, on each machine.

const services = ['cart', 'catalog', 'checkout', 'mail', 'pricing', 'search', 'shipping', 'users'];
const filesPerService = 40;
const people = ['Ann', 'Bob', 'Cy', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ida', 'Jo', 'Kay', 'Lou'];
const startOfTime = 1_700_000_000;

/** Number of lines of each change to judge, and the branch it lies on. */
export const changeSizes: readonly number[] = [10, 100, 400, 4_000, 40_000];

export function branchOf(lines: number): string {
  return `change-${lines}`;
}

/** Builds a bare repository of so many commits, with a branch for each size of change. */
export async function buildRepository(folder: string, commits: number): Promise<string> {
  const repository = join(folder, `repository-${commits}`);
  mkdirSync(repository, { recursive: true });
  await git(repository, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await git(repository, ['fast-import', '--quiet', '--date-format=raw'], story(commits));
  return repository;
}

function* story(commits: number): Generator<string> {
  const random = randomFrom(commits);
  const versions = new Map<string, number>();
  for (let number = 1; number <= commits; number++) {
    yield* header({ branch: 'main', number }, random);
    const touched = number === 1 ? allPaths() : pick(random, 1 + Math.floor(random() * 4));
    for (const path of touched) {
      const version = (versions.get(path) ?? 0) + 1;
      versions.set(path, version);
      yield fileOf(path, moduleText(path, version));
    }
  }
  for (const lines of changeSizes) {
    yield* header({ branch: branchOf(lines), number: commits + lines, from: 'main' }, random);
    yield* changeOf(lines, versions);
  }
}

interface Told {
  readonly branch: string;
  readonly number: number;
  readonly from?: string;
}

function* header({ branch, number, from }: Told, random: () => number): Generator<string> {
  const person = people[Math.floor(random() * people.length)] ?? 'Ann';
  const stamp = `${person} <${person.toLowerCase()}@example.com> ${startOfTime + number * 3600} +0000`;
  const message = `${random() < 0.3 ? 'fix' : 'feat'}: change ${number}\n`;
  yield `commit refs/heads/${branch}\nauthor ${stamp}\ncommitter ${stamp}\ndata ${message.length}\n${message}\n`;
  if (from !== undefined) yield `from refs/heads/${from}\n`;
}

/** New functions in files that are there, as many lines in each as people write at a time. */
function* changeOf(lines: number, versions: ReadonlyMap<string, number>): Generator<string> {
  const paths = allPaths();
  const files = Math.min(paths.length, Math.max(1, Math.ceil(lines / 60)));
  const functions = Math.max(1, Math.round(lines / linesOfAFunction / files));
  for (let index = 0; index < files; index++) {
    const path = paths[(index * 7) % paths.length] ?? '';
    const added = Array.from({ length: functions }, (_, at) => functionText(path, 1000 + at, 1));
    yield fileOf(path, `${moduleText(path, versions.get(path) ?? 1)}\n${added.join('\n')}`);
  }
}

function allPaths(): readonly string[] {
  return services.flatMap((service) =>
    Array.from(
      { length: filesPerService },
      (_, index) => `services/${service}/src/part-${index}.ts`,
    ),
  );
}

function pick(random: () => number, count: number): readonly string[] {
  const paths = allPaths();
  // Some files change far more often than others, as they do everywhere.
  const indexes = Array.from({ length: count }, () => Math.floor(random() ** 2 * paths.length));
  return [...new Set(indexes)].map((index) => paths[index] ?? '');
}

function fileOf(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

const functionsOfAModule = 5;
// With the empty line behind it.
const linesOfAFunction = 11;

/** Of each version one function differs from the version before. */
function moduleText(path: string, version: number): string {
  const functions = Array.from({ length: functionsOfAModule }, (_, index) => {
    const changes = Math.floor((version + functionsOfAModule - 1 - index) / functionsOfAModule);
    return functionText(path, index, changes);
  });
  return functions.join('\n');
}

function functionText(path: string, index: number, version: number): string {
  const name = `${path.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}${index}`;
  return `export async function ${name}(order: Order): Promise<number> {
  const limit = ${version * 10 + index};
  const lines = order.lines.filter((line) => line.amount > limit);
  let total = 0;
  for (const line of lines) {
    total += line.amount * line.price;
  }
  log.info('${name}', { total, version: ${version} });
  return total;
}
`;
}

/** A small generator of numbers from 0 to 1, always the same from the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function git(folder: string, args: readonly string[], input: Iterable<string> = []): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: folder, stdio: ['pipe', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`git ${args[0] ?? ''} ended with ${code ?? 'a signal'}`));
    });
    void feed();

    async function feed(): Promise<void> {
      for (const piece of input) {
        if (child.stdin.write(piece)) continue;
        await new Promise((resume) => child.stdin.once('drain', resume));
      }
      child.stdin.end();
    }
  });
}
