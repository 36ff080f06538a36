import type { Scene } from '../guard.ts';
import { addedCode } from './added-code.ts';
import type { Call } from './calls.ts';
import { callersOf } from './callers.ts';
import { matchUnits } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { isShielded } from './shields.ts';
import type { Unit } from './units.ts';

const handling =
  /\b(?:try|catch|except|rescue|finally|defer|throws|onError|on_error|isErr|isOk|errors?\.(?:As|Is)|Result|Either|safeParse|fallback|recover|ensure|runCatching|rescue_from|onFailure|getOrElse|getOrNull|unwrap_or\w*|map_err|ok_or\w*)\b|\.(?:error|err|ok)\b|\b\w*[eE]rr(?:or)?\b\s*(?:!=|==|:?=|\))|\bsafe\w+\(|\btry\w*\(|ErrorBoundary|suppress\(/;

// Also in the functions inside: `onError: (error) => …`.
const inner = /\bon_?[Ee]rror\b|\bcatch\b|\bexcept\b/;

/** Whether the unit's new lines deal with errors in some other way. */
export function isReplaced(pair: Pair): boolean {
  if (pair.fresh.some((line) => handling.test(line))) return true;
  const { line, endLine, source } = pair.after;
  const was = new Set(
    pair.before.node
      .text()
      .split('\n')
      .map((text) => text.trim()),
  );
  return [...pair.file.added].some((added) => {
    const text = source.lines[added - 1]?.trim() ?? '';
    return added >= line && added <= endLine && !was.has(text) && inner.test(text);
  });
}

/** Whether whoever calls the unit, or what it calls, deals with the error after this change. */
export function isHandledAround(scene: Scene, pair: Pair, call: Call): boolean {
  // A handler for the whole class or application.
  if (/\brescue_from\b|ExceptionHandler\b/.test(addedCode(pair.file))) return true;
  const callers = pair.after.name === '' ? [] : callersOf(scene, pair.after.short);
  if (callers.some((caller) => isShielded(caller.call.node, caller.unit.grammar))) return true;
  return isHandledInside(scene, call.name);
}

/** Whether the called function itself changed its face in this change, so that it has no error to give any more. */
export function isCalleeChanged(scene: Scene, name: string): boolean {
  return matchUnits(scene).pairs.some(({ before, after }) => {
    if (after.short !== name) return false;
    return firstLine(before) !== firstLine(after);
  });
}

function firstLine(unit: Unit): string {
  return unit.source.lines[unit.line - 1]?.trim() ?? '';
}

// The handler moved into the function that is called.
function isHandledInside(scene: Scene, name: string): boolean {
  const { pairs, fresh } = matchUnits(scene);
  const changed = pairs.some(
    (other) => other.after.short === name && other.fresh.some((line) => handling.test(line)),
  );
  if (changed) return true;
  return fresh.some((other) => other.unit.short === name && handling.test(addedCode(other.file)));
}
