import type { Tree } from '../guard.ts';
import type { Exported } from './exported.ts';
import type { Signature, SignatureParameter } from './signature.ts';

/** What a JavaScript or TypeScript module exports, by exported name; null when it exports in ways we cannot follow. */
export function scriptExports(root: Tree): ReadonlyMap<string, Exported> | null {
  const found = new Map<string, Exported>();
  const local = new Map<string, Tree>();
  for (const node of root.children()) declared(node, local);
  for (const node of root.children()) {
    if (node.kind() !== 'export_statement') continue;
    const text = node.text();
    if (/^export\s*\*\s*from/.test(text)) continue;
    if (/^export\s*=/.test(text)) return null;
    const line = node.range().start.line + 1;
    const inner = node.field('declaration');
    if (/^export\s+default\b/.test(text)) {
      const value = node.field('value') ?? inner;
      found.set('default', offered(line, value));
      continue;
    }
    if (inner !== null) {
      const own = new Map<string, Tree>();
      declared(inner, own);
      for (const [name, one] of own) keep(found, name, offered(one.range().start.line + 1, one));
      continue;
    }
    for (const one of node.findAll({ rule: { kind: 'export_specifier' } })) {
      const name = (one.field('alias') ?? one.field('name'))?.text() ?? '';
      const target = local.get(one.field('name')?.text() ?? '') ?? null;
      keep(found, name, offered(one.range().start.line + 1, target));
    }
  }
  return found;
}

/** Asking a syntax tree is slow, and most exports of a changed file are as they were. */
function offered(line: number, node: Tree | null): Exported {
  if (node === null) return { line, signature: null };
  return {
    line,
    get signature() {
      return signatureOf(node);
    },
    text: node.text(),
  };
}

// Overloads: the first one stands for all, as a change in it is a change for somebody; it is not compared further.
function keep(found: Map<string, Exported>, name: string, one: Exported): void {
  const known = found.get(name);
  found.set(name, known === undefined ? one : { line: known.line, signature: null });
}

const kinds =
  /^(?:function_declaration|generator_function_declaration|function_signature|class_declaration|abstract_class_declaration|interface_declaration|type_alias_declaration|enum_declaration|internal_module)$/;

function declared(node: Tree, into: Map<string, Tree>): void {
  const kind = String(node.kind());
  if (kinds.test(kind)) into.set(node.field('name')?.text() ?? '', node);
  if (kind === 'ambient_declaration') for (const child of node.children()) declared(child, into);
  if (kind !== 'lexical_declaration' && kind !== 'variable_declaration') return;
  for (const one of node.children().filter((child) => child.kind() === 'variable_declarator')) {
    const name = one.field('name');
    if (name?.kind() === 'identifier') into.set(name.text(), one.field('value') ?? one);
    else
      for (const inner of name?.findAll({
        rule: { kind: 'shorthand_property_identifier_pattern' },
      }) ?? [])
        into.set(inner.text(), one);
  }
}

const functions =
  /^(?:function_declaration|generator_function_declaration|function_expression|arrow_function)$/;

function signatureOf(node: Tree): Signature | null {
  if (!functions.test(String(node.kind()))) return null;
  const list = node.field('parameters');
  const single = node.field('parameter');
  const parameters =
    single !== null
      ? [single]
      : (list?.children() ?? []).filter((child) => child.isNamed() && child.kind() !== 'comment');
  return {
    parameters: parameters.map(parameterOf),
    isAsync: /^async\b/.test(node.text()),
    returns: (node.field('return_type')?.text() ?? '').replace(/^:\s*/, '').replace(/\s+/g, ''),
  };
}

function parameterOf(node: Tree, index: number): SignatureParameter {
  const kind = String(node.kind());
  const pattern = node.field('pattern') ?? node.field('left') ?? node;
  const text = pattern.text();
  return {
    // A pattern has no name of its own; its place has to do.
    name: /^[\w$]+$/.test(text)
      ? text
      : /^\.\.\.[\w$]+$/.test(text)
        ? text.slice(3)
        : `parameter ${index + 1}`,
    isRequired:
      kind !== 'optional_parameter' &&
      kind !== 'assignment_pattern' &&
      node.field('value') === null &&
      !/^this\b/.test(text),
    isRest: kind === 'rest_pattern' || pattern.kind() === 'rest_pattern',
    type: (node.field('type')?.text() ?? '').replace(/^:\s*/, '').replace(/\s+/g, ''),
  };
}
