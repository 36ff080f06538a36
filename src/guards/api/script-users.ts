import { lineOf } from '../code/nodes.ts';
import { source } from '../scene.ts';
import type { ChangedFile, Scene, Source, Tree } from '../guard.ts';

/** A file that imports from another one by a relative path. */
export interface User {
  readonly source: Source;
  readonly imports: readonly UserImport[];
}

/** `import { name as local } from '…'`; for `import * as local`, the name is `*`. */
export interface UserImport {
  readonly name: string;
  readonly local: string;
  readonly line: number;
}

const endings = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs'];

/** Files we can see that import from this path: those of the change, and its neighbours that usually do. */
export function usersOf(scene: Scene, path: string): readonly User[] {
  const seen = new Map<string, Source>();
  for (const file of scene.files)
    if (file.after !== null && isScript(file)) seen.set(file.path, file.after);
  for (const near of neighbours(path)) {
    if (seen.has(near) || scene.files.some((file) => file.path === near)) continue;
    const found = source(near, scene.readAfter(near), scene.parsers);
    if (found !== null) seen.set(near, found);
  }
  const name = baseOf(path);
  return [...seen.values()].flatMap((one) => {
    if (one.path === path || !one.text.includes(name)) return [];
    const imports = importsFrom(one, path);
    return imports.length === 0 ? [] : [{ source: one, imports }];
  });
}

function isScript({ language }: ChangedFile): boolean {
  return language === 'typescript' || language === 'tsx' || language === 'javascript';
}

/** Last part of the path that an import would write: the folder's name for an `index`. */
function baseOf(path: string): string {
  const plain = path.replace(/\.\w+$/, '').replace(/\/index$/, '');
  return plain.slice(plain.lastIndexOf('/') + 1);
}

/** Places that usually import a file: the index beside and above it, and its tests. */
export function neighbours(path: string): readonly string[] {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const up = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  const plain = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const ending = /\.\w+$/.exec(path)?.[0] ?? '.ts';
  const inside = folder === '' ? '' : `${folder}/`;
  const above = up === '' ? '' : `${up}/`;
  return [
    `${inside}index.ts`,
    `${inside}index.tsx`,
    `${inside}index.js`,
    ...(folder === '' ? [] : [`${above}index.ts`, `${above}index.js`]),
    `${inside}${plain}.test${ending}`,
    `${inside}${plain}.spec${ending}`,
    `${inside}__tests__/${plain}.test${ending}`,
  ].filter((one) => one !== path);
}

function importsFrom(user: Source, path: string): readonly UserImport[] {
  const root = user.tree();
  if (root === null) return [];
  return root.children().flatMap((node) => {
    const kind = node.kind();
    if (kind !== 'import_statement' && kind !== 'export_statement') return [];
    const from = node.field('source')?.text().slice(1, -1) ?? '';
    if (!from.startsWith('.') || !pointsTo(user.path, from, path)) return [];
    return kind === 'import_statement' ? imported(node) : passedOn(node);
  });
}

function imported(node: Tree): readonly UserImport[] {
  const clause = node.children().find((child) => child.kind() === 'import_clause');
  return (clause?.children() ?? []).flatMap((child): readonly UserImport[] => {
    const line = lineOf(child);
    if (child.kind() === 'identifier') return [{ name: 'default', local: child.text(), line }];
    if (child.kind() === 'namespace_import')
      return [{ name: '*', local: child.text().replace(/^\*\s*as\s+/, ''), line }];
    return child.findAll({ rule: { kind: 'import_specifier' } }).map((one) => {
      const name = one.field('name')?.text() ?? '';
      return { name, local: one.field('alias')?.text() ?? name, line: lineOf(one) };
    });
  });
}

function passedOn(node: Tree): readonly UserImport[] {
  return node.findAll({ rule: { kind: 'export_specifier' } }).map((one) => {
    const name = one.field('name')?.text() ?? '';
    return { name, local: '', line: lineOf(one) };
  });
}

/** Whether a relative import written in one file leads to another. */
export function pointsTo(from: string, written: string, path: string): boolean {
  const parts = from.split('/').slice(0, -1);
  for (const part of written.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const place = parts.join('/');
  if (place === path) return true;
  const plain = place.replace(/\.(?:[cm]?js|jsx|tsx?)$/, '');
  return [place, plain].some((one) =>
    endings.some((ending) => `${one}${ending}` === path || `${one}/index${ending}` === path),
  );
}

/** A call of an imported function that gives too few arguments, or does not await it; null when all are right. */
export function brokenCall(
  { source: user, imports }: User,
  name: string,
  { least, isNowAsync }: { readonly least: number | null; readonly isNowAsync: boolean },
): number | null {
  const locals = new Set(
    imports.filter((one) => one.name === name && one.local !== '').map((one) => one.local),
  );
  const spaces = new Set(
    imports.filter((one) => one.name === '*').map((one) => `${one.local}.${name}`),
  );
  const root = user.tree();
  if (root === null || locals.size + spaces.size === 0) return null;
  const call = root.findAll({ rule: { kind: 'call_expression' } }).find((node) => {
    const callee = node.field('function')?.text() ?? '';
    if (!locals.has(callee) && !spaces.has(callee)) return false;
    if (isNowAsync) return isLeftAlone(node);
    const given = (node.field('arguments')?.children() ?? []).filter(
      (child) => child.isNamed() && child.kind() !== 'comment',
    );
    return (
      least !== null &&
      given.length < least &&
      !given.some((one) => one.kind() === 'spread_element')
    );
  });
  return call === undefined ? null : lineOf(call);
}

// The result is used as if it were there: read a property, compared, or put into text.
function isLeftAlone(call: Tree): boolean {
  const parent = call.parent();
  if (parent?.kind() === 'member_expression')
    return !/^(?:then|catch|finally)$/.test(parent.field('property')?.text() ?? '');
  return /^(?:binary_expression|template_substitution|if_statement|spread_element|subscript_expression)$/.test(
    String(parent?.kind()),
  );
}
