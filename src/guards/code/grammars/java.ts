import type { Grammar } from '../grammar.ts';

/** Java. */
export const java: Grammar = {
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
