import type { Scene, Source, Tree } from '../guard.ts';
import { scriptTarget } from './script-module.ts';

/** How many files deep a name that is passed on is followed. */
const deepest = 4;

/** Where a name that a module exports is declared, if that is once and plain; else null. */
export function declarationOf(scene: Scene, module: Source, name: string): Tree | null {
  return declarationIn(scene, { module, name, depth: 0 });
}

interface Asked {
  readonly module: Source;
  readonly name: string;
  readonly depth: number;
}

function declarationIn(scene: Scene, { module, name, depth }: Asked): Tree | null {
  const root = module.tree();
  if (root === null || depth > deepest) return null;
  const own = root.children().flatMap((node) => declared(node, name));
  if (own.length > 0) return own.length === 1 ? (own[0] ?? null) : null;
  for (const node of root.children()) {
    const from =
      node.kind() === 'export_statement' ? node.field('source')?.text().slice(1, -1) : undefined;
    if (from === undefined) continue;
    const inner = passedName(node, name);
    const target = inner === null ? null : scriptTarget(scene, module.path, from);
    const found =
      target === null || target === undefined || inner === null
        ? null
        : declarationIn(scene, { module: target, name: inner, depth: depth + 1 });
    if (found !== null) return found;
  }
  return null;
}

function passedName(node: Tree, name: string): string | null {
  if (/^export\s*\*\s*from/.test(node.text())) return name;
  const one = node
    .findAll({ rule: { kind: 'export_specifier' } })
    .find((each) => (each.field('alias') ?? each.field('name'))?.text() === name);
  return one?.field('name')?.text() ?? null;
}

function declared(node: Tree, name: string): readonly Tree[] {
  const inner = node.kind() === 'export_statement' ? node.field('declaration') : node;
  if (inner === null) return [];
  const kind = String(inner.kind());
  if (/^(?:lexical_declaration|variable_declaration)$/.test(kind))
    return inner
      .children()
      .filter((one) => one.kind() === 'variable_declarator' && one.field('name')?.text() === name);
  return inner.field('name')?.text() === name ? [inner] : [];
}

/** The members a declaration has for good: of an enum, of an object literal, static ones of a class; null when it may have more. */
export function membersOf(declaration: Tree): ReadonlySet<string> | null {
  const kind = String(declaration.kind());
  if (kind === 'enum_declaration') return enumMembers(declaration);
  if (kind === 'variable_declarator') return objectMembers(declaration);
  return null;
}

function enumMembers(declaration: Tree): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const one of declaration.field('body')?.children() ?? []) {
    if (!one.isNamed() || one.kind() === 'comment') continue;
    const name = one.kind() === 'enum_assignment' ? one.field('name') : one;
    if (name === null || name.kind() === 'ERROR') return null;
    names.add(name.text().replace(/^['"]|['"]$/g, ''));
  }
  return names;
}

function objectMembers(declaration: Tree): ReadonlySet<string> | null {
  if (declaration.field('type') !== null) return null;
  const value = declaration.field('value');
  const isConst = value?.kind() === 'as_expression' && /\bas\s+const$/.test(value.text());
  const literal = isConst ? value.child(0) : value;
  if (literal?.kind() !== 'object') return null;
  const names = new Set<string>();
  for (const one of literal
    .children()
    .filter((child) => child.isNamed() && child.kind() !== 'comment')) {
    const key =
      one.kind() === 'shorthand_property_identifier'
        ? one
        : (one.field('key') ?? one.field('name'));
    if (
      key === null ||
      !/^(?:property_identifier|string|shorthand_property_identifier)$/.test(String(key.kind()))
    )
      return null;
    names.add(key.text().replace(/^['"]|['"]$/g, ''));
  }
  return names;
}
