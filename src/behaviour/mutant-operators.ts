import type { Language } from '../guards/guard.ts';

/** How the code of one language is made wrong on purpose, as data. */
export interface Operators {
  /** Kinds of nodes with a field `condition`, and what negates its text. */
  readonly conditions: readonly string[];
  readonly negated: (condition: string) => string;
  /** Kinds of nodes with an operator in them, and what stands in its place: boundaries, equality, logic, arithmetic. */
  readonly binary: readonly string[];
  readonly swaps: Readonly<Record<string, Swap>>;
  /** `return x` and what returns nothing. */
  readonly returns: { readonly kind: string; readonly empty: string };
  /** A statement that only calls something, what it holds then, and a statement that does nothing. */
  readonly calls: {
    readonly kind: string;
    readonly holds: readonly string[];
    readonly empty: string;
  };
  readonly awaits: string;
  readonly numbers: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  /** Kinds of texts: what is added to one of them is joined, not summed. */
  readonly texts: readonly string[];
  /** Nodes in which nothing is changed: types, imports, decorators. */
  readonly left: ReadonlySet<string>;
  /** An expression that first notes that it was reached, once a process, and then gives what it gave before. */
  readonly probed: (expression: string, probe: Probe) => string;
}

export interface Probe {
  readonly number: number;
  /** File that gets a line for each expression reached. */
  readonly file: string;
}

export interface Swap {
  readonly by: string;
  readonly name: OperatorName;
}

export type OperatorName =
  | 'negate-condition'
  | 'boundary'
  | 'equality'
  | 'logic'
  | 'return-default'
  | 'remove-call'
  | 'drop-await'
  | 'arithmetic'
  | 'constant';

const comparisons: Readonly<Record<string, Swap>> = {
  '<': { by: '<=', name: 'boundary' },
  '<=': { by: '<', name: 'boundary' },
  '>': { by: '>=', name: 'boundary' },
  '>=': { by: '>', name: 'boundary' },
  '==': { by: '!=', name: 'equality' },
  '!=': { by: '==', name: 'equality' },
  '+': { by: '-', name: 'arithmetic' },
  '-': { by: '+', name: 'arithmetic' },
  '*': { by: '/', name: 'arithmetic' },
  '/': { by: '*', name: 'arithmetic' },
};

const script: Operators = {
  conditions: ['if_statement', 'while_statement', 'do_statement', 'ternary_expression'],
  negated: (condition) => `(!(${condition}))`,
  binary: ['binary_expression'],
  swaps: {
    ...comparisons,
    '===': { by: '!==', name: 'equality' },
    '!==': { by: '===', name: 'equality' },
    '&&': { by: '||', name: 'logic' },
    '||': { by: '&&', name: 'logic' },
    '??': { by: '&&', name: 'logic' },
  },
  returns: { kind: 'return_statement', empty: 'return undefined;' },
  calls: {
    kind: 'expression_statement',
    holds: ['call_expression', 'await_expression'],
    empty: ';',
  },
  awaits: 'await_expression',
  numbers: ['number'],
  words: { true: 'false', false: 'true' },
  texts: ['string', 'template_string'],
  left: new Set(
    `comment import_statement decorator type_annotation type_arguments type_parameters enum_declaration
     interface_declaration type_alias_declaration as_expression jsx_attribute`.split(/\s+/),
  ),
  probed: (expression, { number, file }) =>
    `(globalThis.__mutant${number} ??= (process.getBuiltinModule('node:fs').appendFileSync(${JSON.stringify(file)}, '${number}\\n'), 1), ${expression})`,
};

const python: Operators = {
  conditions: ['if_statement', 'elif_clause', 'while_statement'],
  negated: (condition) => `not (${condition})`,
  binary: ['comparison_operator', 'boolean_operator', 'binary_operator'],
  swaps: {
    ...comparisons,
    and: { by: 'or', name: 'logic' },
    or: { by: 'and', name: 'logic' },
    in: { by: 'not in', name: 'equality' },
    is: { by: 'is not', name: 'equality' },
  },
  returns: { kind: 'return_statement', empty: 'return None' },
  calls: { kind: 'expression_statement', holds: ['call', 'await'], empty: 'pass' },
  awaits: 'await',
  numbers: ['integer', 'float'],
  words: { True: 'False', False: 'True' },
  texts: ['string', 'concatenated_string'],
  left: new Set('comment import_statement import_from_statement decorator type'.split(' ')),
  probed: (expression, { number, file }) =>
    `(hasattr(__import__("sys"), "_mutant${number}") or (setattr(__import__("sys"), "_mutant${number}", 1), print(${number}, file=__import__("builtins").open(${JSON.stringify(file)}, "a"), flush=True)), (${expression}))[1]`,
};

/** The languages that mutants are made for. */
export const operatorsOf: Readonly<Partial<Record<Language, Operators>>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  python,
};
