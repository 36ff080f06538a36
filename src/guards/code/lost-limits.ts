import type { ChangedFile } from '../guard.ts';
import { callKey, callsOf } from './calls.ts';
import type { Call } from './calls.ts';
import { lineOf, nodesOf, compact, excerpt } from './nodes.ts';
import type { Pair } from './pairs.ts';
import { isOff, limitCount, timeLimitsOf } from './time-limits.ts';
import type { TimeLimit } from './time-limits.ts';

/** A limit on waiting that went while the call that waits stayed. */
export interface LostLimit {
  /** `timeout=5`. */
  readonly limit: string;
  /** What waits without it now. */
  readonly waits: string;
  readonly line: number;
  readonly lostAt: number;
  /** Nothing but the limit changed on the lines of the call. */
  readonly isAlone: boolean;
}

/** Limits that the change took away from calls of a unit that are still there. */
export function lostLimits(pair: Pair): readonly LostLimit[] {
  if (limitCount(pair.after.node.text()) >= limitCount(pair.before.node.text())) return [];
  if (pair.fresh.some((line) => limitCount(line) > 0)) return [];
  const kept = new Set(timeLimitsOf(pair.after).flatMap(({ limits }) => limits));
  return timeLimitsOf(pair.before)
    .filter((limit) => isTaken(pair.from, limit))
    .flatMap((limit) => {
      const key = limit.limits.find((one) => !kept.has(one) && whereIs(pair, one) !== null);
      if (key === undefined) return [];
      const waits = key.replace(/\(.*$/s, '');
      const isAlone = pair.fresh.every((line) => isAboutCall(line, waits));
      const line = whereIs(pair, key) ?? 0;
      return [{ limit: limit.says, waits, line, lostAt: limit.line, isAlone }];
    });
}

function isAboutCall(line: string, callee: string): boolean {
  const name = /[\w$]+(?=\W*$)/.exec(callee)?.[0] ?? callee;
  return line.includes(name);
}

function isTaken(file: ChangedFile, { line, endLine }: TimeLimit): boolean {
  for (let at = line; at <= endLine; at += 1) if (file.removed.has(at)) return true;
  return false;
}

// Options that are spread or passed by name may still hold the limit.
function whereIs(pair: Pair, key: string): number | null {
  if (key.endsWith('{}')) {
    const literal = nodesOf(pair.after.node, ['composite_literal']).find(
      (node) => `${compact(node.child(0)?.text() ?? '')}{}` === key,
    );
    return literal === undefined ? null : lineOf(literal);
  }
  const callee = key.replace(/\(.*$/s, '');
  const calls = callsOf(pair.after).filter((call) => call.callee === callee);
  const same = calls.find((call) => key.endsWith('(') || callKey(call) === key);
  const call = same ?? (calls.length === 1 ? calls[0] : undefined);
  return call === undefined || mayHoldLimit(call) ? null : call.line;
}

function mayHoldLimit(call: Call): boolean {
  return /\.\.\.|\*\*|[,({](?:opts?|options?|config|init|params|kwargs|settings|requestOptions|\w+(?:Options|Config|Opts|Settings|Params))[,)}]/.test(
    call.given,
  );
}

/** A limit whose value became "for ever". */
export interface LimitOff {
  readonly name: string;
  readonly now: string;
  readonly line: number;
}

const limitSetting =
  /(?<![\w$])['"]?(\w*(?:time_?out|deadline)\w*)['"]?\s*(?::[\w\s|.<>]*)?(?:=>|[:=])\s*([^=,;)}\s>][^,;)}]*)/i;

/** Limits that the same hunk set to a value before and switches off now. */
export function limitsOff(file: ChangedFile): readonly LimitOff[] {
  return file.change.hunks.flatMap((hunk) =>
    hunk.added.flatMap((text, index) => {
      const now = limitSetting.exec(text);
      if (now?.[1] === undefined || now[2] === undefined || /^\s*(?:\/\/|#|\*)/.test(text))
        return [];
      if (!isOff(`=${now[2]}`)) return [];
      const was = hunk.removed
        .map((line) => limitSetting.exec(line))
        .find(
          (old) =>
            old?.[1] === now[1] &&
            old?.[2] !== undefined &&
            !isOff(`=${old[2]}`) &&
            /\d|[A-Z_]{4,}/.test(old[2]),
        );
      return was === undefined
        ? []
        : [{ name: now[1], now: excerpt(now[2], 20), line: hunk.newStart + index }];
    }),
  );
}

/** Calls that got a context without a deadline in place of the request's own. */
export function detached(pair: Pair): readonly { readonly call: Call; readonly was: string }[] {
  if (pair.before.source.language !== 'go') return [];
  if (pair.fresh.some((line) => /WithTimeout|WithDeadline|WithoutCancel|\bgo\b/.test(line)))
    return [];
  const background = /^\(context\.(?:Background|TODO)\(\)[,)]/;
  return callsOf(pair.after).flatMap((call) => {
    if (
      !pair.file.added.has(call.line) ||
      !background.test(call.given) ||
      call.callee.startsWith('context.')
    )
      return [];
    const same = callsOf(pair.before).filter((other) => other.callee === call.callee);
    const was = same
      .map((other) => /^\((\w*[cC]tx\w*|\w+\.Context\(\))[,)]/.exec(other.given)?.[1])
      .find((ctx) => ctx !== undefined);
    if (was === undefined || same.some((other) => background.test(other.given))) return [];
    return [{ call, was }];
  });
}
