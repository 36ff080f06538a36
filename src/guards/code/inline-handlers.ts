import type { Tree } from '../guard.ts';
import type { HandlerKind } from './handlers.ts';
import { fieldOf, nodesOf } from './nodes.ts';
import type { Unit } from './units.ts';

/** A handler without a clause of its own. */
export interface InlineHandler {
  readonly node: Tree;
  readonly body: Tree;
  readonly kind: HandlerKind;
  readonly form: 'rescue' | 'runCatching';
}

/** Ruby's `load rescue nil`, and Kotlin's `runCatching { load() }` whose result nobody looks at. */
export function inlineHandlersOf(unit: Unit): readonly InlineHandler[] {
  const { language } = unit.source;
  if (language === 'ruby') return nodesOf(unit.node, ['rescue_modifier']).flatMap(rescued);
  if (language !== 'kotlin') return [];
  return nodesOf(unit.node, ['call_expression'], String.raw`^runCatching\b`).flatMap(dropped);
}

const emptyAnswer = /^(?:nil|false|true|\[\]|\{\}|''|""|0)$/;
const statements = /^(?:body_statement|then|begin|block_body|program)$/;

function rescued(node: Tree): readonly InlineHandler[] {
  const body = fieldOf(node, 'body');
  const answer = fieldOf(node, 'handler')?.text() ?? '';
  if (body === null || !emptyAnswer.test(answer)) return [];
  const isUnused = statements.test(String(node.parent()?.kind())) && node.next() !== null;
  return [{ node, body, kind: isUnused ? 'empty' : 'defaults', form: 'rescue' }];
}

function dropped(node: Tree): readonly InlineHandler[] {
  if (fieldOf(node, 'function')?.text() !== 'runCatching') return [];
  const isLast = node.next() === null && node.parent()?.parent()?.kind() !== 'function_body';
  const isUsed = node.parent()?.kind() !== 'statements' || isLast;
  return isUsed ? [] : [{ node, body: node, kind: 'empty', form: 'runCatching' }];
}
