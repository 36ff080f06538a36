import type { Language } from '../guard.ts';

/** What the guards need to know about a language's syntax tree: node kinds by role, as data. */
export interface Grammar {
  /** Functions, methods and closures. */
  readonly functions: readonly string[];
  /** Classes and the like: what gives a method the first part of its name. */
  readonly containers: readonly string[];
  readonly calls: readonly string[];
  /** Statements that guard their first block. */
  readonly tries: readonly string[];
  readonly catches: readonly string[];
  readonly finallies: readonly string[];
  readonly ifs: readonly string[];
  /** Whole `a ? b : c` expressions. */
  readonly ternaries: readonly string[];
  /** Binary expressions, `&&` and comparisons alike. */
  readonly binaries: readonly string[];
  readonly blocks: readonly string[];
  readonly comments: readonly string[];
  readonly strings: readonly string[];
  readonly decorators: readonly string[];
  /** `a.b`. */
  readonly members: readonly string[];
  /** `a[b]`. */
  readonly indexes: readonly string[];
  /** Statements that leave the block: return, throw, continue, break. */
  readonly exits: readonly string[];
  /** Statements or expressions that raise an error. */
  readonly throws: readonly string[];
  /** Places that give a nameless function its name, each with the field that holds it. */
  readonly names: Readonly<Record<string, string>>;
  /** `{ key: value }` written as a literal with named pairs. */
  readonly objects: readonly string[];
  /** Parameters, whose text tells whether a type changed. */
  readonly parameters: readonly string[];
}

const script: Grammar = {
  functions: [
    'function_declaration',
    'generator_function_declaration',
    'function_expression',
    'generator_function',
    'arrow_function',
    'method_definition',
  ],
  containers: ['class_declaration', 'abstract_class_declaration', 'class', 'internal_module'],
  calls: ['call_expression', 'new_expression'],
  tries: ['try_statement'],
  catches: ['catch_clause'],
  finallies: ['finally_clause'],
  ifs: ['if_statement'],
  ternaries: ['ternary_expression'],
  binaries: ['binary_expression'],
  blocks: ['statement_block'],
  comments: ['comment'],
  strings: ['string', 'template_string'],
  decorators: ['decorator'],
  members: ['member_expression'],
  indexes: ['subscript_expression'],
  exits: ['return_statement', 'throw_statement', 'continue_statement', 'break_statement'],
  throws: ['throw_statement'],
  names: {
    variable_declarator: 'name',
    pair: 'key',
    assignment_expression: 'left',
    public_field_definition: 'name',
    field_definition: 'property',
  },
  objects: ['object'],
  parameters: ['required_parameter', 'optional_parameter'],
};

// The JavaScript grammar knows fewer kinds, and asking a tree for an unknown kind is an error.
const javascript: Grammar = {
  ...script,
  containers: ['class_declaration', 'class'],
  parameters: [],
};

const python: Grammar = {
  functions: ['function_definition'],
  containers: ['class_definition'],
  calls: ['call'],
  tries: ['try_statement'],
  catches: ['except_clause'],
  finallies: ['finally_clause'],
  ifs: ['if_statement', 'elif_clause'],
  ternaries: ['conditional_expression'],
  binaries: ['boolean_operator', 'comparison_operator'],
  blocks: ['block'],
  comments: ['comment'],
  strings: ['string'],
  decorators: ['decorator'],
  members: ['attribute'],
  indexes: ['subscript'],
  exits: ['return_statement', 'raise_statement', 'continue_statement', 'break_statement'],
  throws: ['raise_statement'],
  names: {},
  objects: [],
  parameters: ['typed_parameter', 'default_parameter', 'typed_default_parameter'],
};

const go: Grammar = {
  functions: ['function_declaration', 'method_declaration', 'func_literal'],
  containers: [],
  calls: ['call_expression'],
  tries: [],
  catches: [],
  finallies: [],
  ifs: ['if_statement'],
  ternaries: [],
  binaries: ['binary_expression'],
  blocks: ['block'],
  comments: ['comment'],
  strings: ['interpreted_string_literal', 'raw_string_literal'],
  decorators: [],
  members: ['selector_expression'],
  indexes: ['index_expression'],
  exits: ['return_statement', 'continue_statement', 'break_statement', 'goto_statement'],
  throws: [],
  names: { short_var_declaration: 'left', var_spec: 'name', keyed_element: 'key' },
  objects: [],
  parameters: ['parameter_declaration'],
};

const java: Grammar = {
  functions: [
    'method_declaration',
    'constructor_declaration',
    'compact_constructor_declaration',
    'lambda_expression',
  ],
  containers: [
    'class_declaration',
    'interface_declaration',
    'enum_declaration',
    'record_declaration',
    'annotation_type_declaration',
  ],
  calls: ['method_invocation', 'object_creation_expression'],
  tries: ['try_statement', 'try_with_resources_statement'],
  catches: ['catch_clause'],
  finallies: ['finally_clause'],
  ifs: ['if_statement'],
  ternaries: ['ternary_expression'],
  binaries: ['binary_expression'],
  blocks: ['block', 'constructor_body'],
  comments: ['line_comment', 'block_comment'],
  strings: ['string_literal'],
  decorators: ['annotation', 'marker_annotation'],
  members: ['field_access'],
  indexes: ['array_access'],
  exits: ['return_statement', 'throw_statement', 'continue_statement', 'break_statement'],
  throws: ['throw_statement'],
  names: { variable_declarator: 'name' },
  objects: [],
  parameters: ['formal_parameter'],
};

const grammars: Readonly<Partial<Record<Language, Grammar>>> = {
  typescript: script,
  tsx: script,
  javascript,
  python,
  go,
  java,
};

/** The languages whose trees these guards compare. */
export const codeLanguages: readonly Language[] = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
];

/** The table of a language; null for those whose trees are not compared. */
export function grammarOf(language: Language): Grammar | null {
  return grammars[language] ?? null;
}
