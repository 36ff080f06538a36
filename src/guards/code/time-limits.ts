import type { Language, Tree } from '../guard.ts';
import { callKey, callsIn, callsOf, isOwn } from './calls.ts';
import type { Call } from './calls.ts';
import { compact, excerpt, fieldOf, lineOf, endLineOf, nodesOf, pointed } from './nodes.ts';
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
  /^['"]?(?:\w*time_?out\w*|\w*deadline\w*|signal|abort_?signal|max_?wait\w*|cancellationToken)['"]?$/i;
const timers = /^(?:set|clear|use)Timeout$|^addEventListener$|^setdefaulttimeout$/;

/** The limits on waiting in a unit's own code. */
export function timeLimitsOf(unit: Unit): readonly TimeLimit[] {
  return [
    ...options(unit),
    ...wrappers(unit),
    ...setters(unit),
    ...assignments(unit),
    ...literals(unit),
  ];
}

/** How often a unit speaks of limits on waiting; timers do not count. */
export function limitCount(text: string): number {
  // Two slashes begin a comment only after a blank: `https://` is an address.
  const plain = text
    .replace(/\b(?:set|clear|use)Timeout\b/g, '')
    .replace(/(?:^|\s)\/\/.*|^[ \t]*#.*/gm, '');
  return (
    plain.match(/time_?out|deadline|\bsignal\b|AbortSignal|wait_for\b|\bcancellationToken\b/gi) ??
    []
  ).length;
}

// An option called signal is a limit only when it can abort, and a schema only describes one.
function isLimit(option: Tree, call: Call): boolean {
  if (!limitKey.test(keyOf(option)) || /^z\.|[oO]bject$|[sS]chema/.test(call.callee)) return false;
  return /time_?out|deadline|wait|abort|cancellationToken|controller|\.signal\b|^signal$|: signal$/i.test(
    option.text(),
  );
}

const pairs = [
  'pair',
  'shorthand_property_identifier',
  'keyword_argument',
  'array_element_initializer',
  'value_argument',
  'argument',
  'assignment_expression',
];
const holders = ['object', 'hash', 'array_creation_expression'];

// `new Client(['timeout' => 5])`, `get(url, timeout: 5)`, `new HttpClient { Timeout = … }`.
function givenOptions(list: Tree | null, call: Call): readonly Tree[] {
  const initial = fieldOf(call.node, 'initializer')?.namedChildren() ?? [];
  const given = list?.namedChildren() ?? [];
  return [...given, ...initial].flatMap((child) => {
    const inner = child.kind() === 'argument' ? (child.child(0) ?? child) : child;
    return holders.includes(String(inner.kind())) ? inner.namedChildren() : [child];
  });
}

function options(unit: Unit): readonly TimeLimit[] {
  return callsOf(unit).flatMap((call) => {
    if (timers.test(call.name) || !mayWait(call)) return [];
    const list = fieldOf(call.node, 'arguments');
    const text = `${list?.text() ?? ''}${fieldOf(call.node, 'initializer')?.text() ?? ''}`;
    if (!limitWord.test(text) && !/\bsignal\b|cancellationToken/.test(text)) return [];
    const given = givenOptions(list, call);
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
  return /[:=]>?\s*(?:0|-1|nil|Timeout\.Infinite\w*|None|null|undefined|false|False|Infinity|Number\.(?:POSITIVE_INFINITY|MAX_SAFE_INTEGER)|math\.MaxInt\w*|float\(["']inf["']\)|Duration\.ZERO|(?:Long|Integer)\.MAX_VALUE)\s*[,;)}]*$/.test(
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
    const start = list?.range().start.index ?? Infinity;
    // What is waited for stands in the brackets, or in a block behind them.
    const inner = callsIn(call.node, unit).filter(
      (other) => other.node.range().start.index >= start && !limitWord.test(other.name),
    );
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

const assigning: Readonly<Partial<Record<Language, string>>> = {
  ruby: 'assignment',
  csharp: 'assignment_expression',
  kotlin: 'assignment',
  php: 'assignment_expression',
};

// `http.read_timeout = 5`, `client.Timeout = …`, `curl_setopt($ch, CURLOPT_TIMEOUT, 5)`.
function assignments(unit: Unit): readonly TimeLimit[] {
  const kind = assigning[unit.source.language];
  if (kind === undefined) return [];
  const set = nodesOf(unit.node, [kind], String.raw`(?i)time_?out|deadline`).flatMap((node) => {
    const left = pointed(compact(node.child(0)?.text() ?? ''));
    const [, owner, name] = /^(.*)\.(\w*(?:time_?out|deadline)\w*)$/i.exec(left) ?? [];
    if (owner === undefined || name === undefined || !isOwn(unit, node) || isOff(node.text()))
      return [];
    const start = `${owner.split('.')[0] ?? owner}.`;
    const limits = callsOf(unit)
      .filter(({ callee }) => callee.startsWith(start))
      .map(({ callee }) => `${callee}(`);
    return [{ says: `.${name}`, limits, ...span(node) }];
  });
  const curl = callsOf(unit)
    .filter((call) => call.name === 'curl_setopt' && /CURLOPT_\w*TIMEOUT/.test(call.given))
    .map((call) => ({ says: 'CURLOPT_TIMEOUT', limits: ['curl_exec('], ...span(call.node) }));
  return [...set, ...curl];
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
