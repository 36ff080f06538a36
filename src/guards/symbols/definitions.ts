import { compact, fieldOf } from '../code/nodes.ts';
import type { Language, Source, Tree } from '../guard.ts';

/** Something defined by name in one scope. */
export interface Definition {
  /** Equal for two definitions of which only one can count. */
  readonly key: string;
  readonly name: string;
  readonly what: 'function' | 'method' | 'class' | 'constant' | 'key' | 'test';
  readonly node: Tree;
  /** There may be reason to have it twice. */
  readonly isOpen: boolean;
}

/** Lines that may define something, by language: the others are not looked through. */
export const defining: Readonly<Partial<Record<Language, RegExp>>> = {
  typescript:
    /\b(?:function|class|const|let|enum)\s|^\s*['"]?[\w$]+['"]?\s*[(:]|^\s*(?:async|static|public|private|protected)\b/,
  tsx: /\b(?:function|class|const|let|enum)\s|^\s*['"]?[\w$]+['"]?\s*[(:]|^\s*(?:async|static|public|private|protected)\b/,
  javascript: /\b(?:function|class|const|let)\s|^\s*['"]?[\w$]+['"]?\s*[(:]|^\s*(?:async|static)\b/,
  python: /^\s*(?:async\s+)?(?:def|class)\s|^\s*['"][\w.-]+['"]\s*:/,
  go: /^func\s|^\s*type\s/,
  java: /\w\s*\([^;]*$|\b(?:class|interface|enum|record)\s/,
  csharp: /\w\s*\([^;]*$/,
  ruby: /^\s*def\s/,
  php: /\bfunction\s/,
  rust: /\bfn\s/,
  kotlin: /\bfun\s/,
};

interface Form {
  /** Scopes whose direct children are compared, and what a definition in them is called. */
  readonly scopes: Readonly<Record<string, Definition['what']>>;
  /** Node kinds that define a name. */
  readonly kinds: RegExp;
  /** The parameters' types belong to the name. */
  readonly overloads: boolean;
  readonly isOpen?: (node: Tree) => boolean;
}

const script: Form = {
  scopes: { program: 'function', statement_block: 'function', class_body: 'method', object: 'key' },
  kinds:
    /^(?:function_declaration|generator_function_declaration|class_declaration|abstract_class_declaration|method_definition|lexical_declaration|pair|export_statement)$/,
  overloads: false,
};

const forms: Readonly<Partial<Record<Language, Form>>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  python: {
    scopes: { module: 'function', block: 'method', dictionary: 'key' },
    kinds: /^(?:function_definition|class_definition|pair)$/,
    overloads: false,
  },
  go: {
    scopes: { source_file: 'function' },
    kinds: /^(?:function_declaration|method_declaration)$/,
    overloads: false,
  },
  java: {
    scopes: { class_body: 'method', interface_body: 'method', enum_body_declarations: 'method' },
    kinds: /^(?:method_declaration|constructor_declaration)$/,
    overloads: true,
  },
  csharp: {
    scopes: { declaration_list: 'method' },
    kinds: /^(?:method_declaration|constructor_declaration)$/,
    overloads: true,
    isOpen: (node) =>
      /\bpartial\b|^\s*\[/.test(node.text().slice(0, 200)) ||
      /\w\.\w+\s*[(<]/.test(node.text().split('(')[0] ?? ''),
  },
  ruby: {
    scopes: { body_statement: 'method', program: 'method' },
    kinds: /^(?:method|singleton_method)$/,
    overloads: false,
  },
  php: {
    scopes: { declaration_list: 'method', program: 'function' },
    kinds: /^(?:method_declaration|function_definition)$/,
    overloads: false,
  },
  rust: {
    scopes: { declaration_list: 'method', source_file: 'function' },
    kinds: /^function_item$/,
    overloads: false,
    isOpen: (node) => node.prev()?.kind() === 'attribute_item',
  },
  kotlin: {
    scopes: { class_body: 'method', source_file: 'function' },
    kinds: /^function_declaration$/,
    overloads: true,
    isOpen: (node) => /\bexpect\b|\bactual\b|@\w/.test(node.text().slice(0, 100)),
  },
};

/** Scopes of one file that are looked through. */
const mostScopes = 5000;

/** What a file defines by name, in every scope whose definitions exclude each other. */
export function definitionsOf(source: Source): readonly Definition[] {
  const form = forms[source.language];
  const root = source.tree();
  if (form === undefined || root === null) return [];
  const kinds = Object.keys(form.scopes);
  const inner = root.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } });
  const scopes = inner.some((node) => node.id() === root.id()) ? inner : [root, ...inner];
  const ordinals = new Map<string, number>();
  return scopes.slice(0, mostScopes).flatMap((scope) => {
    const place = placeOf(scope);
    const ordinal = ordinals.get(place) ?? 0;
    ordinals.set(place, ordinal + 1);
    return inScope(source, form, { scope, place: `${place}#${ordinal}` });
  });
}

// Names of what is around: keys stay the same when lines shift.
function placeOf(scope: Tree): string {
  return scope
    .ancestors()
    .flatMap((node) => fieldOf(node, 'name')?.text().slice(0, 80) ?? [])
    .join('<');
}

interface Scope {
  readonly scope: Tree;
  readonly place: string;
}

function inScope(source: Source, form: Form, { scope, place }: Scope): readonly Definition[] {
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
          key: `${kind} ${place} ${own}`,
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
