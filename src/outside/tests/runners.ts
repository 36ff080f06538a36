import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findTests, type TestFiles } from './find-tests.ts';
import type { TestCommand } from './run-tests.ts';

export type RunnerName = 'vitest' | 'jest' | 'node:test' | 'pytest';

/** How the tests of one package are run. */
export interface Runner {
  readonly name: RunnerName;
  /** Folder of the package, from the top of the repository. */
  readonly folder: string;
  /** A command for the tests that have to do with these files (paths from the top); null: there are none. */
  readonly related: (paths: readonly string[]) => TestCommand | null;
  /** All tests of the package, where `related` may have missed some; null where it cannot. */
  readonly all: (() => TestCommand) | null;
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

/** Finds the runner that tests a file, from the nearest package upwards; a text says why there is none. */
export function runnerFor(top: string, path: string, original: string): Runner | string {
  if (path.endsWith('.py')) return pytestRunner(top, path, original);
  for (const folder of foldersAbove(path)) {
    const manifest = readManifest(join(top, folder));
    const name = manifest === null ? null : runnerNamed(manifest);
    if (name === null || manifest === null) continue;
    if (name === 'node:test') return nodeRunner(top, folder, manifest);
    const script = installed(top, folder, programs[name]);
    return script === null
      ? `${name} is not installed: there is no node_modules with it`
      : scriptRunner({ top, folder, name, script });
  }
  return 'no package.json above it names Vitest, Jest or node --test';
}

/** Folders from the one a file lies in up to the top, which is the empty text. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.push(folder);
  return [...folders, ''];
}

function readManifest(folder: string): Manifest | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return null; // there is none here, or not one that can be read
  }
}

function runnerNamed({
  scripts,
  dependencies,
  devDependencies,
}: Manifest): keyof typeof programs | 'node:test' | null {
  const texts = Object.entries(scripts ?? {}).filter(([name]) => /^test(?::|$)/.test(name));
  const text = texts.map(([, script]) => String(script)).join('\n');
  if (/\bvitest\b/.test(text)) return 'vitest';
  if (/\bjest\b/.test(text)) return 'jest';
  if (/\bnode\b[^\n&|;]*\s--test\b/.test(text)) return 'node:test';
  const all = { ...dependencies, ...devDependencies };
  if ('vitest' in all) return 'vitest';
  return 'jest' in all ? 'jest' : null;
}

const programs = { vitest: 'vitest/vitest.mjs', jest: 'jest/bin/jest.js' } as const;

function installed(top: string, folder: string, program: string): string | null {
  const folders = folder === '' ? [''] : [folder, ...foldersAbove(folder)];
  const places = folders.map((one) => join(top, one, 'node_modules', program));
  return places.find((place) => existsSync(place)) ?? null;
}

interface Script {
  readonly top: string;
  readonly folder: string;
  readonly name: 'vitest' | 'jest';
  readonly script: string;
}

function scriptRunner({ top, folder, name, script }: Script): Runner {
  const cwd = join(top, folder);
  return {
    name,
    folder,
    all: null,
    related(paths) {
      const files = paths.map((path) => join(top, path));
      const args =
        name === 'vitest'
          ? [
              'related',
              '--run',
              '--bail=1',
              '--passWithNoTests',
              '--coverage.enabled=false',
              ...files,
            ]
          : [
              '--ci',
              '--findRelatedTests',
              '--bail',
              '--passWithNoTests',
              '--coverage=false',
              '--watchman=false',
              ...files,
            ];
      return command(name, [script, ...args], cwd);
    },
  };
}

function command(name: RunnerName, args: readonly string[], cwd: string): TestCommand {
  return {
    program: process.execPath,
    args,
    cwd,
    // In CI Vitest writes no snapshots; nothing else is set, because tests may look at it.
    env: { ...testEnvironment(), ...(name === 'vitest' ? { CI: '1' } : {}) },
    noneCode: null,
    passedIn: passedIn[name],
  };
}

const passedIn: Readonly<Record<RunnerName, RegExp>> = {
  vitest: /^\s*Tests\s.{0,60}?(\d+) passed/m,
  jest: /^Tests:\s.{0,60}?(\d+) passed/m,
  'node:test': /^(?:ℹ|#) pass (\d+)/m,
  pytest: /(\d+) passed/,
};

/** The user's own environment without what would point tests at the user's repository, or make them ask questions. */
function testEnvironment(): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:GIT_|NODE_TEST_|VITEST|JEST_)/.test(name),
  );
  return Object.fromEntries(own);
}

