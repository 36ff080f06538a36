import type { Tree } from '../guard.ts';
import { compact, fieldOf, lineOf, nodesOf } from './nodes.ts';
import type { Unit } from './units.ts';

/** A call in a unit's own code. */
export interface Call {
  readonly node: Tree;
  /** Called expression without blanks and optional chaining: `this.orders.save`. */
  readonly callee: string;
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
    nodesOf(unit.node, unit.grammar.calls)
      .filter((node) => isOwn(unit, node))
      .map(callOf);
  known.set(unit, found);
  return found;
}

/** Calls at and below a node. */
export function callsIn(node: Tree, unit: Unit): readonly Call[] {
  return nodesOf(node, unit.grammar.calls).map(callOf);
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
  const callee = calleeText(node);
  const list = fieldOf(node, 'arguments');
  return {
    node,
    callee,
    name: /[\w$]+$/.exec(callee)?.[0] ?? callee,
    given: compact(list?.text() ?? ''),
    line: lineOf(node),
  };
}

function calleeText(node: Tree): string {
  const called = fieldOf(node, 'function') ?? fieldOf(node, 'constructor') ?? fieldOf(node, 'type');
  const text =
    called === null
      ? [fieldOf(node, 'object')?.text(), fieldOf(node, 'name')?.text()]
          .filter((part) => part !== undefined)
          .join('.')
      : called.text();
  return compact(text).replaceAll('?.', '.');
}
