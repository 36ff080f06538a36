import type { ChangedFile, Guard, Scene, Sighting } from '../guard.ts';
import { codeLanguages } from '../code/grammar.ts';
import { guard } from '../guard.ts';
import { likeness, likenessOf } from './likeness.ts';
import type { Likeness } from './likeness.ts';
import { mayHoldTests } from './rust-modules.ts';
import { caughtElsewhere, passedElsewhere } from './removed.more.examples.ts';
import { codeThatStays, onlyStarts, subjects } from './subject.ts';
import { fullName, testCases } from './test-case.ts';
import type { TestCase } from './test-case.ts';
import { vanishedWords } from './vanished.ts';
import type { Vanished } from './vanished.ts';

export const removed: Guard = guard({
  id: 'tests/removed',
  severity: 'warn',
  protects: 'what the tests check',
  breaks: 'The code stays, but nothing notices any more when it stops working.',
  fix: 'Bring the test back or repair it; if it checks nothing useful, say so in the commit message.',
  languages: codeLanguages,
  cwe: [1053],
  confidence: 0.75,
  caught: [
    {
      name: 'a test goes while the function it tests is edited',
      before: {
        'cart.ts': `export function total(cart) { return cart.sum * 2; }\n`,
        'cart.test.ts': `import { total } from './cart';\nit('adds', () => { expect(total(a)).toBe(3); });\nit('refunds the shipping when an order is cancelled', () => { expect(total(b)).toBe(4); });\n`,
      },
      after: {
        'cart.ts': `export function total(cart) { return cart.sum * 3; }\n`,
        'cart.test.ts': `import { total } from './cart';\nit('adds', () => { expect(total(a)).toBe(3); });\n`,
      },
    },
    {
      name: 'a whole Go test file is deleted beside its code',
      before: {
        'cart.go': `package cart\n`,
        'cart_test.go': `package cart\n\nfunc TestTotal(t *testing.T) {\n\tif Total() != 3 {\n\t\tt.Fatal("no")\n\t}\n}\n`,
      },
      after: { 'cart.go': `package cart\n` },
    },
    {
      name: 'a pytest test is deleted from a class',
      before: {
        'shop/cart.py': `def total(cart):\n    return 1\n`,
        'tests/test_cart.py': `from shop.cart import total\n\nclass TestCart:\n    def test_adds(self):\n        assert total([1]) == 1\n\n    def test_refuses_negative(self):\n        assert total([-1]) == 0\n`,
      },
      after: {
        'shop/cart.py': `def total(cart):\n    return 2\n`,
        'tests/test_cart.py': `from shop.cart import total\n\nclass TestCart:\n    def test_adds(self):\n        assert total([1]) == 1\n`,
      },
    },
    ...caughtElsewhere,
  ],
  passed: [
    {
      name: 'the test goes with the function it tests',
      before: {
        'cart.ts': `export function total() { return 1; }\nexport function refundShipping() { return 2; }\n`,
        'cart.test.ts': `import { total, refundShipping } from './cart';\nit('adds', () => { expect(total()).toBe(1); });\nit('refunds', () => { expect(refundShipping()).toBe(2); });\n`,
      },
      after: {
        'cart.ts': `export function total() { return 1; }\n`,
        'cart.test.ts': `import { total } from './cart';\nit('adds', () => { expect(total()).toBe(1); });\n`,
      },
    },
    {
      name: 'the test moves to another file',
      before: {
        'cart.ts': `export const total = 1;\n`,
        'a.test.ts': `import { total } from './cart';\nit('adds up the cart', () => { expect(total).toBe(1); });\n`,
        'b.test.ts': ``,
      },
      after: {
        'cart.ts': `export const total = 1;\n`,
        'a.test.ts': ``,
        'b.test.ts': `import { total } from './cart';\nit('adds up the cart', () => { expect(total).toBe(1); });\n`,
      },
    },
    {
      name: 'the test gets another title',
      before: {
        'cart.ts': `export const total = 1;\n`,
        'cart.test.ts': `import { total } from './cart';\nit('works', () => { const cart = make(3, 4); expect(total(cart)).toBe(7); });\n`,
      },
      after: {
        'cart.ts': `export const total = 1;\n`,
        'cart.test.ts': `import { total } from './cart';\nit('adds up the prices', () => { const cart = make(3, 4); expect(total(cart)).toBe(7); });\n`,
      },
    },
    {
      name: 'code and test file are deleted together',
      before: {
        'cart.go': `package cart\n\nfunc Total() int { return 3 }\n`,
        'cart_test.go': `package cart\n\nfunc TestTotal(t *testing.T) {\n\tcheck(t, Total())\n}\n`,
      },
      after: {},
    },
    {
      name: 'two tests become one table',
      before: {
        'cart.ts': `export const total = 1;\n`,
        'cart.test.ts': `import { total } from './cart';\nit('one', () => { expect(total([1])).toBe(1); });\nit('two', () => { expect(total([1, 1])).toBe(2); });\n`,
      },
      after: {
        'cart.ts': `export const total = 1;\n`,
        'cart.test.ts': `import { total } from './cart';\nit.each([[[1], 1], [[1, 1], 2]])('adds up %j', (cart, sum) => { expect(total(cart)).toBe(sum); });\n`,
      },
    },
    ...passedElsewhere,
  ],
  look(scene) {
    const files = scene.files.filter(holdsTests);
    const losses = files.flatMap(lossOf);
    if (losses.length === 0) return [];
    const gains = files.flatMap((file) => [...gainsOf(file), ...movedWith(file)]);
    const isGone = vanishedWords(scene);
    return losses.flatMap((loss) => judge(loss, { gains, isGone, scene }));
  },
});

