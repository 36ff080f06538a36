import type { Tree } from '../guard.ts';
import { unnamedPart } from './parts.ts';

const known = new WeakMap<Tree, Map<string, readonly Tree[]>>();

/**
 * All nodes of these kinds in and below a node, in the order of the text; with a pattern, those whose text fits. Many
 * guards ask the same of one tree, so that answers are kept as long as the node is.
 */
export function nodesOf(node: Tree, kinds: readonly string[], pattern?: string): readonly Tree[] {
  if (kinds.length === 0) return [];
  const answers = known.get(node) ?? new Map<string, readonly Tree[]>();
  known.set(node, answers);
  const question = `${kinds.join(' ')} ${pattern ?? ''}`;
  const answer = answers.get(question) ?? find(node, kinds, pattern);
  answers.set(question, answer);
  return answer;
}

function find(node: Tree, kinds: readonly string[], pattern?: string): readonly Tree[] {
  const regex = pattern === undefined ? {} : { regex: pattern };
  return node.findAll({ rule: { any: kinds.map((kind) => ({ kind, ...regex })) } });
}

/** The 1-based line on which a node starts. */
export function lineOf(node: Tree): number {
  return node.range().start.line + 1;
}

/** The 1-based line on which a node ends. */
export function endLineOf(node: Tree): number {
  return node.range().end.line + 1;
}

/** Source text without any blanks, so that layout does not matter. */
export function compact(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Source text in which every way to reach a member is a point; safe ways keep their mark: `a?->b` is `a?.b`. */
export function pointed(text: string): string {
  return text.replaceAll('->', '.').replaceAll('::', '.');
}

/** Source text on one line, short enough for a message. */
export function excerpt(text: string, length = 60): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= length ? flat : `${flat.slice(0, length - 1)}…`;
}

/** The child in a named field, or what stands for it in a grammar that names it otherwise. */
export function fieldOf(node: Tree, name: string): Tree | null {
  return node.field(name) ?? unnamedPart(node, name);
}
