import type { Grammar } from '../grammar.ts';

/** Python. */
export const python: Grammar = {
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
