import { lineOf } from '../code/nodes.ts';
import type { Source, Tree } from '../guard.ts';

/** One name that a script takes from another module; the whole module is `*`, and its default `default`. */
export interface ScriptImport {
  readonly name: string;
  readonly local: string;
  readonly from: string;
  readonly line: number;
  readonly isType: boolean;
}

const known = new WeakMap<Source, readonly ScriptImport[]>();

/** Names a script imports, and those it passes on from another module. */
export function scriptImports(script: Source): readonly ScriptImport[] {
  const found = known.get(script) ?? (script.tree()?.children() ?? []).flatMap(importsOf);
  known.set(script, found);
  return found;
}

/** What one statement imports or passes on. */
export function importsOf(node: Tree): readonly ScriptImport[] {
  const kind = node.kind();
  if (kind !== 'import_statement' && kind !== 'export_statement') return [];
  const from = node.field('source')?.text().slice(1, -1);
  if (from === undefined) return [];
  const base = { from, isType: /^(?:import|export)\s+type\b/.test(node.text()) };
  const specifier = kind === 'import_statement' ? 'import_specifier' : 'export_specifier';
  const named = node.findAll({ rule: { kind: specifier } }).map((one) => {
    const name = one.field('name')?.text() ?? '';
    const local = one.field('alias')?.text() ?? name;
    return { ...base, name, local, line: lineOf(one) };
  });
  const clause = node.children().find((child) => child.kind() === 'import_clause');
  const others = (clause?.children() ?? []).flatMap((child) => {
    const line = lineOf(child);
    if (child.kind() === 'identifier')
      return [{ ...base, name: 'default', local: child.text(), line }];
    if (child.kind() !== 'namespace_import') return [];
    const local = child.text().replace(/^\*\s*as\s+/, '');
    return [{ ...base, name: '*', local, line }];
  });
  return [...others, ...named];
}