interface Loss {
  readonly file: ChangedFile;
  readonly gone: readonly TestCase[];
  readonly stayed: number;
}

interface Gain {
  readonly path: string;
  readonly title: string;
  readonly like: Likeness;
  readonly isTable: boolean;
  /** True where the test came along with its file: it may be the twin of one elsewhere. */
  readonly cameAlong: boolean;
}

function holdsTests(file: ChangedFile): boolean {
  return (
    mayHoldTests(file) && !/(?:^|\/)(?:fixtures?|testdata|__mocks__|__fixtures__)\//.test(file.path)
  );
}

function casesOf(source: ChangedFile['before']): readonly TestCase[] {
  return source === null ? [] : (testCases(source) ?? []).filter((test) => test.kind === 'case');
}

function lossOf(file: ChangedFile): readonly Loss[] {
  if (file.removed.size === 0) return [];
  const before = casesOf(file.before);
  const after = new Set(casesOf(file.after).map((test) => test.title));
  const gone = before.filter(
    (test) => test.mark !== 'skip' && !after.has(test.title) && !onlyStarts(test),
  );
  return gone.length === 0 ? [] : [{ file, gone, stayed: after.size }];
}

function gainsOf(file: ChangedFile): readonly Gain[] {
  if (file.added.size === 0) return [];
  const before = new Set(casesOf(file.before).map((test) => test.title));
  return casesOf(file.after)
    .filter((test) => !before.has(test.title) && touches(file, test))
    .map((test) => gain(file, test, false));
}

function movedWith(file: ChangedFile): readonly Gain[] {
  if (file.after === null || file.change.oldPath === file.path) return [];
  const before = new Set(casesOf(file.before).map((test) => test.title));
  return casesOf(file.after)
    .filter((test) => before.has(test.title))
    .map((test) => gain(file, test, true));
}

function gain(file: ChangedFile, test: TestCase, cameAlong: boolean): Gain {
  return {
    path: file.path,
    title: test.title,
    like: likenessOf(test.body.text()),
    isTable: /\.each|\.for\b|parametrize|range (?:tests|cases)/.test(
      test.body.parent()?.parent()?.text().slice(0, 400) ?? '',
    ),
    cameAlong,
  };
}

function touches(file: ChangedFile, test: TestCase): boolean {
  for (let line = test.line; line <= test.endLine; line += 1) if (file.added.has(line)) return true;
  return false;
}

interface Elsewhere {
  readonly gains: readonly Gain[];
  readonly isGone: Vanished;
  readonly scene: Scene;
}

/** Body likeness from which two tests count as one that was renamed or reworked. */
const sameTest = 0.5;

function judge(
  { file, gone, stayed }: Loss,
  { gains: all, isGone, scene }: Elsewhere,
): readonly Sighting[] {
  const gains = all.filter((one) => !one.cameAlong || one.path !== file.path);
  const here = gains.filter((gain) => gain.path === file.path);
  const titles = new Set(gains.map((gain) => gain.title));
  const lost = gone.filter(
    (test) =>
      !titles.has(test.title) && !isGone(`${fullName(test)} ${subjects(test)} ${test.body.text()}`),
  );
  const left = lost.filter((test) => {
    const like = likenessOf(test.body.text());
    return !gains.some((gain) => likeness(like, gain.like) >= sameTest);
  });
  if (left.length === 0) return [];
  const code = codeThatStays(file, scene);
  if (code === null) return [];
  const isWorse = here.length === 0 && gains.length < left.length;
  return [
    {
      path: file.path,
      line: nearest(file, left[0]?.line ?? 1),
      says: `${says(left, stayed, file)} while ${code} stays`,
      subject: left.map(fullName).join('\n'),
      severity: isWorse ? 'warn' : 'note',
      confidence: isWorse ? 0.75 : 0.4,
    },
  ];
}

function says(left: readonly TestCase[], stayed: number, file: ChangedFile): string {
  const names = left.slice(0, 3).map((test) => `"${test.title.replace(/\s+/g, ' ').slice(0, 60)}"`);
  const more = left.length > 3 ? ` and ${left.length - 3} more` : '';
  const count = left.length === 1 ? 'the test' : `${left.length} tests:`;
  const verb = file.after === null ? 'deletes the test file with' : 'removes';
  return `${verb} ${count} ${names.join(', ')}${more}${file.after !== null && stayed === 0 ? ', the last of the file,' : ''}`;
}

// The line after the change that stands where this line of before was.
function nearest({ change, after }: ChangedFile, line: number): number {
  if (after === null) return 1;
  const hunk = change.hunks.find(
    (one) => line >= one.oldStart && line < one.oldStart + one.removed.length,
  );
  return Math.max(1, hunk?.newStart ?? change.hunks[0]?.newStart ?? 1);
}
