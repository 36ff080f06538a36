import type { Tree } from '../guard.ts';

/**
 * Parts of nodes that a grammar names otherwise or not at all, by kind of node. Each way is a path of steps: `@x` is a field,
 * `#0` the first child that means something, anything else the first child of that kind.
 */
const ways: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // Kotlin names nothing.
  function_declaration: {
    name: ['simple_identifier'],
    parameters: ['function_value_parameters'],
    body: ['function_body'],
  },
  class_declaration: { name: ['type_identifier'], body: ['class_body', 'enum_class_body'] },
  object_declaration: { name: ['type_identifier'], body: ['class_body'] },
  companion_object: { name: ['type_identifier'], body: ['class_body'] },
  secondary_constructor: { parameters: ['function_value_parameters'], body: ['statements'] },
  lambda_literal: { body: ['statements'] },
  property_declaration: { name: ['variable_declaration/simple_identifier'] },
  call_expression: { function: ['#0'], arguments: ['call_suffix/value_arguments', 'call_suffix'] },
  navigation_expression: { object: ['#0'], property: ['navigation_suffix/simple_identifier'] },
  // Kotlin's branches; Rust names its own.
  if_expression: { condition: ['#0'], consequence: ['control_structure_body'] },
  annotation: {
    name: ['user_type/type_identifier', 'constructor_invocation/user_type/type_identifier'],
  },
  // Ruby, where a call has a receiver and a method, and a statement may carry its own condition.
  call: { object: ['@receiver'], name: ['@method'] },
  if_modifier: { consequence: ['@body'] },
  unless_modifier: { consequence: ['@body'] },
  // PHP
  if_statement: { consequence: ['@body'] },
  else_if_clause: { consequence: ['@body'] },
  scoped_call_expression: { object: ['@scope'] },
  object_creation_expression: { type: ['name', 'qualified_name'], arguments: ['arguments'] },
  attribute: { name: ['name', 'qualified_name', 'identifier', 'scoped_identifier'] },
  // Rust
  macro_invocation: { function: ['@macro'], arguments: ['token_tree'] },
  impl_item: { name: ['@type'] },
  attribute_item: {
    name: ['attribute/identifier', 'attribute/scoped_identifier'],
    arguments: ['attribute/@arguments'],
  },
};

/** The part of a node that goes by this name in most grammars, where the node's own grammar has no such field. */
export function unnamedPart(node: Tree, name: string): Tree | null {
  const kind = String(node.kind());
  const known = Object.hasOwn(ways, kind) ? ways[kind] : undefined;
  if (known === undefined || !Object.hasOwn(known, name)) return null;
  for (const way of known[name] ?? []) {
    const found = follow(node, way);
    if (found !== null) return found;
  }
  return null;
}

function follow(node: Tree, way: string): Tree | null {
  let at: Tree | null = node;
  for (const step of way.split('/')) {
    if (at === null) return null;
    at = next(at, step);
  }
  return at;
}

function next(node: Tree, step: string): Tree | null {
  if (step.startsWith('@')) return node.field(step.slice(1));
  if (step === '#0') return node.children().find((child) => child.isNamed()) ?? null;
  return node.children().find((child) => child.kind() === step) ?? null;
}
