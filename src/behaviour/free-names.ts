import type { Tree } from '../guards/guard.ts';
import { functionKinds, namesIn } from './module.ts';
import { allowedGlobals, bannedMembers, changingCalls, deterministic } from './pure-globals.ts';

/** What a piece of code needs from outside itself, and what in it is not pure. */
export interface Needs {
  /** Names that are neither bound inside nor known to be pure. */
  readonly names: ReadonlySet<string>;
  /** The first thing that makes it depend on more than its arguments; null when nothing was seen. */
  readonly impure: string | null;
}

interface Walk {
  readonly names: Set<string>;
  impure: string | null;
  left: number;
}

type Scope = readonly ReadonlySet<string>[];

/** Nodes looked at in one piece of code; a longer one is not examined. */
const mostNodes = 20_000;

/** Finds the free names of a piece of code by its syntax tree, erring on the side of impure. */
export function needsOf(node: Tree): Needs {
  const walk: Walk = { names: new Set(), impure: null, left: mostNodes };
  const isFunction = functionKinds.has(String(node.kind()));
  visit(node, [], { walk, depth: isFunction ? 0 : 1, ownThis: false });
  return { names: walk.names, impure: walk.left <= 0 ? 'it is too long' : walk.impure };
}

interface Place {
  readonly walk: Walk;
  /** How many functions lie around; the outermost one's `this` is its caller's. */
  readonly depth: number;
  /** True inside what has a `this` of its own. */
  readonly ownThis: boolean;
}

function visit(node: Tree, scope: Scope, place: Place): void {
  const { walk } = place;
  if (walk.impure !== null || (walk.left -= 1) <= 0) return;
  const kind = String(node.kind());
  if (typeKinds.has(kind)) return;
  const fault = faultOf(node, kind, place);
  if (fault !== null) {
    walk.impure = fault;
    return;
  }
  if (kind === 'identifier' || kind === 'shorthand_property_identifier') {
    refer(node, scope, walk);
  } else if (kind === 'as_expression' || kind === 'satisfies_expression') {
    const [inner] = node.children();
    if (inner !== undefined) visit(inner, scope, place);
  } else {
    watchChanges(node, kind, { scope, walk });
    const bound = boundIn(node, kind);
    const inside = enter(kind, place);
    for (const child of node.children())
      visit(child, bound.size === 0 ? scope : [...scope, bound], inside);
  }
}

function enter(kind: string, { walk, depth, ownThis }: Place): Place {
  if (kind === 'class_body') return { walk, depth: depth + 1, ownThis: true };
  if (!functionKinds.has(kind)) return { walk, depth, ownThis };
  return { walk, depth: depth + 1, ownThis: ownThis || (depth > 0 && kind !== 'arrow_function') };
}

const typeKinds: ReadonlySet<string> = new Set([
  'comment',
  'type_annotation',
  'type_arguments',
  'type_parameters',
  'type_predicate_annotation',
  'asserts_annotation',
  'interface_declaration',
  'type_alias_declaration',
  'implements_clause',
]);

const faults: Readonly<Record<string, string>> = {
  await_expression: 'it waits for something',
  yield_expression: 'it is a generator',
  generator_function: 'it is a generator',
  generator_function_declaration: 'it is a generator',
  jsx_element: 'it renders JSX',
  jsx_self_closing_element: 'it renders JSX',
  jsx_fragment: 'it renders JSX',
  meta_property: 'it asks how it was called or loaded',
  decorator: 'it uses decorators',
  import: 'it loads modules',
  internal_module: 'it declares a namespace',
  ERROR: 'it could not be parsed',
};

function faultOf(node: Tree, kind: string, { ownThis }: Place): string | null {
  const known = faults[kind];
  if (known !== undefined) return known;
  if (kind === 'async') return 'it is asynchronous';
  if (kind === 'this' && !ownThis) return 'it uses the this of its caller';
  if (kind !== 'member_expression') return null;
  const property = node.field('property')?.text() ?? '';
  if (bannedMembers.has(property)) return `it calls ${property}, which depends on the machine`;
  return null;
}

function refer(node: Tree, scope: Scope, walk: Walk): void {
  const name = node.text();
  if (isBound(name, scope)) return;
  if (deterministic.has(name)) {
    if (!usesDeterministically(node)) walk.impure = `it uses ${name}, which gives other answers`;
  } else if (!allowedGlobals.has(name)) {
    walk.names.add(name);
  }
}

function isBound(name: string, scope: Scope): boolean {
  return scope.some((names) => names.has(name));
}

