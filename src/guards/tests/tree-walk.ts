import { nodesOf as findNodes } from '../code/nodes.ts';
import type { Tree } from '../guard.ts';

/** First line of a node, 1-based. */
export function lineOf(node: Tree): number {
  return node.range().start.line + 1;
}

/** Last line of a node, 1-based. */
export function endLineOf(node: Tree): number {
  return node.range().end.line + 1;
}

/** Nodes of these kinds in and below a node, in the order they stand. */
export function nodesOf(tree: Tree, ...kinds: readonly string[]): readonly Tree[] {
  return findNodes(tree, kinds);
}

/** Children that mean something: no brackets, commas or comments. */
export function namedChildren(node: Tree | null): readonly Tree[] {
  if (node === null) return [];
  return node.children().filter((child) => child.isNamed() && !isComment(child));
}

/** Whether a node is a comment in any of the languages. */
export function isComment(node: Tree): boolean {
  return String(node.kind()).endsWith('comment');
}

/** Text without the quotes around it. */
export function unquoted(text: string): string {
  return text.replace(/^[a-zA-Z]{0,2}("""|'''|["'`])([\s\S]*)\1$/, '$2');
}

/** Whether one of the kinds stands between a node and the one that ends the search. */
export function isInside(node: Tree, kinds: ReadonlySet<string>, end: Tree): boolean {
  for (let at = node.parent(); at !== null && at.id() !== end.id(); at = at.parent())
    if (kinds.has(String(at.kind()))) return true;
  return false;
}

/** Words of the comment on a node's first line or on the lines right above it; empty when there is none. */
export function commentNear(node: Tree): string {
  const root = node.getRoot().root();
  const lines = root.text().split('\n');
  const first = node.range().start.line - root.range().start.line;
  const own = /(?:\/\/|#|\/\*)(.*)$/.exec(lines[first] ?? '')?.[1] ?? '';
  const above: string[] = [];
  for (let index = first - 1; index >= 0 && above.length < 6; index -= 1) {
    const text = /^\s*(?:\/\/|#|\/?\*+)(.*)$/.exec(lines[index] ?? '')?.[1];
    if (text === undefined) break;
    above.unshift(text);
  }
  return [...above, own].join(' ').replace(/\s+/g, ' ').trim();
}
