import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { codeLanguages } from '../code/grammar.ts';
import { guard } from '../guard.ts';
import { caught, passed } from './assertion-weakened.examples.ts';
import { caughtElsewhere, passedElsewhere } from './assertion-weakened.more.examples.ts';
import { assertionsOf } from './assertion.ts';
import type { Assertion } from './assertion.ts';
import { likeness, likenessOf } from './likeness.ts';
import { mayHoldTests } from './rust-modules.ts';
import { fullName, testCases } from './test-case.ts';
import type { TestCase } from './test-case.ts';
import { vanishedWords } from './vanished.ts';
import { weakerThan } from './weaker.ts';
import type { Demand } from './weaker.ts';

export const assertionWeakened: Guard = guard({
  id: 'tests/assertion-weakened',
  severity: 'warn',
  gravest: 'block',
  protects: 'what the tests check',
  breaks: 'The test still passes when the code under it gives wrong results.',
  fix: 'Keep the old demand and repair the code; where the demand was wrong, replace it by one as strict.',
  languages: codeLanguages,
  cwe: [1053],
  confidence: 0.75,
  caught: [...caught, ...caughtElsewhere],
  passed: [...passed, ...passedElsewhere],
  look(scene) {
    const files = scene.files.filter(
      (file) => mayHoldTests(file) && file.before !== null && mayWeaken(file),
    );
    const demands = files.flatMap(demandsOf);
    if (demands.length === 0) return [];
    const isGone = vanishedWords(scene);
    const gained = textsGained(scene);
    return demands.flatMap((demand) => sightings(demand, weakerThan(demand, { isGone, gained })));
  },
});

const asserting =
  /assert|expect|raises|verify|refute|must_|received|\bt\.(?:is|ok|deepEqual|Error|Fatal|Fail)|should|fail\(/i;

function mayWeaken({ change, after }: ChangedFile): boolean {
  return (
    after !== null && change.hunks.some((hunk) => hunk.removed.some((line) => asserting.test(line)))
  );
}

/** Body likeness under which a test was written anew, so that its assertions cannot be compared. */
const sameTest = 0.3;

function demandsOf(file: ChangedFile): readonly Demand[] {
  if (file.before === null || file.after === null) return [];
  const old = byName(testCases(file.before) ?? []);
  const fresh = byName(testCases(file.after) ?? []);
  return [...old].flatMap(([name, before]) => {
    const after = fresh.get(name);
    if (before === null || after === undefined || after === null || !isTouched(file, before))
      return [];
    const [was, is] = [before.body.text(), after.body.text()];
    if (was === is || (isRewritten(was, is) && !isOnlyCut(file, after))) return [];
    return [
      {
        file,
        before,
        after,
        was: own(before, old.values()).assertions(file),
        is: own(after, fresh.values()).assertions(file),
      },
    ];
  });
}

function isRewritten(was: string, is: string): boolean {
  return likeness(likenessOf(was), likenessOf(is)) < sameTest;
}

// Lines only went, however many: what is left is the same test, not another one.
function isOnlyCut({ added }: ChangedFile, { line, endLine }: TestCase): boolean {
  for (let at = line; at <= endLine; at += 1) if (added.has(at)) return false;
  return true;
}

// Two tests of one name cannot be told apart: null stands for them.
function byName(cases: readonly TestCase[]): ReadonlyMap<string, TestCase | null> {
  const named = new Map<string, TestCase | null>();
  for (const test of cases) {
    if (test.kind !== 'case') continue;
    const name = fullName(test);
    named.set(name, named.has(name) ? null : test);
  }
  return named;
}

// A test with tests inside (Go's `t.Run`) answers for the assertions outside of those only.
function own(
  test: TestCase,
  all: Iterable<TestCase | null>,
): { assertions: (file: ChangedFile) => readonly Assertion[] } {
  const inner = [...all].filter(
    (one): one is TestCase =>
      one !== null &&
      one !== test &&
      one.line >= test.line &&
      one.endLine <= test.endLine &&
      one.path.length > test.path.length,
  );
  return {
    assertions: (file) =>
      assertionsOf(file.language, test.body).filter(
        ({ line }) => !inner.some((one) => line >= one.line && line <= one.endLine),
      ),
  };
}

function isTouched({ removed }: ChangedFile, test: TestCase): boolean {
  for (let line = test.line; line <= test.endLine; line += 1) if (removed.has(line)) return true;
  return false;
}

// Everything the change adds in tests, by its text: what reappears there has only moved.
function textsGained(scene: Scene): string {
  return scene.files
    .filter(mayHoldTests)
    .flatMap(({ change }) => change.hunks.flatMap((hunk) => hunk.added))
    .filter((line) => !/^\s*(?:\/\/|#|\/?\*)/.test(line))
    .join('\n')
    .replace(/\s+/g, '');
}

function sightings(
  { file, after }: Demand,
  weaker: ReturnType<typeof weakerThan>,
): readonly Sighting[] {
  if (weaker === null) return [];
  return [
    {
      path: file.path,
      line: placeOf(file, weaker.line, after),
      says: `in "${after.title.replace(/\s+/g, ' ').slice(0, 60)}", ${weaker.says}`,
      subject: `${fullName(after)}: ${weaker.subject}`,
      severity: weaker.severity,
      confidence: weaker.confidence,
    },
  ];
}

// An added line of the test near the fault; where none was added, the seam of the removal.
function placeOf({ change, added }: ChangedFile, line: number | null, test: TestCase): number {
  if (line !== null && added.has(line)) return line;
  const hunk = change.hunks.find(
    (one) =>
      one.removed.some((text) => asserting.test(text)) &&
      one.newStart >= test.line - 1 &&
      one.newStart <= test.endLine,
  );
  return Math.max(1, hunk?.newStart ?? test.line);
}
