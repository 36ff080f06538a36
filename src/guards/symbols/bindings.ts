import type { Language, Source, Tree } from '../guard.ts';

/** What one place of a name does: it binds it, imports it, uses it, or none of these. */
export type Role = 'binds' | 'imports' | 'uses' | 'neither';

export interface Occurrence {
  readonly node: Tree;
  readonly role: Role;
}

/** How a language writes names, as far as telling a use from a binding needs it. */
interface Names {
  readonly kinds: readonly string[];
  /** Parents under which a name is used; anything unknown binds, so that doubt keeps quiet. */
  readonly uses: ReadonlySet<string>;
  /** Parents under which it is used only in these fields; elsewhere it binds. */
  readonly usedIn: Readonly<Record<string, readonly string[]>>;
  readonly imports: RegExp;
  /** Parents and fields in which it is only a label. */
  readonly neither: Readonly<Record<string, readonly string[]>>;
}

const script: Names = {
  kinds: ['identifier', 'shorthand_property_identifier'],
  uses: new Set(
    'call_expression new_expression arguments member_expression subscript_expression binary_expression unary_expression return_statement parenthesized_expression ternary_expression template_substitution spread_element await_expression yield_expression array pair expression_statement as_expression satisfies_expression non_null_expression throw_statement sequence_expression jsx_expression jsx_opening_element jsx_self_closing_element jsx_closing_element augmented_assignment_expression update_expression extends_clause decorator object'.split(
      ' ',
    ),
  ),
  usedIn: {
    arrow_function: ['body'],
    variable_declarator: ['value'],
    assignment_expression: ['right'],
    for_in_statement: ['right'],
    required_parameter: ['value'],
    optional_parameter: ['value'],
    assignment_pattern: ['right'],
    object_assignment_pattern: ['right'],
    public_field_definition: ['value'],
    field_definition: ['value'],
    export_statement: ['value'],
  },
  imports: /^(?:import_clause|import_specifier|namespace_import|import_require_clause)$/,
  neither: { export_specifier: ['name', 'alias'] },
};

const python: Names = {
  kinds: ['identifier'],
  uses: new Set(
    'call argument_list subscript binary_operator comparison_operator boolean_operator not_operator unary_operator return_statement parenthesized_expression conditional_expression list tuple set dictionary pair interpolation await yield raise_statement expression_statement if_statement elif_clause while_statement assert_statement decorator lambda list_comprehension set_comprehension generator_expression dictionary_comprehension if_clause slice dictionary_splat list_splat type expression_list'.split(
      ' ',
    ),
  ),
  usedIn: {
    attribute: ['object'],
    assignment: ['right'],
    augmented_assignment: ['right'],
    for_statement: ['right'],
    for_in_clause: ['right'],
    keyword_argument: ['value'],
    default_parameter: ['value'],
    typed_default_parameter: ['value'],
  },
  imports: /^(?:dotted_name|aliased_import)$/,
  neither: { attribute: ['attribute'], keyword_argument: ['name'] },
};

const languages: Readonly<Partial<Record<Language, Names>>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  python,
};

/** Where these names stand in a file and what they do there; null for languages whose names we do not follow. */
export function occurrencesOf(
  file: Source,
  names: readonly string[],
): ReadonlyMap<string, readonly Occurrence[]> | null {
  const how = languages[file.language];
  const root = file.tree();
  if (how === undefined || root === null || names.length === 0) return null;
  const regex = `^(?:${names.map((name) => name.replaceAll('$', String.raw`\$`)).join('|')})$`;
  const kinds = file.language === 'python' ? how.kinds : [...how.kinds, ...declaring];
  const found = new Map<string, Occurrence[]>();
  for (const node of root.findAll({ rule: { any: kinds.map((kind) => ({ kind, regex })) } })) {
    const name = node.text();
    const list = found.get(name) ?? [];
    list.push({ node, role: roleOf(node, how) });
    found.set(name, list);
  }
  return found;
}

// Patterns bind; a type's name may be that of a class or an enum.
const declaring = ['shorthand_property_identifier_pattern'];

function roleOf(node: Tree, how: Names): Role {
  const parent = node.parent();
  const kind = String(parent?.kind() ?? '');
  if (parent === null) return 'binds';
  if (String(node.kind()).endsWith('_pattern')) return 'binds';
  if (how.imports.test(kind)) return 'imports';
  // `<b>` is an element of the page, not a name.
  if (kind.startsWith('jsx_') && kind.endsWith('element') && /^[a-z]/.test(node.text()))
    return 'neither';
  const is = (fields: readonly string[] | undefined): boolean =>
    fields?.some((field) => parent.field(field)?.id() === node.id()) ?? false;
  if (is(how.neither[kind])) return 'neither';
  if (how.usedIn[kind] !== undefined) return is(how.usedIn[kind]) ? 'uses' : 'binds';
  // `lambda` binds by a list of its own; what it holds directly is its body.
  return how.uses.has(kind) ? 'uses' : 'binds';
}