/** `Math.floor` but not `Math.random`; `new Date(at)` but not `new Date()`. */
function usesDeterministically(node: Tree): boolean {
  const parent = node.parent();
  const property = parent?.kind() === 'member_expression' ? parent.field('property')?.text() : null;
  if (property !== null && property !== undefined)
    return deterministic.get(node.text())?.has(property) === true;
  if (node.text() !== 'Date') return false;
  if (parent?.kind() === 'binary_expression') return true;
  const given = parent?.kind() === 'new_expression' ? parent.field('arguments') : null;
  return given?.children().some((child) => child.isNamed()) === true;
}

/** Writing to a name or an object of the outside is no pure function's business. */
function watchChanges(
  node: Tree,
  kind: string,
  { scope, walk }: { readonly scope: Scope; readonly walk: Walk },
): void {
  const target = changed(node, kind);
  if (target === null) return;
  const owner = ownerOf(target);
  if (owner === null || isBound(owner.text(), scope)) return;
  walk.impure = `it changes ${owner.text()}, which lies outside it`;
}

function changed(node: Tree, kind: string): Tree | null {
  if (kind === 'assignment_expression' || kind === 'augmented_assignment_expression')
    return node.field('left');
  if (kind === 'update_expression') return node.field('argument');
  if (kind === 'unary_expression' && node.children()[0]?.kind() === 'delete')
    return node.field('argument');
  if (kind !== 'call_expression') return null;
  const called = node.field('function');
  if (called?.kind() !== 'member_expression') return null;
  const method = called.field('property')?.text() ?? '';
  return changingCalls.has(method) ? called.field('object') : null;
}

/** The name at the root of `a.b[c].d`. */
function ownerOf(target: Tree): Tree | null {
  let node: Tree | null = target;
  for (let depth = 0; node !== null && depth < 50; depth += 1) {
    const kind = node.kind();
    if (kind === 'identifier') return node;
    if (kind === 'non_null_expression' || kind === 'parenthesized_expression')
      node = node.children().find((child) => child.isNamed()) ?? null;
    else node = node.field('object');
  }
  return null;
}

/** Names that a node brings into being for what stands inside it. */
function boundIn(node: Tree, kind: string): ReadonlySet<string> {
  if (functionKinds.has(kind)) return boundByFunction(node);
  if (kind === 'statement_block' || kind === 'program' || kind === 'switch_body')
    return new Set(blockNames(node));
  if (kind === 'for_statement')
    return new Set(node.children().flatMap((child) => declaredNames(child)));
  if (kind === 'for_in_statement') return new Set(fieldNames(node, 'left'));
  if (kind === 'catch_clause') return new Set(fieldNames(node, 'parameter'));
  if (kind === 'class' || kind === 'class_declaration' || kind === 'enum_declaration')
    return new Set(fieldNames(node, 'name', true));
  return new Set();
}

function boundByFunction(node: Tree): ReadonlySet<string> {
  const own =
    node.kind() === 'method_definition'
      ? []
      : fieldNames(node, 'name').concat(fieldNames(node, 'parameter'));
  const body = node.field('body');
  return new Set([
    'arguments',
    ...own,
    ...fieldNames(node, 'parameters'),
    ...(body === null ? [] : variables(body)),
  ]);
}

function fieldNames(node: Tree, field: string, isName = false): string[] {
  const found = node.field(field);
  if (found === null) return [];
  return isName ? [found.text()] : [...namesIn(found)];
}

function blockNames(block: Tree): readonly string[] {
  return block
    .children()
    .flatMap((child) =>
      child.kind() === 'switch_case' || child.kind() === 'switch_default'
        ? child.children().flatMap(declaredNames)
        : declaredNames(child),
    );
}

function declaredNames(statement: Tree): readonly string[] {
  const kind = String(statement.kind());
  if (kind === 'lexical_declaration' || kind === 'variable_declaration')
    return statement.children().flatMap((part) => fieldNames(part, 'name'));
  return declaring.has(kind) ? fieldNames(statement, 'name', true) : [];
}

const declaring: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'class_declaration',
  'enum_declaration',
]);

/** `var` reaches the whole function, from however deep inside. */
function variables(node: Tree): readonly string[] {
  const found: string[] = [];
  const open: Tree[] = [node];
  for (let looked = 0; looked < mostNodes; looked += 1) {
    const next = open.pop();
    if (next === undefined) break;
    if (next.kind() === 'variable_declaration') found.push(...declaredNames(next));
    for (const child of next.children())
      if (child.isNamed() && !functionKinds.has(String(child.kind()))) open.push(child);
  }
  return found;
}
