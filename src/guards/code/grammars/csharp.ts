import type { Grammar } from '../grammar.ts';

/** C#. */
export const csharp: Grammar = {
  functions: [
    'method_declaration',
    'constructor_declaration',
    'local_function_statement',
    'accessor_declaration',
    'lambda_expression',
    'anonymous_method_expression',
  ],
  containers: [
    'class_declaration',
    'interface_declaration',
    'struct_declaration',
    'record_declaration',
    'enum_declaration',
    'property_declaration',
  ],
  calls: ['invocation_expression', 'object_creation_expression'],
  tries: ['try_statement'],
  catches: ['catch_clause'],
  finallies: ['finally_clause'],
  ifs: ['if_statement'],
  ternaries: ['conditional_expression'],
  binaries: ['binary_expression', 'is_pattern_expression'],
  blocks: ['block'],
  comments: ['comment'],
  strings: [
    'string_literal',
    'verbatim_string_literal',
    'raw_string_literal',
    'interpolated_string_expression',
  ],
  decorators: ['attribute'],
  members: ['member_access_expression'],
  indexes: ['element_access_expression'],
  exits: ['return_statement', 'throw_statement', 'continue_statement', 'break_statement'],
  throws: ['throw_statement', 'throw_expression'],
  names: { variable_declarator: 'name' },
  objects: [],
  parameters: ['parameter'],
};
