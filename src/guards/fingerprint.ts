import { createHash } from 'node:crypto';
import type { Source, Tree } from './guard.ts';

/** What makes a finding the same finding after lines shift. */
export interface Identity {
  readonly guard: string;
  readonly path: string;
  /** Names of the functions and classes around the place, outermost first. */
  readonly symbol: string;
  readonly subject: string;
  /** Which of several equal ones in the file, counted from the top, from 0. */
  readonly ordinal: number;
}

/** Hash of an identity; blanks in the subject do not matter. */
export function fingerprint({ guard, path, symbol, subject, ordinal }: Identity): string {
  const parts = [guard, path, symbol, subject.replace(/\s+/g, ' ').trim(), String(ordinal)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

const named: ReadonlySet<string> = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_definition',
  'function_signature',
  'method_definition',
  'method_declaration',
  'constructor_declaration',
  'class_declaration',
  'abstract_class_declaration',
  'class_definition',
  'interface_declaration',
  'enum_declaration',
  'record_declaration',
  'internal_module',
  'module',
  'variable_declarator',
  'public_field_definition',
  'pair',
  'type_spec',
]);

/** Names of the functions and classes around a line, such as `Cart.pay`; empty at the top of a file. */
export function symbolAt(source: Source, line: number): string {
  const names: string[] = [];
  let node: Tree | null = source.tree();
  while (node !== null) {
    const name = nameOf(node);
    if (name !== null) names.push(name);
    node = childAt(node, line - 1);
  }
  return names.join('.');
}

function nameOf(node: Tree): string | null {
  if (!named.has(String(node.kind()))) return null;
  const name = node.field('name') ?? node.field('key');
  const text = name?.text() ?? '';
  return text === '' || text.length > 120 ? null : text;
}

// A one-line child says nothing more about where the line is than its parent, unless it is a name of its own.
function childAt(node: Tree, row: number): Tree | null {
  for (const child of node.children()) {
    const { start, end } = child.range();
    if (start.line <= row && row <= end.line && (start.line < end.line || isNamedDeep(child))) {
      return child;
    }
  }
  return null;
}

function isNamedDeep(node: Tree): boolean {
  return named.has(String(node.kind()));
}
