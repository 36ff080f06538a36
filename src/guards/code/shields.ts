import type { Tree } from '../guard.ts';
import { fieldOf } from './nodes.ts';
import type { Grammar } from './grammar.ts';

const handlingWrapper =
  /^(?:safe|safely|try|attempt|retry|guard|wrap|handle|catch|ignore|suppress|with(?:Error|Retry|Fallback|Catch)|allSettled|asyncHandler|tryCatch|toResult|fromPromise|fromThrowable|invoke|captureError|runCatching|suppress|rescue)/i;

/** Whether something around the node, up to the whole file, deals with an error raised there. */
export function isShielded(node: Tree, grammar: Grammar): boolean {
  let inside = node;
  for (const around of node.ancestors()) {
    const kind = String(around.kind());
    if (grammar.tries.includes(kind) && catchesFor(around, inside, grammar)) return true;
    if (grammar.calls.includes(kind) && callHandles(around, inside)) return true;
    if (kind === 'rescue_modifier') return true;
    if (
      kind === 'with_statement' &&
      /^\s*(?:async\s+)?with[^:]*(?:suppress|[Rr]aises)/.test(around.text())
    )
      return true;
    inside = around;
  }
  return false;
}

/** The catch clauses of a try statement. */
export function catchesOf(attempt: Tree, grammar: Grammar): readonly Tree[] {
  return attempt.children().filter((child) => grammar.catches.includes(String(child.kind())));
}

/** What a try statement guards: its block, or its statements where they stand in it directly. */
export function guardedParts(attempt: Tree, grammar: Grammar): readonly Tree[] {
  const children = attempt.namedChildren();
  const block = children.find((child) => grammar.blocks.includes(String(child.kind())));
  if (block !== undefined) return [block];
  const { catches, finallies, comments } = grammar;
  const rest = [...catches, ...finallies, ...comments, 'else'];
  return children.filter((child) => !rest.includes(String(child.kind())));
}

/** The finally clause of a try statement. */
export function finallyOf(attempt: Tree, grammar: Grammar): Tree | null {
  return (
    attempt.children().find((child) => grammar.finallies.includes(String(child.kind()))) ?? null
  );
}

/** What comes before `.catch(…)`, `.then(…, onError)` or `.finally(…)`; null for any other call. */
export function handledPromise(call: Tree): Tree | null {
  const callee = fieldOf(call, 'function');
  const name = callee === null ? undefined : fieldOf(callee, 'property')?.text();
  if (callee === null || name === undefined) return null;
  const count = fieldOf(call, 'arguments')?.namedChildren().length ?? 0;
  const handles = (name === 'catch' && count > 0) || (name === 'then' && count > 1);
  return handles ? fieldOf(callee, 'object') : null;
}

function catchesFor(attempt: Tree, inside: Tree, grammar: Grammar): boolean {
  const kind = String(inside.kind());
  const isHandler = grammar.catches.includes(kind) || grammar.finallies.includes(kind);
  return !isHandler && kind !== 'else_clause' && catchesOf(attempt, grammar).length > 0;
}

const given = /^(?:arguments|argument_list|call_suffix|do_block|block)$/;

// Either the call is chained to a handler, or the node sits in an argument of something that handles errors.
function callHandles(call: Tree, inside: Tree): boolean {
  if (given.test(String(inside.kind()))) {
    const callee = fieldOf(call, 'function') ?? fieldOf(call, 'name');
    const name = /[\w$]+$/.exec(callee?.text() ?? '')?.[0] ?? '';
    return handlingWrapper.test(name);
  }
  return handledPromise(call) !== null;
}
