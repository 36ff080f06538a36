import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { join } from 'node:path';

/** Test files of a package, as paths from its folder. */
export interface TestFiles {
  readonly all: readonly string[];
  /** Tests that reach one of these files, by imports or by name; all, where neither says anything. */
  readonly relatedTo: (paths: readonly string[]) => readonly string[];
}

/** Files looked at in one package, and how deep its folders are followed. */
const mostFiles = 5_000;
const deepest = 12;

/** Finds the tests of a package by the conventions of its language, or by the patterns that its script names. */
export function findTests(
  folder: string,
  language: 'script' | 'python',
  patterns: readonly string[] = [],
): TestFiles {
  const files = listed(folder, language === 'script' ? /\.[cm]?[jt]sx?$/ : /\.py$/);
  const isTest = language === 'script' ? scriptTest : pythonTest;
  const all = files.filter((file) =>
    patterns.length === 0 ? isTest.test(file) : patterns.some((pattern) => suits(file, pattern)),
  );
  const related = language === 'script' ? byImports : byWords;
  return {
    all,
    relatedTo(paths) {
      const found = related({ folder, files, tests: all }, paths);
      return found.length === 0 ? all : found;
    },
  };
}

/** What `node --test` takes for tests by itself. */
const scriptTest =
  /(?:^|\/)test\/(?:.*\/)?[^/]+\.[cm]?[jt]s$|(?:^|\/)(?:[^/]+[._-])?test\.[cm]?[jt]s$|(?:^|\/)test-[^/]+\.[cm]?[jt]s$/;
const pythonTest = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;

/** Whether a file lies where a pattern starts and ends as it ends; what is between is not looked at. */
function suits(file: string, pattern: string): boolean {
  const star = /[*?[{(]/.exec(pattern);
  const start = pattern.slice(0, star?.index ?? pattern.length).replace(/^\.\//, '');
  const end = star === null ? '' : (/[^*?\])}]*$/.exec(pattern)?.[0] ?? '');
  const isFolder =
    star === null && !/\.[cm]?[jt]s$/.test(start) && start !== '' && !start.endsWith('/');
  return file.startsWith(isFolder ? `${start}/` : start) && file.endsWith(end);
}

function listed(folder: string, wanted: RegExp): readonly string[] {
  const found: string[] = [];
  const open: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  while (open.length > 0 && found.length < mostFiles) {
    const next = open.pop();
    if (next === undefined || next.depth > deepest) continue;
    for (const entry of readdirSync(join(folder, next.path), { withFileTypes: true })) {
      const path = posix.join(next.path, entry.name);
      if (
        entry.isDirectory() &&
        !/^(?:node_modules|\..*|venv|dist|build|fixtures)$/.test(entry.name)
      )
        open.push({ path, depth: next.depth + 1 });
      else if (entry.isFile() && wanted.test(entry.name)) found.push(path);
    }
  }
  return found.sort();
}

interface Package {
  readonly folder: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

function byImports({ folder, files, tests }: Package, paths: readonly string[]): readonly string[] {
  const known = new Set(files);
  const wanted = new Set(paths);
  const imports = new Map<string, readonly string[]>();
  function importsOf(file: string): readonly string[] {
    const found = imports.get(file) ?? readImports(folder, file, known);
    imports.set(file, found);
    return found;
  }
  return tests.filter((test) => reaches(test, wanted, importsOf));
}

function reaches(
  start: string,
  wanted: ReadonlySet<string>,
  importsOf: (file: string) => readonly string[],
): boolean {
  const seen = new Set([start]);
  for (const file of seen) {
    if (wanted.has(file)) return true;
    for (const next of importsOf(file)) seen.add(next);
  }
  return false;
}

function readImports(folder: string, file: string, known: ReadonlySet<string>): readonly string[] {
  const text = readFileSync(join(folder, file), 'utf8').slice(0, 500_000);
  const requests = text.matchAll(
    /(?:from|import|require)\s{0,9}\(?\s{0,9}['"](\.[^'"\n]{0,300})['"]/g,
  );
  return [...requests].flatMap(([, request = '']) => {
    const place = posix.join(posix.dirname(file), request);
    const found = candidates(place).find((candidate) => known.has(candidate));
    return found === undefined ? [] : [found];
  });
}

function candidates(place: string): readonly string[] {
  const bare = place.replace(/\.[cm]?js$/, '');
  const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];
  return [
    place,
    ...endings.map((ending) => `${bare}${ending}`),
    ...endings.map((ending) => posix.join(place, `index${ending}`)),
  ];
}

/** Python's imports lead through packages; a test that never says the module's name seldom tests it. */
function byWords({ folder, tests }: Package, paths: readonly string[]): readonly string[] {
  const words = paths.map((path) => {
    const name = posix.basename(path, '.py');
    return name === '__init__' ? posix.basename(posix.dirname(path)) : name;
  });
  const patterns = words.map(
    (word) => new RegExp(`(?<![\\w])${word.replaceAll(/\W/g, '.')}(?![\\w])`),
  );
  return tests.filter((test) => {
    if (words.some((word) => test.includes(word))) return true;
    const text = readFileSync(join(folder, test), 'utf8').slice(0, 500_000);
    return patterns.some((pattern) => pattern.test(text));
  });
}
