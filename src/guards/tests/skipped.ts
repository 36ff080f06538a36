import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { codeLanguages } from '../code/grammar.ts';
import { guard } from '../guard.ts';
import { mayHoldTests } from './rust-modules.ts';
import { caughtElsewhere, passedElsewhere } from './skipped.more.examples.ts';
import { fullName, testCases } from './test-case.ts';
import type { TestCase } from './test-case.ts';

export const skipped: Guard = guard({
  id: 'tests/skipped',
  severity: 'warn',
  gravest: 'block',
  protects: 'what the tests check',
  breaks: 'The code under the test can now break without any test turning red.',
  fix: 'Repair the test, or give the reason and an issue beside the mark so that somebody takes it off again.',
  languages: codeLanguages,
  cwe: [1053],
  confidence: 0.9,
  caught: [
    {
      name: 'a test is focused, so all others of the file fall silent',
      before: { 'cart.test.ts': `it('adds up', () => {\n  expect(sum([1, 2])).toBe(3);\n});\n` },
      after: {
        'cart.test.ts': `it.only('adds up', () => {\n  expect(sum([1, 2])).toBe(3);\n});\n`,
      },
    },
    {
      name: 'a Jest suite is switched off by an x',
      before: {
        'cart.test.js': `describe('cart', () => {\n  test('adds', () => { go(); });\n});\n`,
      },
      after: {
        'cart.test.js': `xdescribe('cart', () => {\n  test('adds', () => { go(); });\n});\n`,
      },
    },
    {
      name: 'a pytest test is skipped',
      before: { 'tests/test_cart.py': `def test_adds():\n    assert total([1, 2]) == 3\n` },
      after: {
        'tests/test_cart.py': `@pytest.mark.skip\ndef test_adds():\n    assert total([1, 2]) == 3\n`,
      },
    },
    {
      name: 'a Go test skips itself first thing',
      before: { 'cart_test.go': `package cart\n\nfunc TestAdds(t *testing.T) {\n\tcheck(t)\n}\n` },
      after: {
        'cart_test.go': `package cart\n\nfunc TestAdds(t *testing.T) {\n\tt.Skip()\n\tcheck(t)\n}\n`,
      },
    },
    {
      name: 'a JUnit test is disabled, with the reason',
      before: {
        'src/test/java/CartTests.java': `class CartTests {\n  @Test\n  void adds() { check(); }\n}\n`,
      },
      after: {
        'src/test/java/CartTests.java': `class CartTests {\n  @Disabled("until #41")\n  @Test\n  void adds() { check(); }\n}\n`,
      },
    },
    ...caughtElsewhere,
  ],
  passed: [
    {
      name: 'a test that only runs where it can',
      before: { 'test_cart.py': `def test_adds():\n    assert total([1]) == 1\n` },
      after: {
        'test_cart.py': `@pytest.mark.skipif(sys.platform == "win32", reason="no fork")\ndef test_adds():\n    assert total([1]) == 1\n`,
      },
    },
    {
      name: 'a Go test that is skipped in short runs',
      before: { 'cart_test.go': `package cart\n\nfunc TestAdds(t *testing.T) {\n\tcheck(t)\n}\n` },
      after: {
        'cart_test.go': `package cart\n\nfunc TestAdds(t *testing.T) {\n\tif testing.Short() {\n\t\tt.Skip("slow")\n\t}\n\tcheck(t)\n}\n`,
      },
    },
    {
      name: 'a skipped test moves to another file',
      before: { 'a.test.ts': `it.skip('adds', () => { check(); });\n`, 'b.test.ts': `` },
      after: { 'a.test.ts': ``, 'b.test.ts': `it.skip('adds', () => { check(); });\n` },
    },
    {
      name: 'a skip is taken away',
      before: { 'a.test.ts': `it.skip('adds', () => { check(); });\n` },
      after: { 'a.test.ts': `it('adds', () => { check(); });\n` },
    },
    {
      name: 'a conditional skip of Vitest',
      before: { 'a.test.ts': `it('adds', () => { check(); });\n` },
      after: { 'a.test.ts': `it.skipIf(isWindows)('adds', () => { check(); });\n` },
    },
    ...passedElsewhere,
  ],
  look(scene) {
    const known = marksBefore(scene);
    return scene.files
      .filter((file) => mayHoldTests(file) && mayMark(file))
      .flatMap((file) => lookAt(file, known));
  },
});

const marking =
  /skip|only|fixme|xfail|expectedFailure|pending|focus|#\[ignore|\bIgnore\b|Explicit|Inconclusive|todo\(|markTestIncomplete|"f:|"!|@(?:\w+\.)*(?:Disabled|Ignore)\b|\b[fxFPX](?:it|test|describe|context|specify|example|scenario|feature|should|given|when|then|It|Describe|Context|When|Specify|Entry)\b/i;

function mayMark(file: ChangedFile): boolean {
  return file.change.hunks.some((hunk) => hunk.added.some((line) => marking.test(line)));
}

interface Known {
  /** Marks that stood somewhere before, by mark and title: they may have moved. */
  readonly marked: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
}

function marksBefore(scene: Scene): Known {
  const cases = scene.files
    .filter((file) => mayHoldTests(file) && file.before !== null && file.removed.size > 0)
    .concat(
      scene.files.filter(
        (file) =>
          mayHoldTests(file) && file.before !== null && file.removed.size === 0 && mayMark(file),
      ),
    )
    .flatMap((file) => (file.before === null ? [] : (testCases(file.before) ?? [])));
  return {
    marked: new Set(cases.map((test) => `${test.mark} ${test.title}`)),
    titles: new Set(cases.map((test) => test.title)),
  };
}

function lookAt(file: ChangedFile, known: Known): readonly Sighting[] {
  if (file.after === null) return [];
  return (testCases(file.after) ?? [])
    .filter((test) => test.mark !== 'none' && file.added.has(test.markLine))
    .filter((test) => !known.marked.has(`${test.mark} ${test.title}`))
    .map((test) => (test.mark === 'focus' ? focused(file, test) : silenced(file, test, known)));
}

function focused(file: ChangedFile, test: TestCase): Sighting {
  return {
    path: file.path,
    line: test.markLine,
    says: `focuses ${test.kind === 'suite' ? 'the suite' : 'the test'} "${short(test.title)}", so nothing else in this file runs`,
    subject: `focus ${fullName(test)}`,
    severity: 'block',
    confidence: 0.97,
    breaks: 'All other tests of the file stop running without a word, and the build stays green.',
    fix: 'Take the focus away before landing.',
  };
}

function silenced(file: ChangedFile, test: TestCase, known: Known): Sighting {
  const isNew = !known.titles.has(test.title);
  const why = test.reason === null ? 'without a reason' : `because: ${short(test.reason)}`;
  const what = `${isNew ? 'adds' : 'switches off'} the ${test.kind === 'suite' ? 'suite' : 'test'} "${short(test.title)}"`;
  return {
    path: file.path,
    line: test.markLine,
    says: `${what}${isNew ? ' switched off' : ''} (${test.markText.replace(/\($/, '')}), ${why}`,
    subject: `skip ${fullName(test)}`,
    severity: isNew || givesReason(test.reason) ? 'note' : 'warn',
  };
}

/** Long enough to explain something, or it names an issue. */
function givesReason(reason: string | null): boolean {
  if (reason === null) return false;
  return /#\d+|https?:\/\/|\b[A-Z]{2,}-\d+/.test(reason) || reason.split(/\s+/).length >= 3;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
