import type { Language, Source, Tree } from '../guard.ts';

/** A module that a file asks for by name. */
export interface Import {
  readonly module: string;
  readonly line: number;
  /** The code does without it: inside `try`, under a condition, or for types only. */
  readonly isOptional: boolean;
}

/** What a JavaScript, TypeScript, Python or Go file imports; empty when it has no tree. */
export function importsOf(source: Source): readonly Import[] {
  const root = source.tree();
  if (root === null) return [];
  if (source.language === 'python') return pythonImports(root);
  if (source.language === 'go') return goImports(root);
  return scripts.has(source.language) ? scriptImports(root) : [];
}

const scripts: ReadonlySet<Language> = new Set<Language>(['typescript', 'tsx', 'javascript']);

function find(root: Tree, kinds: readonly string[]): readonly Tree[] {
  return root.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } });
}

function lineOf(node: Tree): number {
  return node.range().start.line + 1;
}

function isUnder(node: Tree, kinds: RegExp): boolean {
  return node.ancestors().some((one) => kinds.test(String(one.kind())));
}

function scriptImports(root: Tree): readonly Import[] {
  return find(root, ['import_statement', 'export_statement', 'call_expression']).flatMap((node) => {
    if (node.kind() !== 'call_expression') {
      const module = unquoted(node.field('source')?.text() ?? '');
      const isOptional = /^(?:import|export)\s+type\b/.test(node.text());
      return module === ''
        ? []
        : [{ module, line: lineOf(node.field('source') ?? node), isOptional }];
    }
    const callee = node.field('function');
    if (callee?.kind() !== 'import' && callee?.text() !== 'require') return [];
    const [first] =
      node
        .field('arguments')
        ?.children()
        .filter((child) => child.isNamed()) ?? [];
    if (first?.kind() !== 'string') return [];
    const isOptional =
      isUnder(node, /^(?:try_statement|if_statement|ternary_expression)$/) ||
      /\.catch\(/.test(node.parent()?.text().slice(-200) ?? '');
    return [{ module: unquoted(first.text()), line: lineOf(first), isOptional }];
  });
}

function unquoted(text: string): string {
  return text.replace(/^["'`]|["'`]$/g, '');
}

function pythonImports(root: Tree): readonly Import[] {
  return find(root, ['import_statement', 'import_from_statement']).flatMap((node) => {
    const isOptional = isUnder(node, /^(?:try_statement|if_statement|with_statement)$/);
    const line = lineOf(node);
    if (node.kind() === 'import_from_statement') {
      const from = node.field('module_name');
      return from?.kind() === 'dotted_name' ? [{ module: from.text(), line, isOptional }] : [];
    }
    return node
      .children()
      .filter((child) => child.kind() === 'dotted_name' || child.kind() === 'aliased_import')
      .map((child) => ({ module: (child.field('name') ?? child).text(), line, isOptional }));
  });
}

function goImports(root: Tree): readonly Import[] {
  return find(root, ['import_spec']).map((node) => ({
    module: unquoted(node.field('path')?.text() ?? ''),
    line: lineOf(node),
    isOptional: false,
  }));
}
