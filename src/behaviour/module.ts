import type { Tree } from '../guards/guard.ts';

/** How something at the top of a module was declared; `let` stands for everything that may change later. */
export type DeclarationKind = 'function' | 'const' | 'class' | 'enum' | 'let';

/** A value declared at the top of a module. */
export interface Declaration {
  readonly kind: DeclarationKind;
  /** Every name the statement declares; it is taken over whole. */
  readonly names: readonly string[];
  /** The statement without `export`. */
  readonly statement: Tree;
  /** The function's own node, where the name stands for a function. */
  readonly body: Tree | null;
}

/** Where a name of a module really comes from. */
export interface Source {
  readonly from: string;
  /** The name it has there; `default`, or `*` for the module as a whole. */
  readonly name: string;
}

/** What a module declares, takes from others and gives away. */
export interface Module {
  readonly path: string;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Interfaces and type aliases. */
  readonly types: ReadonlyMap<string, Tree>;
  readonly imports: ReadonlyMap<string, Source>;
  /** Exported names: one of this module, or one passed on from another. */
  readonly exports: ReadonlyMap<string, string | Source>;
  /** Modules whose every name is passed on. */
  readonly passedOn: readonly string[];
  /** Functions with several signatures. */
  readonly overloaded: ReadonlySet<string>;
}

interface Draft {
  readonly declarations: Map<string, Declaration>;
  readonly types: Map<string, Tree>;
  readonly imports: Map<string, Source>;
  readonly exports: Map<string, string | Source>;
  readonly passedOn: string[];
  readonly overloaded: Set<string>;
}

/** Reads what stands at the top of a JavaScript or TypeScript module. */
export function readModule(path: string, root: Tree): Module {
  const draft: Draft = {
    declarations: new Map(),
    types: new Map(),
    imports: new Map(),
    exports: new Map(),
    passedOn: [],
    overloaded: new Set(),
  };
  for (const node of root.children()) {
    if (node.kind() === 'import_statement') readImport(node, draft);
    else if (node.kind() === 'export_statement') readExport(node, draft);
    else readDeclaration(node, draft);
  }
  return { path, ...draft };
}

function readImport(node: Tree, { imports }: Draft): void {
  const from = sourceOf(node);
  const clause = node.children().find((child) => child.kind() === 'import_clause');
  if (from === null || clause === undefined) return;
  for (const part of clause.children()) {
    const kind = part.kind();
    if (kind === 'identifier') imports.set(part.text(), { from, name: 'default' });
    else if (kind === 'namespace_import')
      for (const name of namesIn(part)) imports.set(name, { from, name: '*' });
    else if (kind === 'named_imports')
      for (const [name, local] of specifiers(part)) imports.set(local, { from, name });
  }
}

function readExport(node: Tree, draft: Draft): void {
  const from = sourceOf(node);
  const children = node.children();
  const clause = children.find((child) => child.kind() === 'export_clause');
  if (clause !== undefined) {
    for (const [name, as] of specifiers(clause))
      draft.exports.set(as, from === null ? name : { from, name });
  } else if (from !== null) {
    if (children.some((child) => child.kind() === '*')) draft.passedOn.push(from);
  } else if (children.some((child) => child.kind() === 'default')) {
    readDefault(children, draft);
  } else {
    for (const child of children)
      for (const name of readDeclaration(child, draft)) draft.exports.set(name, name);
  }
}

function readDefault(children: readonly Tree[], draft: Draft): void {
  for (const child of children) {
    const [name] = readDeclaration(child, draft);
    if (name !== undefined) draft.exports.set('default', name);
    else if (child.kind() === 'identifier') draft.exports.set('default', child.text());
  }
}

/** `a`, `a as b`: the name over there, and the name here. */
function specifiers(clause: Tree): readonly (readonly [string, string])[] {
  return clause
    .children()
    .filter((part) => /^(?:im|ex)port_specifier$/.test(String(part.kind())))
    .map((part) => {
      const names = part.children().filter((child) => child.isNamed());
      const first = names[0]?.text() ?? '';
      return [first, names.at(-1)?.text() ?? first] as const;
    });
}

function sourceOf(node: Tree): string | null {
  return node.field('source')?.text().slice(1, -1) ?? null;
}

/** Notes a declaration and gives the names it declares. */
function readDeclaration(node: Tree, draft: Draft): readonly string[] {
  const kind = String(node.kind());
  const known = kinds[kind];
  if (kind === 'lexical_declaration' || kind === 'variable_declaration')
    return readVariables(node, draft);
  const name = node.field('name')?.text();
  if (name === undefined) return [];
  if (kind === 'interface_declaration' || kind === 'type_alias_declaration') {
    draft.types.set(name, node);
    return [];
  }
  if (kind === 'function_signature') draft.overloaded.add(name);
  if (known === undefined) return [];
  const body = known === 'function' ? node : null;
  draft.declarations.set(name, { kind: known, names: [name], statement: node, body });
  return [name];
}

const kinds: Readonly<Record<string, DeclarationKind>> = {
  function_declaration: 'function',
  generator_function_declaration: 'function',
  class_declaration: 'class',
  abstract_class_declaration: 'class',
  enum_declaration: 'enum',
};

function readVariables(node: Tree, draft: Draft): readonly string[] {
  const isConst = node.children()[0]?.kind() === 'const';
  const parts = node.children().filter((child) => child.kind() === 'variable_declarator');
  const names = parts.flatMap((part) => {
    const target = part.field('name');
    return target === null ? [] : namesIn(target);
  });
  for (const part of parts) {
    const target = part.field('name');
    const value = part.field('value');
    const body = value !== null && functionKinds.has(String(value.kind())) ? value : null;
    const kind = !isConst ? 'let' : body === null ? 'const' : 'function';
    for (const name of target === null ? [] : namesIn(target))
      draft.declarations.set(name, { kind, names, statement: node, body });
  }
  return names;
}

/** Nodes that are functions. */
export const functionKinds: ReadonlySet<string> = new Set([
  'arrow_function',
  'function_expression',
  'function_declaration',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
]);

/** Names that a pattern binds: `{ a, b: c = 1, ...d }` binds a, c and d. */
export function namesIn(pattern: Tree): readonly string[] {
  const kind = String(pattern.kind());
  if (kind === 'identifier' || kind === 'shorthand_property_identifier_pattern')
    return [pattern.text()];
  if (kind === 'assignment_pattern' || kind === 'object_assignment_pattern') {
    const left = pattern.field('left');
    return left === null ? [] : namesIn(left);
  }
  if (kind === 'pair_pattern') {
    const value = pattern.field('value');
    return value === null ? [] : namesIn(value);
  }
  if (kind === 'required_parameter' || kind === 'optional_parameter') {
    const inner = pattern.field('pattern');
    return inner === null ? [] : namesIn(inner);
  }
  return bindingKinds.has(kind) ? pattern.children().flatMap(namesIn) : [];
}

const bindingKinds: ReadonlySet<string> = new Set([
  'object_pattern',
  'array_pattern',
  'rest_pattern',
  'formal_parameters',
  'namespace_import',
]);
