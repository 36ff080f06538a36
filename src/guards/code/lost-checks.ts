import type { Scene } from '../guard.ts';
import { addedCode, removedCode } from './added-code.ts';
import { dereferences, mentions } from './dereferences.ts';
import { nullChecksOf } from './null-checks.ts';
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
  const left = new Set(checksWithin(pair.after));
  const text = pair.after.node.text();
  return nullChecksOf(pair.before).flatMap((check) => {
    if (!isRemoved(pair, check) || left.has(check.subject)) return [];
    if (isStillTested(pair, check.subject) || isElsewhere(scene, pair, check.subject)) return [];
    const reach = stillReached(pair, check, text);
    if (reach === null) return [];
    return [{ check, reach, line: lineWith(pair, reach) }];
  });
}

/** What a unit tests, also in the functions inside it. */
export function checksWithin(unit: Unit): readonly string[] {
  return [...nullChecksOf(unit).map((check) => check.subject), ...unit.inner.flatMap(checksWithin)];
}

function isRemoved({ from }: Pair, check: NullCheck): boolean {
  for (let line = check.line; line <= check.endLine; line += 1)
    if (from.removed.has(line)) return true;
  return false;
}

// More such dereferences after the change than stood outside the check before it.
function stillReached(pair: Pair, check: NullCheck, after: string): string | null {
  const covered = dereferences(check.covers, check.subject);
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
  const root = (subject.split('.')[0] ?? subject).replace(/\$/g, String.raw`\$`);
  const made = new RegExp(
    `(?<![\\w$.])${root}\\b[^=<>!()]{0,80}:?=(?!=)|\\b(?:for|catch|except|as)\\b.*\\b${root}\\b|[({,]\\s*${root}\\s*[,:})?]`,
  );
  if (pair.fresh.some((line) => mentions(line, subject) && (testing.test(line) || made.test(line))))
    return true;
  return head(pair.before.node.text(), subject) !== head(pair.after.node.text(), subject);
}

// How the signature names the subject: a changed type or default changes what it can be.
function head(text: string, subject: string): string {
  const root = (subject.split('.')[0] ?? subject).replace(/\$/g, String.raw`\$`);
  const signature = text.slice(
    0,
    Math.max(0, text.search(/\)\s*(?::[^{]*)?(?:=>|\{|:\s*\n)|\n\s*\n/)),
  );
  return (new RegExp(`(?<![\\w$.])${root}\\b[^,)]*`).exec(signature)?.[0] ?? '').replace(
    /\s+/g,
    '',
  );
}

// The check moved to another function, or the type lost its "maybe".
function isElsewhere(scene: Scene, pair: Pair, subject: string): boolean {
  const last = (subject.split('.').at(-1) ?? subject).replace(/\$/g, String.raw`\$`);
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
