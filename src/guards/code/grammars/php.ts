import type { Grammar } from '../grammar.ts';

/** PHP. */
export const php: Grammar = {
  functions: ['function_definition', 'method_declaration', 'anonymous_function', 'arrow_function'],
  containers: [
    'class_declaration',
    'interface_declaration',
    'trait_declaration',
    'enum_declaration',
  ],
  calls: [
    'function_call_expression',
    'member_call_expression',
    'nullsafe_member_call_expression',
    'scoped_call_expression',
    'object_creation_expression',
  ],
  tries: ['try_statement'],
  catches: ['catch_clause'],
  finallies: ['finally_clause'],
  ifs: ['if_statement', 'else_if_clause'],
  ternaries: ['conditional_expression'],
  binaries: ['binary_expression'],
  blocks: ['compound_statement'],
  comments: ['comment'],
  strings: ['string', 'encapsed_string'],
  decorators: ['attribute'],
  members: ['member_access_expression'],
  indexes: ['subscript_expression'],
  exits: ['return_statement', 'continue_statement', 'break_statement', 'exit_statement'],
  throws: ['throw_expression'],
  names: { assignment_expression: 'left' },
  objects: ['array_creation_expression'],
  parameters: ['simple_parameter', 'property_promotion_parameter'],
};
