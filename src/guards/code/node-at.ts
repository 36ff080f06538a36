import type { Source, Tree } from '../guard.ts';
import type { Grammar } from './grammar.ts';
import type { Token } from './tokens.ts';

/** The smallest node that holds a token; null when the source has no tree. */
export function nodeAt(source: Source, token: Token): Tree | null {
  const root = source.tree();
  if (root === null) return null;
  let node = root;
  for (;;) {
    const inner = node.children().find((child) => holds(child, token));
    if (inner === undefined) return node;
    node = inner;
  }
}

function holds(node: Tree, { line, column }: Token): boolean {
  const { start, end } = node.range();
  const row = line - 1;
  const begins = start.line < row || (start.line === row && start.column <= column);
  return begins && (end.line > row || (end.line === row && end.column > column));
}

/** The outermost call of the chain that starts with this token: `db.orders.find(…).limit(…)`. */
export function callFrom(source: Source, token: Token, grammar: Grammar): Tree | null {
  const leaf = nodeAt(source, token);
  if (leaf === null) return null;
  const start = leaf.range().start.index;
  let call: Tree | null = null;
  for (const node of [leaf, ...leaf.ancestors()]) {
    if (node.range().start.index !== start) break;
    if (grammar.calls.includes(String(node.kind()))) call = node;
  }
  return call;
}

/** The function, method or closure around a node; null at the top of a file. */
export function functionAround(node: Tree, grammar: Grammar): Tree | null {
  return node.ancestors().find((one) => grammar.functions.includes(String(one.kind()))) ?? null;
}

/** Whether a function says that it may pause: `async`, `suspend`. */
export function isAsync(node: Tree | null): boolean {
  if (node === null) return false;
  const head = node.text().slice(0, 400);
  const end = head.search(/[{]|=>|:\s*\n/);
  return /(?:^|\s)(?:async|suspend)\b/.test(head.slice(0, end < 0 ? 400 : end));
}
