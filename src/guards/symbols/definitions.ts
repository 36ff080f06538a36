import { compact, fieldOf } from '../code/nodes.ts';
import type { Source, Tree } from '../guard.ts';
import { importsOf } from './script-imports.ts';
import { forms } from './definition-forms.ts';
import type { Definition, Form } from './definition-forms.ts';

/** Scopes of one file that are looked through. */
const mostScopes = 5000;

/** What a file defines more than once in one scope; with lines, only in scopes that hold one of them. */
export function twinsOf(source: Source, lines: ReadonlySet<number> | null): readonly Twins[] {
  const form = forms[source.language];
  const root = source.tree();
  if (form === undefined || root === null) return [];
  const kinds = Object.keys(form.scopes);
  const inner = root.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } });
  const scopes = inner.some((node) => node.id() === root.id()) ? inner : [root, ...inner];
  const touched = lines === null ? null : [...lines].sort((a, b) => a - b);
  const ordinals = new Map<string, number>();
  return scopes.slice(0, mostScopes).flatMap((scope) => {
    if (touched !== null && !holds(scope, touched)) return [];
    const found = repeatedIn(inScope(source, form, scope));
    if (found.length === 0) return [];
    const place = placeOf(scope);
    const ordinal = ordinals.get(place) ?? 0;
    ordinals.set(place, ordinal + 1);
    return found.map((all) => ({ key: `${place}#${ordinal} ${all[0]?.key ?? ''}`, all }));
  });
}

/** Definitions of one name in one scope, of which only one can count. */
export interface Twins {
  /** The same before and after a change that only shifts lines. */
  readonly key: string;
  readonly all: readonly Definition[];
}

// A line between the first and the last of the scope, by halving.
function holds(scope: Tree, lines: readonly number[]): boolean {
  const { start, end } = scope.range();
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= start.line) low = middle + 1;
    else high = middle;
  }
  return (lines[low] ?? Number.POSITIVE_INFINITY) <= end.line + 1;
}

function repeatedIn(all: readonly Definition[]): readonly (readonly Definition[])[] {
  const found = new Map<string, Definition[]>();
  for (const one of all) {
    const list = found.get(one.key) ?? [];
    list.push(one);
    found.set(one.key, list);
  }
  return [...found.values()].filter(
    (list) => list.length > 1 && !list.some(({ isOpen }) => isOpen),
  );
}

// Names of what is around: keys stay the same when lines shift.
function placeOf(scope: Tree): string {
  return scope
    .ancestors()
    .flatMap((node) => fieldOf(node, 'name')?.text().slice(0, 80) ?? [])
    .join('<');
}

function inScope(source: Source, form: Form, scope: Tree): readonly Definition[] {
  const kind = String(scope.kind());
  const usual = form.scopes[kind] ?? 'function';
  if (
    source.language === 'python' &&
    kind === 'block' &&
    !/^(?:class|function)_definition$/.test(String(scope.parent()?.kind()))
  )
    return [];
  let stretch = 0;
  return scope.children().flatMap((child) => {
    // What stands between two spreads may be meant as a default and its override.
    if (/^(?:spread_element|dictionary_splat)$/.test(String(child.kind()))) stretch += 1;
    const node = child.kind() === 'export_statement' ? child.field('declaration') : child;
    if (
      node === null ||
      !form.kinds.test(String(child.kind())) ||
      !form.kinds.test(String(node.kind()))
    )
      return [];
    return named(node).flatMap(({ name, what }): readonly Definition[] => {
      if (name === '' || name === '_' || (source.language === 'go' && name === 'init')) return [];
      const isKey = kind === 'object' || kind === 'dictionary';
      const own = isKey ? `${stretch} ${name}` : `${name}${form.overloads ? types(node) : ''}`;
      const isOpen = form.isOpen?.(node) === true;
      return [
        {
          key: `${kind} ${own}`,
          name: name.split(' ').at(-1) ?? name,
          what: isKey ? 'key' : (what ?? usual),
          node,
          isOpen,
        },
      ];
    });
  });
}

interface Named {
  readonly name: string;
  readonly what?: Definition['what'];
}

function named(node: Tree): readonly Named[] {
  const kind = String(node.kind());
  if (kind === 'lexical_declaration')
    return node.children().flatMap((one) => {
      const name = one.kind() === 'variable_declarator' ? one.field('name') : null;
      return name?.kind() === 'identifier'
        ? [{ name: name.text(), what: 'constant' as const }]
        : [];
    });
  if (kind === 'import_statement') return imported(node);
  if (kind === 'pair') {
    const key = node.field('key');
    const isPlain = /^(?:property_identifier|string|number|integer)$/.test(
      String(key?.kind() ?? ''),
    );
    const text = key?.text() ?? '';
    return isPlain && !/^[a-zA-Z]*f['"]/.test(text) && !text.includes('{')
      ? [{ name: text.replace(/^['"]|['"]$/g, '') }]
      : [];
  }
  const name = fieldOf(node, 'name')?.text() ?? '';
  if (kind === 'method_definition') {
    if (name.startsWith('[')) return [];
    const head = node.text().split('(')[0] ?? '';
    const sort = /\b(get|set)\s+[\w$#'"]+$/.exec(head.trim())?.[1] ?? '';
    return [
      {
        name: `${/\bstatic\b/.test(head) ? 'static ' : ''}${sort === '' ? '' : `${sort} `}${name}`,
      },
    ];
  }
  if (/class/.test(kind)) return [{ name, what: 'class' }];
  if (kind === 'method_declaration' && fieldOf(node, 'receiver') !== null)
    return [
      {
        name: `${/([A-Za-z_]\w*)(?:\[[^\]]*\])?\s*\)$/.exec(fieldOf(node, 'receiver')?.text() ?? '')?.[1] ?? ''}.${name}`,
        what: 'method',
      },
    ];
  if (kind === 'singleton_method') return [{ name: `self.${name}` }];
  return [{ name }];
}

function imported(node: Tree): readonly Named[] {
  return importsOf(node)
    .filter(({ local }) => local !== '')
    .map(({ local }) => ({ name: local, what: 'import' }));
}

function types(node: Tree): string {
  const given = (fieldOf(node, 'parameters')?.children() ?? []).filter(
    (one) => one.isNamed() && !String(one.kind()).endsWith('comment'),
  );
  const list = given.map((one) => one.field('type')?.text() ?? one.text().replace(/^[^:]*:/, ''));
  const generic = fieldOf(node, 'type_parameters')?.text() ?? '';
  const receiver =
    /^\s*(?:[\w@()]+\s+)*fun\s+(?:<[^>]*>\s*)?([\w.<>?]*\.)/.exec(node.text().slice(0, 200))?.[1] ??
    '';
  return compact(`${receiver}${generic}(${list.join(',')})`);
}
