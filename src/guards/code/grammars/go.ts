import type { Grammar } from '../grammar.ts';

/** Go. */
export const go: Grammar = {
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
