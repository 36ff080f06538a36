import type { Grammar } from '../grammar.ts';

/** TypeScript, with and without JSX. */
export const script: Grammar = {
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
/** JavaScript, also where it holds JSX. */
export const javascript: Grammar = {
  ...script,
  containers: ['class_declaration', 'class'],
  parameters: [],
};
