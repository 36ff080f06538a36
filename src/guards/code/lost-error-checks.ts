import type { ChangedFile, Tree } from '../guard.ts';
import { callsIn, callsOf, isOwn } from './calls.ts';
import type { Call } from './calls.ts';
import { handlerKind } from './handlers.ts';
import type { LostHandling } from './lost-tries.ts';
import { fieldOf, lineOf, nodesOf } from './nodes.ts';
import type { Pair } from './pairs.ts';
import type { Unit } from './units.ts';

const errorCheck = /^\(?(\w*[eE]rr\w*)\s*!=\s*nil\b/;

/** Go's `if err != nil` that the change took away from calls whose error nobody looks at now. */
export function lostErrorChecks(pair: Pair): readonly LostHandling[] {
  if (pair.before.source.language !== 'go') return [];
  return checksOf(pair.before, pair.from).flatMap(({ call, check }) => {
    const now = unheard(pair.after, call.callee);
    if (now.length <= unheard(pair.before, call.callee).length) return [];
    const exposed = now.find((other) => other.given === call.given) ?? now[0];
    const block = fieldOf(check, 'consequence');
    const did = block === null ? 'handles' : handlerKind(block, pair.before.grammar);
    if (exposed === undefined) return [];
    return [
      {
        call: exposed,
        did: did === 'defaults' ? 'handles' : did,
        line: lineOf(check),
        form: 'error check' as const,
      },
    ];
  });
}

interface Check {
  readonly check: Tree;
  readonly call: Call;
}

function checksOf(unit: Unit, file: ChangedFile): readonly Check[] {
  return nodesOf(unit.node, unit.grammar.ifs).flatMap((check) => {
    const name = errorCheck.exec(fieldOf(check, 'condition')?.text() ?? '')?.[1];
    if (name === undefined || !file.removed.has(lineOf(check)) || !isOwn(unit, check)) return [];
    const source = fieldOf(check, 'initializer') ?? previous(check);
    if (source === null || !assigns(source, name)) return [];
    const call = callsIn(source, unit)[0];
    return call === undefined ? [] : [{ check, call }];
  });
}

function previous(node: Tree): Tree | null {
  const before = node.prev();
  return before?.kind() === 'comment' ? previous(before) : before;
}

function assigns(statement: Tree, name: string): boolean {
  return new RegExp(`(?:^|[\\s,])${name}\\s*:?=`).test(statement.text());
}

/** Calls of this callee whose error result is dropped, overwritten or never read. */
function unheard(unit: Unit, callee: string): readonly Call[] {
  return callsOf(unit).filter((call) => call.callee === callee && isUnheard(call, unit));
}

function isUnheard(call: Call, unit: Unit): boolean {
  const statement = statementOf(call.node);
  if (statement === null) return false;
  if (statement.kind() === 'expression_statement')
    return call.node.parent()?.id() === statement.id();
  const left = fieldOf(statement, 'left')?.text();
  if (left === undefined) return false;
  const target = left.split(',').at(-1)?.trim() ?? '';
  if (target === '_') return true;
  // In code that does not parse, anything may stand where a name should.
  if (!/^[\w.]*[eE]rr[\w.]*$/.test(target)) return false;
  const rest = unit.node.text().slice(statement.range().end.index - unit.node.range().start.index);
  const next = new RegExp(`(^|[^\\w.])${target}\\b(\\s*(?:,[\\w\\s,]+)?:?=(?!=))?`).exec(rest);
  return next === null || (next[2] !== undefined && !isNamedResult(unit, target));
}

// A named result is read by the bare `return` that follows, so an assignment to it is not lost.
function isNamedResult(unit: Unit, name: string): boolean {
  return new RegExp(`\\b${name}\\s+error\\b`).test(fieldOf(unit.node, 'result')?.text() ?? '');
}

function statementOf(node: Tree): Tree | null {
  const kinds = ['expression_statement', 'short_var_declaration', 'assignment_statement'];
  for (const around of node.ancestors()) {
    const kind = String(around.kind());
    if (kinds.includes(kind)) return around;
    if (kind === 'argument_list' || kind.endsWith('_statement') || kind === 'block') return null;
  }
  return null;
}
