import type { Scene, Source, Tree } from '../guard.ts';
import { isModuleIn, pythonImports, pythonOffer, pythonTarget } from './python-module.ts';

/** What holds members, and where it is written. */
export interface Owner {
  readonly path: string;
  readonly has: (member: string) => boolean;
}

/** The members of a Python name that is an enum or a module of the repository; null for anything else. */
export function pythonMembers(scene: Scene, file: Source, local: string): Owner | null {
  const imports = pythonImports(file).filter((one) => one.local === local);
  const [found] = imports;
  if (found === undefined || imports.length > 1) return null;
  const target = pythonTarget(scene, file.path, found.from);
  if (target === null || target === undefined) return null;
  const own = classOf(target.file, found.name);
  if (own !== null) {
    const members = enumMembers(own);
    return members === null
      ? null
      : { path: target.file.path, has: (member) => member.startsWith('_') || members.has(member) };
  }
  if (target.folder === null || pythonOffer(target).names.has(found.name)) return null;
  const module = pythonTarget(scene, file.path, joinedName(found.from, found.name));
  if (module === null || module === undefined || module.folder !== null) return null;
  const { names, isOpen } = pythonOffer(module);
  if (isOpen || isModuleIn(scene, module.file.path.replace(/\.py$/, ''), found.name)) return null;
  return { path: module.file.path, has: (member) => member.startsWith('__') || names.has(member) };
}

function joinedName(from: string, name: string): string {
  return from.endsWith('.') ? `${from}${name}` : `${from}.${name}`;
}

function classOf(file: Source, name: string): Tree | null {
  const found = (file.tree()?.children() ?? []).filter(
    (node) => node.kind() === 'class_definition' && node.field('name')?.text() === name,
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

const enums = /^\(\s*(?:(?:str|int)\s*,\s*)?(?:enum\.)?(?:Str|Int)?Enum\s*\)$/;

// Every word of the body counts as a member: more than there are does no harm.
function enumMembers(definition: Tree): ReadonlySet<string> | null {
  if (!enums.test(definition.field('superclasses')?.text() ?? '')) return null;
  const body = definition.field('body')?.text() ?? '';
  if (/\b(?:locals|vars|exec)\(|_ignore_|__getattr__/.test(body)) return null;
  return new Set([...(body.match(/[A-Za-z_]\w*/g) ?? []), 'name', 'value', 'mro']);
}
