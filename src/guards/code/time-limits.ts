import type { Tree } from '../guard.ts';
import { callKey, callsIn, callsOf, isOwn } from './calls.ts';
import type { Call } from './calls.ts';
import { compact, excerpt, fieldOf, lineOf, endLineOf, nodesOf } from './nodes.ts';
import type { Unit } from './units.ts';

/** Something that ends a wait: an option, a wrapper, a setter or a context with a deadline. */
export interface TimeLimit {
  /** `timeout=5`, `withTimeout()`. */
  readonly says: string;
  /** Calls, as `callKey` names them, or literals that wait no longer than it allows. */
  readonly limits: readonly string[];
  readonly line: number;
  readonly endLine: number;
}

const limitWord = /time_?out|deadline|abort_?signal|wait_for\b/i;
const limitKey =
  /^['"]?(?:\w*time_?out\w*|\w*deadline\w*|signal|abort_?signal|max_?wait\w*)['"]?$/i;
const timers = /^(?:set|clear|use)Timeout$|^addEventListener$|^setdefaulttimeout$/;

/** The limits on waiting in a unit's own code. */
export function timeLimitsOf(unit: Unit): readonly TimeLimit[] {
  return [...options(unit), ...wrappers(unit), ...setters(unit), ...literals(unit)];
}

/** How often a unit speaks of limits on waiting; timers do not count. */
export function limitCount(text: string): number {
  const plain = text.replace(/\b(?:set|clear|use)Timeout\b/g, '').replace(/\/\/.*|^\s*#.*/gm, '');
  return (plain.match(/time_?out|deadline|\bsignal\b|AbortSignal|wait_for\b/gi) ?? []).length;
}

// An option called signal is a limit only when it can abort, and a schema only describes one.
function isLimit(option: Tree, call: Call): boolean {
  if (!limitKey.test(keyOf(option)) || /^z\.|[oO]bject$|[sS]chema/.test(call.callee)) return false;
  return /time_?out|deadline|wait|abort|controller|\.signal\b|^signal$|: signal$/i.test(
    option.text(),
  );
}

const pairs = ['pair', 'shorthand_property_identifier', 'keyword_argument'];

function options(unit: Unit): readonly TimeLimit[] {
  return callsOf(unit).flatMap((call) => {
    if (timers.test(call.name) || !mayWait(call)) return [];
    const list = fieldOf(call.node, 'arguments');
    if (list === null || (!limitWord.test(list.text()) && !/\bsignal\b/.test(list.text())))
      return [];
    const given = list
      .namedChildren()
      .flatMap((child) => (child.kind() === 'object' ? child.namedChildren() : [child]));
    const option = given.find(
      (child) => pairs.includes(String(child.kind())) && isLimit(child, call),
    );
    if (option === undefined || isOff(option.text())) return [];
    return [{ says: excerpt(option.text(), 40), limits: [callKey(call)], ...span(option) }];
  });
}

// Hooks and plain objects only carry settings along.
function mayWait({ node, name }: Call): boolean {
  if (/^use[A-Z]/.test(name)) return false;
  const makes = node.kind() === 'new_expression' || node.kind() === 'object_creation_expression';
  return (
    !makes ||
    /client|agent|pool|http|socket|request|connection|server|redis|kafka|queue/i.test(name)
  );
}

function keyOf(option: Tree): string {
  return option.child(0)?.text() ?? option.text();
}

/** Whether an option's text switches the limit off. */
export function isOff(text: string): boolean {
  return /[:=]\s*(?:0|-1|None|null|undefined|false|False|Infinity|Number\.(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER)|math\.MaxInt\w*|float\(["']inf["']\)|Duration\.ZERO|(?:Long|Integer)\.MAX_VALUE)\s*[,;)}]*$/.test(
    text.trim(),
  );
}

// `withTimeout(load(), 5000)`, `asyncio.wait_for(load(), 5)`, `context.WithTimeout(ctx, time.Second)`.
function wrappers(unit: Unit): readonly TimeLimit[] {
  return callsOf(unit).flatMap((call) => {
    if (!limitWord.test(call.name) || timers.test(call.name)) return [];
    const says = `${excerpt(call.callee, 40)}()`;
    if (/^With(?:Timeout|Deadline)(?:Cause)?$/.test(call.name)) {
      return [{ says, limits: withContext(unit), ...span(call.node) }];
    }
    const list = fieldOf(call.node, 'arguments');
    const inner =
      list === null ? [] : callsIn(list, unit).filter((other) => !limitWord.test(other.name));
    return inner.length === 0
      ? []
      : [{ says, limits: inner.slice(0, 1).map(callKey), ...span(call.node) }];
  });
}

function withContext(unit: Unit): readonly string[] {
  return callsOf(unit)
    .filter((call) => /^\((?:\w*[cC]tx\w*|context\.(?:Background|TODO)\(\))[,)]/.test(call.given))
    .filter((call) => !call.callee.startsWith('context.'))
    .map((call) => `${call.callee}(`);
}

// `connection.setReadTimeout(5000)`, `socket.settimeout(5)`, `builder.timeout(…)`: limits what the same object does.
function setters(unit: Unit): readonly TimeLimit[] {
  return callsOf(unit).flatMap((call) => {
    const set = /^(.*)\.((?:set)?\w*(?:[tT]ime_?[oO]ut|[dD]eadline)\w*)$/s.exec(call.callee);
    const owner = set?.[1];
    if (
      owner === undefined ||
      timers.test(call.name) ||
      /^(?:get|is|has|parse|compute|default)/i.test(call.name)
    )
      return [];
    const root = /^[\w$.]+/.exec(owner)?.[0] ?? owner;
    const start = `${root.split('.')[0] ?? root}.`;
    const limits = callsOf(unit)
      .filter(({ callee }) => callee !== call.callee && callee.startsWith(start))
      .map(({ callee }) => `${callee}(`);
    return [
      {
        says: `.${call.name}()`,
        limits,
        line: endLineOf(call.node),
        endLine: endLineOf(call.node),
      },
    ];
  });
}

// Go: `http.Client{Timeout: …}`.
function literals(unit: Unit): readonly TimeLimit[] {
  if (unit.source.language !== 'go') return [];
  return nodesOf(unit.node, ['keyed_element']).flatMap((element) => {
    const key = element.child(0)?.text() ?? '';
    const type = element.parent()?.parent()?.child(0);
    if (
      !/Timeout$|^Deadline$/.test(key) ||
      !isOwn(unit, element) ||
      type === null ||
      type === undefined
    )
      return [];
    return [
      {
        says: excerpt(element.text(), 40),
        limits: [`${compact(type.text())}{}`],
        ...span(element),
      },
    ];
  });
}

function span(node: Tree): { readonly line: number; readonly endLine: number } {
  return { line: lineOf(node), endLine: endLineOf(node) };
}
