import type { Language, Tree } from '../guard.ts';

/** Something defined by name in one scope. */
export interface Definition {
  /** Equal for two definitions of which only one can count. */
  readonly key: string;
  readonly name: string;
  readonly what: 'import' | 'function' | 'method' | 'class' | 'constant' | 'key' | 'test';
  readonly node: Tree;
  /** There may be reason to have it twice. */
  readonly isOpen: boolean;
}

/** Lines that may define something, by language: the others are not looked through. */
export const defining: Readonly<Partial<Record<Language, RegExp>>> = {
  typescript:
    /\b(?:function|class|const|let|import|enum)\s|^\s*['"]?[\w$]+['"]?\s*[(:]|^\s*(?:async|static|public|private|protected)\b/,
  tsx: /\b(?:function|class|const|let|import|enum)\s|^\s*['"]?[\w$]+['"]?\s*[(:]|^\s*(?:async|static|public|private|protected)\b/,
  javascript:
    /\b(?:function|class|const|let|import)\s|^\s*['"]?[\w$]+['"]?\s*[(:]|^\s*(?:async|static)\b/,
  python: /^\s*(?:async\s+)?(?:def|class)\s|^\s*['"][\w.-]+['"]\s*:/,
  go: /^func\s|^\s*type\s/,
  java: /\w\s*\(/,
  csharp: /\w\s*\(/,
  ruby: /^\s*def\s/,
  php: /\bfunction\s/,
  rust: /\bfn\s/,
  kotlin: /\bfun\s/,
};

/** How a language defines names in its scopes. */
export interface Form {
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
    /^(?:function_declaration|generator_function_declaration|class_declaration|abstract_class_declaration|method_definition|lexical_declaration|pair|export_statement|import_statement)$/,
  overloads: false,
};

/** The forms of the languages in which a second definition is a fault. */
export const forms: Readonly<Partial<Record<Language, Form>>> = {
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
