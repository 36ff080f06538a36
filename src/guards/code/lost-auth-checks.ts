import { isAuthCall, isAuthCondition, isRefusal, refuses, speaksOfRights } from './auth-words.ts';
import type { Tree } from '../guard.ts';
import { callsOf, isOwn } from './calls.ts';
import type { LostAuth } from './lost-auth.ts';
import { leaves } from './null-checks.ts';
import { compact, excerpt, fieldOf, lineOf, nodesOf } from './nodes.ts';
import type { Pair } from './pairs.ts';
import type { Unit } from './units.ts';

/** Checks inside a function that went while the rest of it stayed. */
export function lostFromUnit(pair: Pair): readonly LostAuth[] {
  if (pair.fresh.some(speaksOfRights)) return [];
  return [...conditions(pair), ...calls(pair)].slice(0, 1);
}

function conditions(pair: Pair): readonly LostAuth[] {
  const { before, after, from } = pair;
  const left = nodesOf(after.node, after.grammar.ifs).map(conditionText);
  return nodesOf(before.node, before.grammar.ifs).flatMap((check) => {
    const line = lineOf(check);
    const body = fieldOf(check, 'consequence');
    const condition = conditionText(check);
    if (
      body === null ||
      !from.removed.has(line) ||
      !isOwn(before, check) ||
      !(leaves(body, before) || refuses(body.text()))
    )
      return [];
    if (!isAuthCondition(condition) && !isRefusal(body.text())) return [];
    if (!isAuthCondition(condition) && !speaksOfRights(condition)) return [];
    if (left.includes(condition)) return [];
    return [
      {
        check: excerpt(condition, 50),
        open: nameOf(after),
        line: after.line,
        lostAt: line,
        form: 'condition' as const,
      },
    ];
  });
}

function conditionText(check: Tree): string {
  return compact(fieldOf(check, 'condition')?.text() ?? '').replace(/^\((.*)\)$/, '$1');
}

function calls(pair: Pair): readonly LostAuth[] {
  const { before, after, from } = pair;
  const left = new Set(callsOf(after).map((call) => call.name));
  return callsOf(before).flatMap((call) => {
    if (!isAuthCall(call.name) || !from.removed.has(call.line) || left.has(call.name)) return [];
    if (!decides(call.node)) return [];
    return [
      {
        check: `${excerpt(call.written, 45)}()`,
        open: nameOf(after),
        line: after.line,
        lostAt: call.line,
        form: 'call' as const,
      },
    ];
  });
}

// A call that stands alone stops the function by raising; its answer otherwise goes into a condition or a name.
function decides(node: Tree): boolean {
  const parent = node.parent();
  const kind = String(parent?.kind() ?? '');
  if (kind === 'await_expression' || kind === 'await') return parent !== null && decides(parent);
  return (
    kind === 'expression_statement' ||
    kind === 'parenthesized_expression' ||
    kind === 'block' ||
    kind === 'statements' ||
    kind === 'body_statement' ||
    kind === 'then' ||
    kind === 'try_expression' ||
    kind === 'expression_list'
  );
}

function nameOf(unit: Unit): string {
  return unit.name === '' ? 'the file' : excerpt(unit.name.replaceAll('/', '.'), 50);
}
