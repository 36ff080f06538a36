import type { Grammar } from '../grammar.ts';

/** Rust. It has no exceptions: what fails is a value. */
export const rust: Grammar = {
  functions: ['function_item', 'closure_expression'],
  containers: ['impl_item', 'trait_item', 'mod_item'],
  calls: ['call_expression', 'macro_invocation'],
  tries: [],
  catches: [],
  finallies: [],
  ifs: ['if_expression'],
  ternaries: [],
  binaries: ['binary_expression'],
  blocks: ['block'],
  comments: ['line_comment', 'block_comment'],
  strings: ['string_literal', 'raw_string_literal'],
  decorators: ['attribute_item'],
  members: ['field_expression'],
  indexes: ['index_expression'],
  exits: ['return_expression', 'continue_expression', 'break_expression'],
  throws: [],
  names: { let_declaration: 'pattern' },
  objects: [],
  parameters: ['parameter'],
};
