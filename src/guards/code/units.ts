import type { Source, Tree } from '../guard.ts';
import { grammarOf } from './grammar.ts';
import type { Grammar } from './grammar.ts';
import { compact, endLineOf, fieldOf, lineOf, nodesOf } from './nodes.ts';

/** A named function or method, or what a file holds outside of all of them. */
export interface Unit {
  readonly source: Source;
  readonly grammar: Grammar;
  readonly node: Tree;
  /** `Class.method`; empty for the file itself. */
  readonly name: string;
  /** The last part of the name. */
  readonly short: string;
  /** 1-based, inclusive. */
  readonly line: number;
  readonly endLine: number;
  /** Units directly inside; their lines are not this unit's own. */
  readonly inner: readonly Unit[];
}

/** More named functions than this in one file are not compared. */
export const mostUnits = 3000;

const known = new WeakMap<Source, readonly Unit[]>();

/** The units of a file, the file itself last. Empty when it has no tree. */
export function unitsOf(source: Source): readonly Unit[] {
  const found = known.get(source) ?? readUnits(source);
  known.set(source, found);
  return found;
}

interface Draft {
  readonly node: Tree;
  readonly name: string;
  readonly isFunction: boolean;
  readonly line: number;
  readonly endLine: number;
  readonly inner: Draft[];
}

function readUnits(source: Source): readonly Unit[] {
  const grammar = grammarOf(source.language);
  const root = grammar === null ? null : source.tree();
  if (grammar === null || root === null) return [];
  const file: Draft = {
    node: root,
    name: '',
    isFunction: true,
    line: 1,
    endLine: source.lines.length,
    inner: [],
  };
  const open: Draft[] = [file];
  for (const node of nodesOf(root, [...grammar.functions, ...grammar.containers])) {
    const draft = draftOf(node, grammar);
    if (draft === null) continue;
    const start = node.range().start.index;
    while (open.length > 1 && (open.at(-1)?.node.range().end.index ?? 0) <= start) open.pop();
    (open.at(-1) ?? file).inner.push(draft);
    open.push(draft);
  }
  const units: Unit[] = [];
  settle(file, '', { source, grammar, units });
  return units.length > mostUnits ? [] : units;
}

interface Settling {
  readonly source: Source;
  readonly grammar: Grammar;
  readonly units: Unit[];
}

// Classes are not units: their methods are inner to whatever function or file holds the class.
function settle(draft: Draft, prefix: string, into: Settling): readonly Unit[] {
  const name = prefix === '' ? draft.name : `${prefix}.${draft.name}`;
  const inner = draft.inner.flatMap((child) => settle(child, name, into));
  if (!draft.isFunction) return inner;
  const { source, grammar } = into;
  const { node, line, endLine } = draft;
  const short = name.slice(name.lastIndexOf('.') + 1);
  const unit: Unit = { source, grammar, node, name, short, line, endLine, inner };
  into.units.push(unit);
  return [unit];
}

function draftOf(node: Tree, grammar: Grammar): Draft | null {
  const isFunction = grammar.functions.includes(String(node.kind()));
  const name = isFunction ? functionName(node, grammar) : (fieldOf(node, 'name')?.text() ?? '');
  if (name === null) return null;
  const parent = node.parent();
  const whole = parent?.kind() === 'decorated_definition' ? parent : node;
  return {
    node: whole,
    name,
    isFunction,
    line: lineOf(whole),
    endLine: endLineOf(whole),
    inner: [],
  };
}

function functionName(node: Tree, grammar: Grammar): string | null {
  const isNameless =
    /^(?:arrow_function|func_literal|lambda_expression|lambda_literal|anonymous_function|closure_expression|anonymous_method_expression|do_block|block|lambda)$/.test(
      String(node.kind()),
    );
  const own = isNameless ? undefined : fieldOf(node, 'name')?.text();
  if (own !== undefined) return `${receiver(node)}${own}`;
  return givenName(node, grammar) ?? registeredName(node, grammar);
}

// Go writes the type a method belongs to in front of its name.
function receiver(node: Tree): string {
  const type = /([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*\)$/.exec(
    fieldOf(node, 'receiver')?.text() ?? '',
  );
  return type === null ? '' : `${type[1]}.`;
}

// A nameless function gets the name of what it is assigned to, also through one wrapping call.
function givenName(node: Tree, grammar: Grammar): string | null {
  let place = node.parent();
  for (let step = 0; place !== null && step < 4; step += 1) {
    const kind = String(place.kind());
    const field = grammar.names[kind];
    if (field !== undefined) {
      const name = compact(fieldOf(place, field)?.text() ?? place.child(0)?.text() ?? '');
      return name.length > 0 && name.length < 80 ? name.replaceAll('.', '/') : null;
    }
    if (
      !/^(?:arguments?|argument_list|call_expression|parenthesized_expression|as_expression|satisfies_expression|expression_list|literal_element|value_arguments?|argument)$/.test(
        kind,
      )
    )
      return null;
    // `useCallback(() => …)` only wraps the function, `load().catch(() => …)` merely uses it.
    const called = kind === 'call_expression' ? fieldOf(place, 'function')?.text() : undefined;
    if (called !== undefined && !/^(?:React\.)?[\w$]+$/.test(called)) return null;
    place = place.parent();
  }
  return null;
}

// `router.get('/users', (request) => …)`, `describe('a cart', () => …)` and `it 'adds' do` are named by their first argument.
function registeredName(node: Tree, grammar: Grammar): string | null {
  let call = node.parent();
  for (let step = 0; step < 3 && call !== null && carriers.test(String(call.kind())); step += 1)
    call = call.parent();
  if (call === null || !grammar.calls.includes(String(call.kind()))) return null;
  const first = fieldOf(call, 'arguments')?.namedChildren()[0];
  const title = grammar.strings.includes(String(first?.kind() ?? '')) ? first : first?.child(0);
  if (title === undefined || title === null) return null;
  if (!grammar.strings.includes(String(title.kind()))) return null;
  const callee = fieldOf(call, 'function')?.text() ?? fieldOf(call, 'name')?.text() ?? '';
  return compact(`${callee}(${title.text().slice(0, 60)})`).replaceAll('.', '/');
}

// What stands between a call and a function given to it.
const carriers =
  /^(?:arguments|argument_list|argument|value_arguments|value_argument|call_suffix|annotated_lambda)$/;
