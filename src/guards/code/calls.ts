import type { Tree } from '../guard.ts';
import type { Grammar } from './grammar.ts';
import { compact, fieldOf, lineOf, nodesOf, pointed } from './nodes.ts';
import type { Unit } from './units.ts';

/** A call in a unit's own code. */
export interface Call {
  readonly node: Tree;
  /** Called expression without blanks and optional chaining, members after points: `this.orders.save`. */
  readonly callee: string;
  /** The same as the language spells it: `$this->orders->save`. */
  readonly written: string;
  /** Last part of it: `save`. */
  readonly name: string;
  /** Arguments without blanks. */
  readonly given: string;
  readonly line: number;
}

const known = new WeakMap<Unit, readonly Call[]>();

/** Calls in the unit's own code, not in the units inside it. */
export function callsOf(unit: Unit): readonly Call[] {
  const found =
    known.get(unit) ??
    [...nodesOf(unit.node, unit.grammar.calls), ...bareCalls(unit.node, unit.grammar)]
      .filter((node) => isOwn(unit, node))
      .map(callOf);
  known.set(unit, found);
  return found;
}

/** Calls at and below a node. */
export function callsIn(node: Tree, unit: Unit): readonly Call[] {
  return [...nodesOf(node, unit.grammar.calls), ...bareCalls(node, unit.grammar)].map(callOf);
}

// A lone name that is a statement calls something, where the language lets it.
function bareCalls(node: Tree, { statementsIn }: Grammar): readonly Tree[] {
  if (statementsIn === undefined) return [];
  return nodesOf(node, ['identifier']).filter((name) =>
    statementsIn.includes(String(name.parent()?.kind() ?? '')),
  );
}

/** Whether a node belongs to the unit itself rather than to one inside it. */
export function isOwn(unit: Unit, node: Tree): boolean {
  const { start, end } = node.range();
  return !unit.inner.some((inner) => {
    const range = inner.node.range();
    return range.start.index <= start.index && end.index <= range.end.index;
  });
}

/** Callee and first plain argument, which tell two calls of one function apart: `fetch(url`. */
export function callKey(call: Call): string {
  const first = /^\(([^,(){}[\]]+)[,)]/.exec(call.given)?.[1] ?? '';
  return `${call.callee}(${/[=:]/.test(first.replace(/^['"`].*/, '')) ? '' : first}`;
}

function callOf(node: Tree): Call {
  const written = calleeText(node);
  const callee = pointed(written).replaceAll(/(?:\?|!!?|&)\./g, '.');
  const list = fieldOf(node, 'arguments');
  return {
    node,
    callee,
    written,
    name: /[\w$]+(?=[?!]?$)/.exec(callee)?.[0] ?? callee,
    given: compact(list?.text() ?? ''),
    line: lineOf(node),
  };
}

const joints: Readonly<Record<string, string>> = {
  member_call_expression: '->',
  nullsafe_member_call_expression: '->',
  scoped_call_expression: '::',
};

function calleeText(node: Tree): string {
  const called = fieldOf(node, 'function') ?? fieldOf(node, 'constructor') ?? fieldOf(node, 'type');
  if (called === null && node.children().length === 0) return node.text();
  const text =
    called === null
      ? [fieldOf(node, 'object')?.text(), fieldOf(node, 'name')?.text()]
          .filter((part) => part !== undefined)
          .join(joints[String(node.kind())] ?? '.')
      : called.text();
  return compact(text).replaceAll('?.', '.');
}
