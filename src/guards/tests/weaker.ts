import type { ChangedFile, Severity } from '../guard.ts';
import type { Assertion, Strength } from './assertion.ts';
import type { TestCase } from './test-case.ts';
import type { Vanished } from './vanished.ts';

/** What one test demanded, and what it demands now. */
export interface Demand {
  readonly file: ChangedFile;
  readonly before: TestCase;
  readonly after: TestCase;
  readonly was: readonly Assertion[];
  readonly is: readonly Assertion[];
}

/** How a test became weaker. `line` is a line after the change; null when nothing was put in its place. */
export interface Weaker {
  readonly line: number | null;
  readonly says: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly confidence: number;
}

interface Around {
  readonly isGone: Vanished;
  /** All that the change adds to tests, without blanks. */
  readonly gained: string;
}

interface Balance extends Demand {
  readonly lost: readonly Assertion[];
  readonly gained: readonly Assertion[];
}

/** The gravest way in which the test became weaker; null when it did not. */
export function weakerThan(demand: Demand, { isGone, gained }: Around): Weaker | null {
  const kept = new Set(demand.is.map((one) => one.text));
  const old = new Set(demand.was.map((one) => one.text));
  const balance: Balance = {
    ...demand,
    lost: demand.was.filter(
      (one) => !kept.has(one.text) && !gained.includes(one.text.replace(/\s+/g, '')),
    ),
    gained: demand.is.filter((one) => !old.has(one.text)),
  };
  if (balance.lost.length === 0) return null;
  const isFeatureGone = balance.lost.every((one) => isGone(one.text));
  if (isFeatureGone) return null;
  return (
    emptied(balance) ??
    commentedOut(balance) ??
    loosened(balance) ??
    weakened(balance) ??
    fewer(balance, isGone)
  );
}

function emptied({ lost, gained, is }: Balance): Weaker | null {
  const empty = gained.find((one) => one.strength === 'nothing');
  if (empty === undefined || !lost.some((one) => one.strength !== 'nothing')) return null;
  const isAll = is.every((one) => one.strength === 'nothing');
  return {
    line: empty.line,
    says: `${quote(empty)} can never fail; it stands where ${quote(lost[0])} was`,
    subject: empty.text,
    severity: isAll ? 'block' : 'warn',
    confidence: 0.95,
  };
}

