import type { Source, Tree } from '../guard.ts';
import { testsByTable } from './framework-tests.ts';
import { goTests } from './go-tests.ts';
import { javaTests } from './java-tests.ts';
import { pythonTests } from './python-tests.ts';
import { scriptTests } from './script-tests.ts';

/** How a test is kept from running, or keeps others from running. `none` also stands for marks under a condition. */
export type Mark = 'none' | 'focus' | 'skip';

/** A test, or a group of tests, as written in one file. */
export interface TestCase {
  readonly kind: 'case' | 'suite';
  readonly title: string;
  /** Titles of the suites around it and its own, outermost first. */
  readonly path: readonly string[];
  readonly line: number;
  readonly endLine: number;
  /** What runs: the function's body; the whole node where it has none. */
  readonly body: Tree;
  readonly mark: Mark;
  /** Line of the mark; the test's own where there is none. */
  readonly markLine: number;
  /** The mark as written, and the reason it gives in words, if any. */
  readonly markText: string;
  readonly reason: string | null;
}

/** A test before its suites are known. */
export type FoundTest = Omit<TestCase, 'path'>;

/** The mark of a test: nothing, until one is found. */
export type FoundMark = Pick<TestCase, 'mark' | 'markLine' | 'markText' | 'reason'>;

/** All tests and suites of a file in the order they stand; null when it has no tree or could not be parsed. */
export function testCases(source: Source): readonly TestCase[] | null {
  const found = known.get(source);
  if (found !== undefined) return found;
  const find = finders[source.language];
  const tree = find === undefined ? null : source.tree();
  const read = find === undefined || tree === null ? null : withPaths(find(tree));
  known.set(source, read);
  return read;
}

// Several guards ask for the tests of the same file.
const known = new WeakMap<Source, readonly TestCase[] | null>();

/** The name a test keeps as long as neither it nor its suites are renamed. */
export function fullName(test: TestCase): string {
  return test.path.join(' > ');
}

const finders: Partial<Record<Source['language'], (tree: Tree) => readonly FoundTest[]>> = {
  typescript: scriptTests,
  tsx: scriptTests,
  javascript: scriptTests,
  python: pythonTests,
  go: goTests,
  java: javaTests,
  kotlin: testsByTable('kotlin'),
  ruby: testsByTable('ruby'),
  csharp: testsByTable('csharp'),
  php: testsByTable('php'),
  rust: testsByTable('rust'),
};

function withPaths(found: readonly FoundTest[]): readonly TestCase[] {
  const sorted = [...found].sort((a, b) => a.line - b.line || b.endLine - a.endLine);
  const around: FoundTest[] = [];
  return sorted.map((test) => {
    for (let top = around.at(-1); top !== undefined && top.endLine < test.line; top = around.at(-1))
      around.pop();
    const path = [...around.map((suite) => suite.title), test.title];
    around.push(test);
    return { ...test, path };
  });
}
