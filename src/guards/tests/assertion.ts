import type { Language, Tree } from '../guard.ts';
import { goAssertions, javaAssertions } from './compiled-assertions.ts';
import { assertionsByTable } from './framework-assertions.ts';
import { pythonAssertions } from './python-assertions.ts';
import { scriptAssertions } from './script-assertions.ts';

/** One thing a test demands. */
export interface Assertion {
  readonly line: number;
  /** As written, blanks collapsed. */
  readonly text: string;
  /** What is looked at, as written: the `x` of `expect(x).toBe(1)`. Empty when it cannot be told. */
  readonly subject: string;
  /** Name of the comparison: `toBe`, `assertEqual`, `==`. */
  readonly matcher: string;
  readonly strength: Strength;
  /** Allowed difference, where the comparison has one. */
  readonly tolerance: number | null;
}

/** How much a comparison demands: a value, a part or property of it, its mere presence, or nothing at all. */
export type Strength = 'value' | 'part' | 'presence' | 'nothing';

/** What the comparisons of a test framework demand: by name, the rest is `value`. */
export interface Demands {
  readonly part: ReadonlySet<string>;
  readonly presence: ReadonlySet<string>;
}

/** Assertions in a test's body, in order; empty for languages without a tree. */
export function assertionsOf(language: Language, body: Tree): readonly Assertion[] {
  const read = readers[language];
  return read === undefined ? [] : read(body);
}

const readers: Partial<Record<Language, (body: Tree) => readonly Assertion[]>> = {
  typescript: scriptAssertions,
  tsx: scriptAssertions,
  javascript: scriptAssertions,
  python: pythonAssertions,
  go: goAssertions,
  java: javaAssertions,
  kotlin: assertionsByTable('kotlin'),
  ruby: assertionsByTable('ruby'),
  csharp: assertionsByTable('csharp'),
  php: assertionsByTable('php'),
  rust: assertionsByTable('rust'),
};