function nodeRunner(top: string, folder: string, { scripts }: Manifest): Runner {
  const cwd = join(top, folder);
  const text = Object.entries(scripts ?? {})
    .filter(([name]) => /^test(?::|$)/.test(name))
    .map(([, script]) => /\bnode\b([^\n&|;]*\s--test\b[^\n&|;]*)/.exec(String(script))?.[1])
    .find((part) => part !== undefined);
  const { flags, patterns } = nodeWords((text ?? '').trim().split(/\s+/));
  const tests = findTests(cwd, 'script', patterns);
  const run = (files: readonly string[]): TestCommand =>
    command('node:test', [...flags, '--test', ...files], cwd);
  return {
    name: 'node:test',
    folder,
    ...chosen(tests, { top, cwd, run }),
  };
}

/** Flags that make the tests run at all, such as `--import tsx`, without those about reports; and which files are tests. */
function nodeWords(words: readonly string[]): {
  readonly flags: readonly string[];
  readonly patterns: readonly string[];
} {
  const flags: string[] = [];
  const patterns: string[] = [];
  let isValue = false;
  for (const word of words) {
    if (isValue) flags.push(word);
    else if (!word.startsWith('-')) patterns.push(word.replaceAll(/['"\\]/g, ''));
    else if (!/^--(?:test|watch|experimental-test-coverage)/.test(word)) flags.push(word);
    isValue = !isValue && takesValue.has(word);
  }
  return { flags, patterns: patterns.filter((pattern) => pattern !== '') };
}

const takesValue: ReadonlySet<string> = new Set(
  '--import --require -r --loader --experimental-loader --conditions -C'.split(' '),
);

interface Choice {
  readonly top: string;
  readonly cwd: string;
  readonly run: (files: readonly string[]) => TestCommand;
}

function chosen(tests: TestFiles, { top, cwd, run }: Choice): Pick<Runner, 'related' | 'all'> {
  return {
    related(paths) {
      const inside = paths.map((path) => relative(cwd, join(top, path)));
      const files = tests.relatedTo(inside);
      return files.length === 0 ? null : run(files);
    },
    all: tests.all.length === 0 ? null : () => run(tests.all),
  };
}

function pytestRunner(top: string, path: string, original: string): Runner | string {
  const folder = foldersAbove(path).find((one) =>
    pythonRoots.some((name) => existsSync(join(top, one, name))),
  );
  if (folder === undefined) return 'nothing above it names pytest or a Python project';
  const cwd = join(top, folder);
  const tests = findTests(cwd, 'python');
  const env = { ...testEnvironment(), PYTHONPATH: pythonPath(cwd), PYTHONDONTWRITEBYTECODE: '1' };
  const run = (files: readonly string[]): TestCommand => ({
    program: pythonOf(join(original, folder)),
    args: ['-m', 'pytest', '-x', '-q', '-p', 'no:cacheprovider', ...files],
    cwd,
    env,
    noneCode: 5,
    passedIn: passedIn.pytest,
  });
  return { name: 'pytest', folder, ...chosen(tests, { top, cwd, run }) };
}

const pythonRoots = [
  'pyproject.toml',
  'pytest.ini',
  'tox.ini',
  'setup.cfg',
  'setup.py',
  'conftest.py',
  'tests',
];

/** The copy comes before what is installed: a package installed for editing would lead to the user's own files. */
function pythonPath(cwd: string): string {
  const own = process.env['PYTHONPATH'];
  return [join(cwd, 'src'), cwd, ...(own === undefined ? [] : [own])].join(':');
}

function pythonOf(folder: string): string {
  const places = ['.venv/bin/python', 'venv/bin/python'].map((place) => join(folder, place));
  return places.find((place) => existsSync(place)) ?? 'python3';
}
