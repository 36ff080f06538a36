import { lineOf } from '../code/nodes.ts';
import type { Scene, Source, Tree } from '../guard.ts';
import { fileAfter, folderOf, isReadOut, joined } from './files-after.ts';
import type { Offer } from './script-module.ts';

/** One name that a Python file takes from a module. */
export interface PythonImport {
  readonly name: string;
  readonly local: string;
  readonly from: string;
  readonly line: number;
  readonly node: Tree;
}

const known = new WeakMap<Source, readonly PythonImport[]>();

/** The `from … import …` of a Python file, wherever they stand. */
export function pythonImports(file: Source): readonly PythonImport[] {
  const found = known.get(file) ?? readImports(file);
  known.set(file, found);
  return found;
}

function readImports(file: Source): readonly PythonImport[] {
  const root = file.tree();
  if (root === null) return [];
  return root.findAll({ rule: { kind: 'import_from_statement' } }).flatMap((node) => {
    const from = node.field('module_name')?.text().replace(/\s+/g, '') ?? '';
    const [, ...given] = node.children().filter((child) => child.isNamed());
    return given.flatMap((one) => {
      if (one.kind() === 'aliased_import') {
        const name = one.field('name')?.text() ?? '';
        return [{ name, local: one.field('alias')?.text() ?? name, from, line: lineOf(one), node }];
      }
      const name = one.text();
      return one.kind() === 'dotted_name'
        ? [{ name, local: name, from, line: lineOf(one), node }]
        : [];
    });
  });
}

/** Where a Python module of the repository lies: its file, or its folder where that has no `__init__.py`. */
export interface PythonTarget {
  readonly file: Source;
  /** The folder whose modules the name may mean as well; null for a plain module. */
  readonly folder: string | null;
}

/** The module that a written name leads to; null when no file is there, undefined when that cannot be told. */
export function pythonTarget(
  scene: Scene,
  from: string,
  written: string,
): PythonTarget | null | undefined {
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  const path = written.slice(dots).replaceAll('.', '/');
  if (dots > 0) {
    const folder = joined(folderOf(from), '../'.repeat(dots - 1));
    if (folder === null || folder === undefined) return undefined;
    return moduleAt(scene, inside(folder, path)) ?? (isReadOut(scene) ? undefined : null);
  }
  if (!path.includes('/')) return undefined;
  const found = roots(from)
    .filter((root) => fileAfter(scene, inside(root, '__init__.py')) === null)
    .flatMap((root) => moduleAt(scene, inside(root, path)) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

// Folders that an absolute name may start from: those above the file, the top, and `src`.
function roots(from: string): readonly string[] {
  const found = new Set<string>(['', 'src']);
  for (let folder = folderOf(from); folder !== ''; folder = folderOf(folder)) found.add(folder);
  return [...found];
}

function inside(folder: string, name: string): string {
  return folder === '' || name === '' ? `${folder}${name}` : `${folder}/${name}`;
}

function moduleAt(scene: Scene, path: string): PythonTarget | null {
  const init = fileAfter(scene, inside(path, '__init__.py'));
  if (init !== null) return { file: init, folder: path };
  const file = path === '' ? null : fileAfter(scene, `${path}.py`);
  return file === null ? null : { file, folder: null };
}

const unclear =
  /^[ \t]*from[ \t]+\S+[ \t]+import\s+\*|\b__getattr__\b|\bglobals\(\)|\bsys\.modules\b|\bexec\(|\bsetattr\(|\b__import__\b|\bvars\(\)|\blazy|_LazyModule|\bimportlib\b|\blocals\(\)|@generated|DO NOT EDIT/im;

const offers = new WeakMap<Source, Offer>();

/** The names a Python module binds at its top level, and perhaps some more. */
export function pythonOffer({ file }: PythonTarget): Offer {
  const found = offers.get(file) ?? readOffer(file);
  offers.set(file, found);
  return found;
}

function readOffer(file: Source): Offer {
  const root = file.tree();
  const names = new Set(moduleNames);
  if (root === null || unclear.test(file.text) || root.find({ rule: { kind: 'ERROR' } }) !== null)
    return { names, isOpen: true };
  for (const [text] of file.text.matchAll(/^[ \t]*global[ \t].+$/gm))
    for (const name of text.match(/\w+/g) ?? []) names.add(name);
  collect(root, names, { left: mostNodes });
  return { names, isOpen: false };
}

const moduleNames = [
  '__name__',
  '__file__',
  '__doc__',
  '__path__',
  '__all__',
  '__dict__',
  '__spec__',
  '__package__',
  '__loader__',
  '__version__',
];
const mostNodes = 20_000;

// Every word outside of functions and classes; what it only mentions is in it too, which does no harm.
function collect(node: Tree, names: Set<string>, budget: { left: number }): void {
  for (const child of node.children()) {
    budget.left -= 1;
    const kind = child.kind();
    if (budget.left < 0) return;
    if (kind === 'identifier') names.add(child.text());
    else if (kind === 'function_definition' || kind === 'class_definition')
      names.add(child.field('name')?.text() ?? '');
    else if (kind !== 'string' && kind !== 'comment') collect(child, names, budget);
  }
}

/** Whether a module of this name lies in the folder of a package. */
export function isModuleIn(scene: Scene, folder: string, name: string): boolean {
  return ['.py', '/__init__.py', '.pyi', '.pyx', '/__init__.pyi'].some(
    (end) => fileAfter(scene, inside(folder, `${name}${end}`)) !== null,
  );
}
