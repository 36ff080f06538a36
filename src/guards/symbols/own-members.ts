import { nodeAt } from '../code/node-at.ts';
import type { Scene, Source, Tree } from '../guard.ts';
import { classMembers } from './class-members.ts';
import type { Owner } from './python-members.ts';
import { pythonImports, pythonTarget } from './python-module.ts';
import { declarationOf } from './script-declaration.ts';
import { scriptImports } from './script-imports.ts';
import { scriptTarget } from './script-module.ts';

/** A class, with what its members are. */
export interface ClassOwner extends Owner {
  readonly name: string;
}

/** A place in a file, 1-based line and 0-based column. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The class that `this` or `self` means at a place, if all its members are in its text. */
export function ownMembers(file: Source, { line, column }: Place): ClassOwner | null {
  const leaf = nodeAt(file, { text: '', line, column });
  if (leaf === null) return null;
  for (const node of leaf.ancestors()) {
    const kind = String(node.kind());
    // A function has a `this` of its own, and a decorated method may be called on something else.
    if (
      /^(?:function_expression|function_declaration|generator_function|object|decorated_definition|lambda)$/.test(
        kind,
      )
    )
      return null;
    if (kind === 'class') return null;
    if (/^(?:class_declaration|class_definition)$/.test(kind)) return ownerOf(file, node);
  }
  return null;
}

function ownerOf(file: Source, definition: Tree): ClassOwner | null {
  const members = classMembers(definition);
  const name = definition.field('name')?.text() ?? '';
  if (members === null || isMixed(file.text, name)) return null;
  return { name, path: file.path, has: (member) => member.startsWith('__') || members.has(member) };
}

// Given more from outside: `Cart.prototype.x = …`, `interface Cart` beside the class.
function isMixed(text: string, name: string): boolean {
  const word = name.replaceAll('$', String.raw`\$`);
  return new RegExp(
    `\\b${word}(?:\\.prototype)?\\.\\w+\\s*=(?!=)|\\binterface\\s+${word}\\b|\\bnamespace\\s+${word}\\b|\\bsetattr\\(\\s*${word}\\b|Object\\.assign\\(\\s*${word}\\b`,
  ).test(text);
}

/** The class of what a name holds, where it is made once by `new Cart()` or `Cart()` from an import of the repository. */
export function instanceMembers(scene: Scene, file: Source, local: string): ClassOwner | null {
  const word = local.replaceAll('$', String.raw`\$`);
  const isPython = file.language === 'python';
  const made = isPython
    ? new RegExp(`^[ \\t]*${word}\\s*=\\s*([A-Z]\\w*)\\([^\\n]*\\)\\s*$`, 'gm')
    : new RegExp(
        `\\bconst\\s+${word}\\s*=\\s*new\\s+([A-Z][\\w$]*)\\s*(?:<[^>\\n]{0,100}>)?\\(`,
        'g',
      );
  const [first, ...more] = [...file.text.matchAll(made)];
  if (first === undefined || more.length > 0 || boundOften(file.text, word)) return null;
  const definition = isPython
    ? pythonClass(scene, file, first[1] ?? '')
    : scriptClass(scene, file, first[1] ?? '');
  return definition === null ? null : ownerOf(definition.file, definition.node);
}

// Bound in more than one way, also as a parameter: then we do not know which is meant.
function boundOften(text: string, word: string): boolean {
  const all =
    text.match(
      new RegExp(
        `\\b(?:const|let|var)\\s+${word}\\b|(?<![\\w.=!<>])${word}\\s*=(?![=>])|[(,]\\s*${word}\\s*[,):?]|\\b${word}\\s*=>|[{,]\\s*${word}\\s*[,}]\\s*=?|\\b(?:for|as|with)\\s+${word}\\b`,
        'g',
      ),
    ) ?? [];
  return all.length > 1;
}

interface Found {
  readonly file: Source;
  readonly node: Tree;
}

function scriptClass(scene: Scene, file: Source, name: string): Found | null {
  const one = scriptImports(file).find(({ local }) => local === name);
  const target = one === undefined ? null : scriptTarget(scene, file.path, one.from);
  if (
    one === undefined ||
    target === null ||
    target === undefined ||
    !/^(?:typescript|tsx|javascript)$/.test(target.language)
  )
    return null;
  const node = declarationOf(scene, target, one.name);
  return node?.kind() === 'class_declaration' ? { file: target, node } : null;
}

function pythonClass(scene: Scene, file: Source, name: string): Found | null {
  const [one, ...more] = pythonImports(file).filter(({ local }) => local === name);
  const target =
    one === undefined || more.length > 0 ? null : pythonTarget(scene, file.path, one.from);
  if (one === undefined || target === null || target === undefined) return null;
  const found = (target.file.tree()?.children() ?? []).filter(
    (node) => node.kind() === 'class_definition' && node.field('name')?.text() === one.name,
  );
  const [node] = found;
  return node === undefined || found.length > 1 ? null : { file: target.file, node };
}
