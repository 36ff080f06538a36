import type { Language } from '../guard.ts';
import { forcedIn } from './lost-results.ts';
import type { LostOptional } from './lost-optional.ts';
import { compact } from './nodes.ts';
import type { Pair } from './pairs.ts';
import type { Unit } from './units.ts';

/** How a language reaches into what may be missing, answers for it, and insists that it is there. */
interface Safety {
  readonly safe: RegExp;
  readonly spelling: '?.' | '&.' | '?->';
  readonly fallback: RegExp | null;
  readonly fallbackSpelling: '??' | '?:';
  /** Insisting, which ends in an error when it is wrong; null where a plain access is already that. */
  readonly force: RegExp | null;
  /** The compiler refuses a plain access to what may be missing. */
  readonly isTyped: boolean;
}

const safeties: Readonly<Partial<Record<Language, Safety>>> = {
  kotlin: {
    safe: /\?(?=\.)/g,
    spelling: '?.',
    fallback: /\s*\?:.*$/,
    fallbackSpelling: '?:',
    force: /!!/g,
    isTyped: true,
  },
  csharp: {
    safe: /\?(?=\.[A-Za-z]|\[)/g,
    spelling: '?.',
    fallback: /\s*\?\?(?!=).*$/,
    fallbackSpelling: '??',
    force: /(?<=[\w)\]])!(?=[.[;,)])/g,
    isTyped: false,
  },
  php: {
    safe: /\?->/g,
    spelling: '?->',
    fallback: /\s*\?\?(?!=).*$/,
    fallbackSpelling: '??',
    force: null,
    isTyped: false,
  },
  ruby: {
    safe: /&\./g,
    spelling: '&.',
    fallback: null,
    fallbackSpelling: '??',
    force: null,
    isTyped: false,
  },
};

/** More changed lines than this in one function are not compared with each other. */
const mostLines = 400;

/** Safe accesses and fallbacks that lines of a unit lost while the rest of the line stayed; Rust's new `unwrap` too. */
export function lostSafety(pair: Pair): readonly LostOptional[] {
  const forced = forcedIn(pair)
    .filter(({ isResult }) => !isResult)
    .map(({ subject, call, lostAt }) => ({
      form: 'force' as const,
      spelling: `.${call.name}()`,
      subject,
      line: call.line,
      lostAt,
    }));
  const safety = safeties[pair.before.source.language];
  return safety === undefined ? forced : linesOf(pair, safety);
}

function linesOf(pair: Pair, safety: Safety): readonly LostOptional[] {
  const gone = changed(pair.before, pair.from.removed);
  const came = changed(pair.after, pair.file.added);
  if (gone.length > mostLines || came.length > mostLines) return [];
  const byCore = new Map(came.map((one) => [coreOf(one.text, safety), one]));
  return gone.flatMap(({ text, line }) => {
    const now = isCautious(text, safety) ? byCore.get(coreOf(text, safety)) : undefined;
    if (now === undefined) return [];
    const lost = lossOf(text, now.text, safety);
    return lost === null ? [] : [{ ...lost, line: now.line, lostAt: line }];
  });
}

interface Line {
  readonly text: string;
  readonly line: number;
}

function changed({ source, line, endLine }: Unit, lines: ReadonlySet<number>): readonly Line[] {
  return [...lines]
    .filter((at) => at >= line && at <= endLine)
    .map((at) => ({ text: (source.lines[at - 1] ?? '').trim().replace(/[;,]$/, ''), line: at }))
    .filter(({ text }) => !/^(?:\/\/|\/?\*|#)/.test(text));
}

function isCautious(text: string, { safe, fallback }: Safety): boolean {
  return text.search(safe) >= 0 || fallback?.test(text) === true;
}

// The line without any word about absence.
function coreOf(text: string, { safe, spelling, fallback, force }: Safety): string {
  const plain = text.replaceAll(safe, spelling === '?->' ? '->' : spelling === '&.' ? '.' : '');
  const bare = fallback === null ? plain : plain.replace(fallback, '');
  return compact(force === null ? bare : bare.replaceAll(force, '')).replace(/[;,)]+$/, '');
}

function lossOf(
  was: string,
  now: string,
  safety: Safety,
): Pick<LostOptional, 'form' | 'spelling' | 'subject'> | null {
  const { safe, fallback, force, isTyped, spelling, fallbackSpelling } = safety;
  if (force !== null && count(now, force) > count(was, force)) {
    const subject = /([\w.()]+)!!?/.exec(now)?.[1] ?? now;
    return { form: 'force', spelling: isTyped ? '!!' : '!', subject };
  }
  if (isTyped) return null;
  if (count(now, safe) < count(was, safe) && (fallback === null || !fallback.test(now)))
    return { form: '?.', spelling, subject: beforeMark(was, safe) };
  if (fallback !== null && fallback.test(was) && !fallback.test(now) && count(now, safe) === 0)
    return { form: '??', spelling: fallbackSpelling, subject: beforeMark(was, fallback) };
  return null;
}

function count(text: string, mark: RegExp): number {
  return (text.match(mark) ?? []).length;
}

function beforeMark(text: string, mark: RegExp): string {
  const before = text.slice(0, Math.max(0, text.search(mark)));
  return /[\w$@.>[\]'"()-]+$/.exec(before)?.[0].replace(/^[('"[\]]+/, '') ?? before;
}
