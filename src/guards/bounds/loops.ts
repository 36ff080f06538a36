import type { Grammar } from '../code/grammar.ts';
import { fieldOf } from '../code/nodes.ts';
import type { Tree } from '../guard.ts';

const loops =
  /^(?:for_statement|for_in_statement|enhanced_for_statement|foreach_statement|for_expression|for|for_each_statement|list_comprehension|generator_expression|dictionary_comprehension)$/;
const each =
  /(?:\.|\?\.|->)(?:map|forEach|flatMap|each|each_with_index|filter|for_each|Select|ForEach|some|every|reduce|collect)$/;

/** Loops that do few rounds on purpose: pages, attempts, batches. */
const few =
  /chunk|batch|page|attempt|retr|cursor|\brange\(\d{1,2}\)|Object\.(?:keys|values|entries)|\[[^\]]{0,200}\]|\.env|providers?\b|locales?\b|[A-Z_]{5,}/;

/** What the loop around a node runs over; null without a loop, or when it does few rounds. */
export function loopAround(node: Tree, grammar: Grammar): string | null {
  let inside = node;
  for (const around of node.ancestors()) {
    const kind = String(around.kind());
    if (loops.test(kind)) return isHead(around, inside) ? null : overIn(around);
    if (grammar.functions.includes(kind)) {
      const over = collectionOf(around, grammar);
      if (over === null) return null;
      if (over !== '') return few.test(over) ? null : over;
    }
    inside = around;
  }
  return null;
}

// A query in the head of the loop is asked once.
function isHead(loop: Tree, part: Tree): boolean {
  const kind = String(loop.kind());
  if (kind.endsWith('comprehension') || kind === 'generator_expression')
    return String(part.kind()) === 'for_in_clause';
  return !/block|body|statement|compound|do$/.test(String(part.kind()));
}

function overIn(loop: Tree): string | null {
  const head = (loop.text().split(/\{|:\s*\n|\bdo\b\s*\n|\n/)[0] ?? '').trim();
  if (/;.*;/.test(head) || /^for\s*\{?$/.test(head))
    return /len\(|\.length|size\(\)/.test(head) ? head : null;
  const over = /\b(?:in|of|range|:)\s+(.{1,80}?)\)?\s*$/.exec(head)?.[1] ?? head;
  return few.test(over) ? null : over;
}

// A callback of `map` and its like runs for each element; any other function runs when it likes.
function collectionOf(callback: Tree, grammar: Grammar): string | null {
  const list = callback.parent();
  const call =
    list === null ? null : grammar.calls.includes(String(list.kind())) ? list : list.parent();
  const callee =
    call === null ? '' : (fieldOf(call, 'function')?.text() ?? call.child(0)?.text() ?? '');
  const whole = fieldOf(call ?? callback, 'method')?.text();
  const text =
    whole === undefined
      ? callee
      : `${fieldOf(call ?? callback, 'receiver')?.text() ?? ''}.${whole}`;
  const match = each.exec(text.trim());
  if (match !== null) return text.slice(0, match.index).slice(-60);
  return /^(?:pMap|limit|async\.\w+)$/.test(callee) ? '' : null;
}
