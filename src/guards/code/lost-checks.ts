import type { Scene } from '../guard.ts';
import { addedCode, removedCode } from './added-code.ts';
import { dereferences, mentions } from './dereferences.ts';
import { nullChecksOf, nullChecksOn } from './null-checks.ts';
import { compact, fieldOf } from './nodes.ts';
import type { NullCheck } from './null-checks.ts';
import type { Pair } from './pairs.ts';
import type { Unit } from './units.ts';

/** A check that went while what it made safe stayed. */
export interface LostCheck {
  readonly check: NullCheck;
  /** `order.total`: what is reached without the check now. */
  readonly reach: string;
  /** Its line after the change. */
  readonly line: number;
}

/** Null and bounds checks of a unit that the change took from dereferences that are still there. */
export function lostChecks(scene: Scene, pair: Pair): readonly LostCheck[] {
  const text = pair.after.node.text();
  return nullChecksOn(pair.before, pair.from.removed).flatMap((check) => {
    if (isStillTested(pair, check.subject)) return [];
    const reach = stillReached(pair, check, text);
    if (reach === null || isStillChecked(pair, check, reach)) return [];
    if (isElsewhere(scene, pair, check.subject)) return [];
    return [{ check, reach, line: lineWith(pair, reach) }];
  });
}

/** What a unit tests, also in the functions inside it. */
export function checksWithin(unit: Unit): readonly NullCheck[] {
  return [...nullChecksOf(unit), ...unit.inner.flatMap(checksWithin)];
}

// Another test of the same thing still stands in the way: it leaves early, or holds the very access.
function isStillChecked(pair: Pair, lost: NullCheck, reach: string): boolean {
  const left = checksWithin(pair.after);
  if (isNameReused(pair.after, lost.subject))
    return (
      left.filter((check) => check.subject === lost.subject).length >=
      checksWithin(pair.before).filter((check) => check.subject === lost.subject).length
    );
  return left.some(
    ({ subject, what, form, covers }) =>
      subject === lost.subject &&
      what === lost.what &&
      (form === 'exit' || dereferences(covers(), subject).has(reach)),
  );
}

// Two things of the same name in one unit: only the number of tests tells which one lost its own.
function isNameReused(unit: Unit, subject: string): boolean {
  const root = (subject.split('.')[0] ?? subject)
    .replace(/[^\w$]/g, '.')
    .replace(/\$/g, String.raw`\$`);
  const made = new RegExp(
    `(?:const|let|var)\\s+${root}\\b|(?<![\\w.])${root}\\s*:=|^\\s*${root}\\s*=[^=]`,
    'gm',
  );
  return (unit.node.text().match(made) ?? []).length > 1;
}

// More such dereferences after the change than stood outside the check before it.
function stillReached(pair: Pair, check: NullCheck, after: string): string | null {
  const covered = dereferences(check.covers(), check.subject);
  const before = dereferences(pair.before.node.text(), check.subject);
  const now = dereferences(after, check.subject);
  for (const [reach, count] of covered) {
    if (check.what === 'bounds' && !reach.endsWith('[')) continue;
    if (/\.(?:length|size|isPresent|isEmpty)$/.test(reach)) continue;
    if ((now.get(reach) ?? 0) > (before.get(reach) ?? 0) - count) return reach;
  }
  return null;
}

const testing =
  /\b(?:if|elif|assert\w*|invariant|ensure\w*|require\w*|must\w*|check\w*|validate\w*|while|switch|case|match|guard|unless)\b|\?|&&|\|\||\bor\b|\band\b|OrThrow|orElse|Optional|!\.|!\[|!;|!\)/;

// Tested in another way, made in another way, or typed in another way: then nothing can be said.
function isStillTested(pair: Pair, subject: string): boolean {
  const root = (subject.split('.')[0] ?? subject)
    .replace(/[^\w$]/g, '.')
    .replace(/\$/g, String.raw`\$`);
  const made = new RegExp(
    `(?<![\\w$.])${root}\\b[^=<>!()]{0,80}:?=(?!=)|\\b(?:for|catch|except|as)\\b.*\\b${root}\\b|[({,]\\s*${root}\\s*[,:})?]`,
  );
  if (pair.fresh.some((line) => mentions(line, subject) && (testing.test(line) || made.test(line))))
    return true;
  return parameter(pair.before, root) !== parameter(pair.after, root);
}

// How the signature names the subject: a changed type or default changes what it can be.
function parameter(unit: Unit, root: string): string {
  const whole = fieldOf(unit.node, 'definition') ?? unit.node;
  const list = fieldOf(whole, 'parameters') ?? fieldOf(whole, 'parameter');
  const named = new RegExp(`[^,(]{0,80}(?<![\\w$.])${root}\\b[^,)]*`).exec(list?.text() ?? '');
  return compact(named?.[0] ?? '');
}

// The check moved to another function, or the type lost its "maybe".
function isElsewhere(scene: Scene, pair: Pair, subject: string): boolean {
  const last = (subject.split('.').at(-1) ?? subject)
    .replace(/[^\w$]/g, '.')
    .replace(/\$/g, String.raw`\$`);
  const moved = new RegExp(
    `\\b(?:if|elif|assert|throw|raise|invariant)\\b.*\\b${last}\\b|requireNonNull\\(.*\\b${last}\\b`,
  );
  const typed = new RegExp(
    `\\b${last}\\?\\s*:|\\b${last}\\b.*(?:\\|\\s*(?:null|undefined|None)|Optional\\b|@Nullable)|@Nullable.*\\b${last}\\b`,
  );
  return scene.files.some((file) => {
    if (file.isTest) return false;
    if (moved.test(addedCode(file))) return true;
    return typed.test(removedCode(file)) && (file !== pair.file || !isOnlyCheck(file, typed));
  });
}

function isOnlyCheck(file: Pair['file'], typed: RegExp): boolean {
  return typed.test(addedCode(file));
}

function lineWith(pair: Pair, reach: string): number {
  const plain = reach.replace(/\s+/g, '');
  for (let line = pair.after.line; line <= pair.after.endLine; line += 1) {
    if ((pair.after.source.lines[line - 1] ?? '').replace(/\s+|!/g, '').includes(plain))
      return line;
  }
  return pair.after.line;
}