function commentedOut({ lost, is, after }: Balance): Weaker | null {
  const comments = after.body
    .text()
    .split('\n')
    .filter((line) => /^\s*(?:\/\/|#|\/?\*)/.test(line))
    .join('\n')
    .replace(/[\s;/#*]+/g, '');
  const silenced = lost.filter(
    (one) => one.text.length > 8 && comments.includes(one.text.replace(/[\s;/#*]+/g, '')),
  );
  const [first] = silenced;
  if (first === undefined) return null;
  return {
    line: null,
    says: `${silenced.length === 1 ? quote(first) : `${silenced.length} assertions, first ${quote(first)},`} was only commented out`
      .replace('assertions, first', 'assertions were commented out, first')
      .replace(/, was only commented out$/, ''),
    subject: first.text,
    severity: is.length === 0 ? 'block' : 'warn',
    confidence: 0.9,
  };
}

function loosened({ lost, gained }: Balance): Weaker | null {
  for (const one of lost) {
    if (one.tolerance === null) continue;
    const looser = gained.find(
      (other) => other.subject === one.subject && (other.tolerance ?? 0) > (one.tolerance ?? 0),
    );
    if (looser === undefined || looser.tolerance === null) continue;
    const factor = looser.tolerance / Math.max(one.tolerance, Number.MIN_VALUE);
    return {
      line: looser.line,
      says: `${quote(looser)} allows a larger difference than ${quote(one)}`,
      subject: looser.text,
      severity: factor >= 10 ? 'warn' : 'note',
      confidence: 0.85,
    };
  }
  return null;
}

const ranks: Readonly<Record<Strength, number>> = { value: 3, part: 2, presence: 1, nothing: 0 };

function weakened({ lost, gained, is }: Balance): Weaker | null {
  const pairs = lost.flatMap((one) => {
    const heirs = gained.filter((other) => other.subject === one.subject && one.subject !== '');
    const best = Math.max(...heirs.map((heir) => ranks[heir.strength]));
    const heir = heirs.find((other) => ranks[other.strength] === best);
    return heir !== undefined && best < ranks[one.strength] ? [{ one, heir }] : [];
  });
  const worst = pairs.toSorted((a, b) => drop(b) - drop(a))[0];
  if (worst === undefined) return null;
  const isBare = is.every((one) => ranks[one.strength] <= ranks.presence);
  const falls = drop(worst) === 2 || isBare;
  // A stricter look at a part of the same thing makes up for the looser look at the whole.
  const isMadeUp = gained.some(
    (other) =>
      other !== worst.heir &&
      ranks[other.strength] >= ranks.part &&
      other.subject.startsWith(worst.one.subject.slice(0, 12)),
  );
  return {
    line: worst.heir.line,
    says: `${quote(worst.heir)} demands less than ${quote(worst.one)} did`,
    subject: worst.heir.text,
    severity: falls && !isMadeUp ? 'warn' : 'note',
    confidence: falls ? 0.8 : 0.5,
  };
}

function drop({ one, heir }: { readonly one: Assertion; readonly heir: Assertion }): number {
  return ranks[one.strength] - ranks[heir.strength];
}

const raising =
  /^(?:raises|assertRaises\w*|toThrow\w*|rejects\b.*|assertThrows\w*|assertFailsWith|shouldThrow\w*|Throws\w*|expectException\w*|assert_raises?|to raise_error|to\.throw|assert\.(?:throws|rejects)|Panics\w*|ErrorIs|ErrorAs|EqualError|assertThatThrownBy|warns)$/;
const checking =
  /(?:\b|_)(?:assert|expect|verify|check|validate|ensure|should|require|compare|match|test|refute|received)\w*\s*[(!]/i;

function fewer(
  { file, lost, gained, is, was, before, after }: Balance,
  isGone: Vanished,
): Weaker | null {
  const really = lost.filter((one) => one.strength !== 'nothing' && !isGone(one.text));
  const raised = really.find((one) => raising.test(one.matcher));
  const isCaught = gained.some((one) => raising.test(one.matcher));
  if (gained.length > 0 || really.length === 0 || is.length >= was.length) {
    if (raised === undefined || isCaught || gained.length >= lost.length) return null;
  }
  if (callsChecker(file, after)) return null;
  const isRest = onlyAssertionsWent(file, before, really);
  const isBare = is.length === 0;
  const what = `${really.length} of ${was.length} assertions ${really.length === 1 ? 'is' : 'are'} gone, such as ${quote(raised ?? really[0])}`;
  return {
    line: null,
    says: isBare ? `no assertion is left (${quote(really[0])} went)` : what,
    subject: really.map((one) => one.text).join('\n'),
    severity:
      isBare || (raised !== undefined && isRest) || (isRest && really.length * 2 >= was.length)
        ? 'warn'
        : 'note',
    confidence: isBare ? 0.8 : 0.55,
  };
}

// A helper that the change brings in may hold the assertions now.
function callsChecker({ change }: ChangedFile, after: TestCase): boolean {
  return change.hunks.some((hunk) =>
    hunk.added.some((line, index) => {
      const at = hunk.newStart + index;
      return at >= after.line && at <= after.endLine && checking.test(line);
    }),
  );
}

// Whether nothing else of the test was touched: the sign of a test bent until it passes.
function onlyAssertionsWent(
  { change }: ChangedFile,
  before: TestCase,
  lost: readonly Assertion[],
): boolean {
  const lines = new Set(lost.flatMap((one) => [one.line]));
  const hunks = change.hunks.filter(
    (hunk) => hunk.oldStart >= before.line && hunk.oldStart <= before.endLine,
  );
  // What stood in a `with raises` block and only lost its indentation was not touched either.
  const old = new Set(hunks.flatMap((hunk) => hunk.removed.map((line) => line.trim())));
  return hunks.every(
    (hunk) =>
      hunk.added.every((line) => line.trim() === '' || old.has(line.trim())) &&
      hunk.removed.some((_, index) => lines.has(hunk.oldStart + index)),
  );
}

function quote(one: Assertion | undefined): string {
  const text = one?.text ?? 'an assertion';
  return `\`${text.length > 70 ? `${text.slice(0, 69)}…` : text}\``;
}
