import type { Grammar } from '../grammar.ts';

/** Kotlin. Its grammar names no fields: `substitutes.ts` says where the parts of a node are. */
export const kotlin: Grammar = {
  functions: [
    'function_declaration',
    'secondary_constructor',
    'lambda_literal',
    'anonymous_function',
  ],
  containers: ['class_declaration', 'object_declaration', 'companion_object'],
  calls: ['call_expression'],
  tries: ['try_expression'],
  catches: ['catch_block'],
  finallies: ['finally_block'],
  ifs: ['if_expression'],
  ternaries: [],
  binaries: [
    'conjunction_expression',
    'disjunction_expression',
    'equality_expression',
    'comparison_expression',
    'elvis_expression',
  ],
  blocks: ['statements'],
  comments: ['line_comment', 'multiline_comment'],
  strings: ['string_literal'],
  decorators: ['annotation'],
  members: ['navigation_expression'],
  indexes: ['indexing_expression'],
  exits: ['jump_expression'],
  throws: ['jump_expression'],
  names: { property_declaration: 'name' },
  objects: [],
  parameters: ['parameter', 'class_parameter'],
};
